"""The steps of the nightly report. Each is a function; what it returns is the result that later steps refer to."""

import csv
import datetime
import pathlib
import shutil
import sqlite3
from typing import Any, Dict, List, Optional

QUESTION = "SELECT product, amount, price FROM orders WHERE day = ? ORDER BY id"


def fetch(database: str, folder: str, day: Optional[str] = None) -> Dict[str, Any]:
    """Writes the orders of a day to a file; day: as 2026-12-24, without it yesterday."""
    day = day or (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
    if not pathlib.Path(database).exists():
        raise SystemExit("{} is not there; run the job make_sample first".format(database))
    connection = sqlite3.connect(database, timeout=30)
    rows = connection.execute(QUESTION, (day,)).fetchall()
    connection.close()
    file = pathlib.Path(folder, "orders-{}.csv".format(day))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([("product", "amount", "price"), *rows])
    return {
        "file": str(file),
        "orders": len(rows),
        "turnover": round(sum(amount * price for _, amount, price in rows), 2),
        "products": sorted({product for product, _, _ in rows}),
    }


def check(product: str, file: str) -> Dict[str, Any]:
    """Looks for orders of a product that cannot be right."""
    doubts: List[str] = []
    with open(file, newline="", encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            if row["product"] == product and (float(row["price"]) <= 0 or int(row["amount"]) <= 0):
                doubts.append("order {}: {} at {}".format(number, row["amount"], row["price"]))
    return {"product": product, "doubts": doubts}


def send(file: str, outbox: str, note: str = "") -> str:
    """Puts the report into the outbox. A real one sends a mail here."""
    folder = pathlib.Path(outbox)
    folder.mkdir(exist_ok=True)
    sent = folder / pathlib.Path(file).name
    shutil.copy(file, sent)
    if note:
        sent.with_suffix(".note.txt").write_text(note + "\n", encoding="utf-8")
    return str(sent)


def clean_up(folder: str) -> None:
    """Removes what the flow needed on its way."""
    shutil.rmtree(folder, ignore_errors=True)
