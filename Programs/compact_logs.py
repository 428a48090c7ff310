"""Deletes log lines older than 30 days from the database and gives the space back to the disk, while nothing else runs.

It works in small steps with a pause after each, so it can be stopped at any moment and never holds up the daemon.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import Any, Dict, NamedTuple, Optional

import history

ROWS_A_STEP = 500
PAGES_A_STEP = 200
MOST_PAGES_A_RUN = 20000
PAUSE_SECONDS = 0.02

# Lines are stored in order of time, save for clocks that are wrong. So the search goes on for this many lines
# after the last old one, and then stops, instead of reading a large table to its end each time.
LINES_LOOKED_AHEAD = 10000


class Step(NamedTuple):
    """A stretch of ids, and whether any line in it is old."""
    last_id: int
    has_old: bool


def compact(days: float = 30) -> Dict[str, Any]:
    """Removes what is older than `days` days and says how much that was."""
    if days <= 0:
        raise ValueError("days must be more than 0, not {}".format(days))
    removed, freed_bytes = 0, 0
    if history.rows("SELECT 1 FROM logs LIMIT 1"):
        with closing(history.connect("rw")) as connection:
            removed = delete_older_than(connection, time.time() - days * 86400)
            freed_bytes = give_space_back(connection)
    print("{} log lines older than {:g} days removed, {} KiB given back".format(removed, days, freed_bytes // 1024))
    return {"removed": removed, "freed_bytes": freed_bytes, "days": days}


def delete_older_than(connection: sqlite3.Connection, limit: float) -> int:
    removed, last_id, lines_without_old = 0, -1, 0
    while lines_without_old < LINES_LOOKED_AHEAD:
        step = next_step(connection, last_id, limit)
        if step is None:
            break
        if step.has_old:
            removed += delete_step(connection, last_id, step.last_id, limit)
            lines_without_old = 0
            time.sleep(PAUSE_SECONDS)  # Who else waits for the database comes next.
        else:
            lines_without_old += ROWS_A_STEP
        last_id = step.last_id
    return removed


def next_step(connection: sqlite3.Connection, after_id: int, limit: float) -> Optional[Step]:
    """Searches without a lock for writing, so that the lock is taken only where there is something to delete."""
    last_id, oldest = connection.execute(
        "SELECT max(id), min(timestamp) FROM (SELECT id, timestamp FROM logs WHERE id > ? ORDER BY id LIMIT ?)",
        (after_id, ROWS_A_STEP)).fetchone()
    return None if last_id is None else Step(last_id, oldest is not None and oldest < limit)


def delete_step(connection: sqlite3.Connection, after_id: int, last_id: int, limit: float) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        deleted = connection.execute(
            "DELETE FROM logs WHERE id > ? AND id <= ? AND timestamp < ?", (after_id, last_id, limit)).rowcount
        connection.execute("COMMIT")
        return deleted
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def give_space_back(connection: sqlite3.Connection) -> int:
    """Shortens the file by pages that hold nothing any more. A file that was not made for it keeps them for later use."""
    pages_before = pragma(connection, "page_count")
    for _ in range(MOST_PAGES_A_RUN // PAGES_A_STEP):
        free_pages = pragma(connection, "freelist_count")
        if free_pages == 0:
            break
        # Not execute(): in some versions of Python that frees a single page.
        connection.executescript("PRAGMA incremental_vacuum({})".format(PAGES_A_STEP))
        if pragma(connection, "freelist_count") >= free_pages:
            break
        time.sleep(PAUSE_SECONDS)
    return max(pages_before - pragma(connection, "page_count"), 0) * pragma(connection, "page_size")


def pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute("PRAGMA " + name).fetchone()[0])


if __name__ == "__main__":
    compact()
