"""Adds up the sales in a CSV file with the columns product, amount and price."""

import csv
import json
import os
import pathlib
from decimal import Decimal, InvalidOperation
from typing import Dict

import aios


def process(file: str) -> Dict[str, str]:
    path = pathlib.Path(file)
    if not path.exists():
        print("{} is gone; somebody was faster.".format(path))
        return {}
    try:
        totals = add_up(path)
    except (ValueError, InvalidOperation, KeyError) as error:
        move(path, "failed")
        pathlib.Path("failed", path.name + ".reason.txt").write_text("{}\n".format(error), encoding="utf-8")
        raise SystemExit("{}: {}".format(path.name, error))
    moved = move(path, "done")
    moved.with_suffix(".totals.json").write_text(json.dumps(totals, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print("{}: {} products".format(path.name, len(totals)))
    return totals


def add_up(path: pathlib.Path) -> Dict[str, str]:
    totals: Dict[str, Decimal] = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = {"product", "amount", "price"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError("the column {} is missing".format(", ".join(sorted(missing))))
        for row in reader:
            try:
                value = Decimal(row["amount"]) * Decimal(row["price"])
            except (InvalidOperation, TypeError):
                raise ValueError("line {}: {} x {} is no number".format(reader.line_num, row["amount"], row["price"]))
            totals[row["product"]] = totals.get(row["product"], Decimal(0)) + value
            aios.progress(0.5, "line {}".format(reader.line_num))
    return {product: str(total) for product, total in sorted(totals.items())}


def move(path: pathlib.Path, folder: str) -> pathlib.Path:
    target = pathlib.Path(folder, path.name)
    target.parent.mkdir(exist_ok=True)
    os.replace(path, target)
    return target
