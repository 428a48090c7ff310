"""Adds up the orders of a day and writes them as a page."""

import datetime
import html
import os
import pathlib
import sqlite3
from typing import Any, Dict, List, Optional, Tuple

QUESTION = """
    SELECT product, count(*) AS orders, sum(amount) AS pieces, round(sum(amount * price), 2) AS turnover
    FROM orders
    WHERE day = ?
    GROUP BY product
    ORDER BY turnover DESC
"""

PAGE = """<!doctype html>
<meta charset="utf-8">
<title>Sales of {day}</title>
<style>body {{ font: 16px sans-serif; margin: 2rem }} td, th {{ padding: .2rem 1rem; text-align: left }}</style>
<h1>Sales of {day}</h1>
<table>
{rows}
</table>
"""


def report(database: str, day: Optional[str] = None) -> Dict[str, Any]:
    """day: as 2026-12-24; without it, yesterday."""
    day = day or (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
    heading, rows = ask(pathlib.Path(database), day)
    file = pathlib.Path("reports", "{}.html".format(datetime.date.fromisoformat(day).isoformat()))
    file.parent.mkdir(exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(PAGE.format(day=day, rows="\n".join([row_of("th", heading)] + [row_of("td", row) for row in rows])), encoding="utf-8")
    os.replace(part, file)
    turnover = round(sum(row[-1] for row in rows), 2)
    print("{}: {} products, turnover {}".format(file, len(rows), turnover))
    return {"file": str(file), "products": len(rows), "turnover": turnover}


def ask(database: pathlib.Path, day: str) -> Tuple[List[str], List[Tuple[Any, ...]]]:
    if not database.exists():
        raise SystemExit("There is no database {}. `aios trigger make_sample` makes one to try.".format(database))
    connection = sqlite3.connect("file:{}?mode=ro".format(database), uri=True, timeout=30)
    try:
        cursor = connection.execute(QUESTION, (day,))
        return [column[0] for column in cursor.description], cursor.fetchall()
    finally:
        connection.close()


def row_of(cell: str, values: Any) -> str:
    return "<tr>{}</tr>".format("".join("<{0}>{1}</{0}>".format(cell, html.escape(str(value))) for value in values))
