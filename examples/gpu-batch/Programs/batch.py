"""Cuts a task into parts, does them on devices with a graphics card, and puts the results together."""

import json
import pathlib
from typing import Any, Dict

import aios


def split(numbers: int, parts: int = 4) -> Dict[str, Any]:
    batch = "batch-{}".format(aios.run.id)
    pathlib.Path("results", batch).mkdir(parents=True, exist_ok=True)
    bounds = [numbers * part // parts for part in range(parts + 1)]
    with aios.transaction():  # All parts are asked for, or none.
        for part in range(parts):
            aios.trigger("work", batch=batch, part=part, start=bounds[part], end=bounds[part + 1], dedup_key="{}-{}".format(batch, part))
        aios.trigger("gather", batch=batch, parts=parts, dedup_key=batch)
    return {"batch": batch, "parts": parts}


def work(batch: str, part: int, start: int, end: int) -> Dict[str, Any]:
    total = 0
    for number in range(start, end):
        total += number * number
        if number % 10_000 == 0:
            aios.progress((number - start) / max(1, end - start))
    # Doing a part twice, after a power cut for instance, gives the same file.
    file = pathlib.Path("results", batch, "{}.json".format(part))
    part_file = file.with_suffix(".part")
    part_file.write_text(json.dumps({"total": total, "device": aios.run.device}), encoding="utf-8")
    part_file.replace(file)
    return {"total": total}


def gather(batch: str, parts: int) -> Dict[str, Any]:
    files = [pathlib.Path("results", batch, "{}.json".format(part)) for part in range(parts)]
    missing = sum(not file.exists() for file in files)
    if missing:
        raise SystemExit("{} of {} parts are missing.".format(missing, parts))
    results = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {"total": sum(result["total"] for result in results), "devices": sorted({result["device"] for result in results})}
