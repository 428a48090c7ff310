"""The figures of the last two weeks of a file, and the outbox."""

import csv
import datetime
import pathlib
from collections import Counter
from typing import Any, Dict


def figures(path: str) -> Dict[str, Any]:
    """path: A CSV file with the columns date, product, items, revenue."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    last = max(datetime.date.fromisoformat(row["date"]) for row in rows)
    monday = last - datetime.timedelta(days=last.weekday())
    week, before = _week(rows, monday), _week(rows, monday - datetime.timedelta(days=7))
    best = max(week["products"], key=lambda product: product["revenue"])
    return {
        "week": {"from": monday.isoformat(), "items": week["items"], "revenue": week["revenue"]},
        "week_before": {"items": before["items"], "revenue": before["revenue"]},
        "change_percent": round((week["revenue"] / before["revenue"] - 1) * 100, 1),
        "best_product": best,
        "products": week["products"],
    }


def send(report: str, outbox: str) -> str:
    """Put a report where a mail program or a colleague takes it."""
    path = pathlib.Path(outbox) / "sales-{:%Y-%m-%d}.txt".format(datetime.date.today())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report + "\n", encoding="utf-8")
    return str(path)


def _week(rows: Any, monday: datetime.date) -> Dict[str, Any]:
    days = {(monday + datetime.timedelta(days=day)).isoformat() for day in range(7)}
    items: Counter = Counter()
    revenue: Counter = Counter()
    for row in rows:
        if row["date"] in days:
            items[row["product"]] += int(row["items"])
            revenue[row["product"]] += float(row["revenue"])
    return {
        "items": sum(items.values()),
        "revenue": round(sum(revenue.values()), 2),
        "products": [{"product": name, "items": items[name], "revenue": round(revenue[name], 2)} for name in sorted(items)],
    }
