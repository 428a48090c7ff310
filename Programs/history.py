"""What the example programs share: where the home and its database are, and how to look into that database.

It is not a job itself. Every look is read-only and short, because a long read would make the daemon wait with its writes.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any, List, Tuple

PATIENCE_SECONDS = 5.0


def home() -> Path:
    """The folder that holds Jobs/ and Programs/. AIOS names it; by hand it is the folder above this file's."""
    return Path(os.environ.get("AIOS_HOME") or Path(__file__).resolve().parent.parent).absolute()


def database() -> Path:
    """The database file, which may not exist yet."""
    return Path(os.environ.get("AIOS_DB") or home() / "orchestrator.db").absolute()


def connect(mode: str) -> sqlite3.Connection:
    """Opens the database without ever creating it. `mode` is SQLite's: "ro" to read, "rw" to change."""
    connection = sqlite3.connect(
        database().as_uri() + "?mode=" + mode, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)
    # A program may have logged bytes that are not text. Showing them crippled beats not showing the rest.
    connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
    return connection


def rows(question: str, *values: Any) -> List[Tuple[Any, ...]]:
    """Asks the database one question. What does not exist yet (the file, a table) has no rows."""
    if not database().exists():
        return []
    with closing(connect("ro")) as connection:
        try:
            return connection.execute(question, values).fetchall()
        except sqlite3.OperationalError as error:
            if str(error).startswith("no such table"):
                return []
            raise


def clock(seconds: Any, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """A moment of the database (Unix seconds) as this machine's wall clock shows it."""
    try:
        return time.strftime(form, time.localtime(seconds)) if seconds is not None else "-"
    except (TypeError, ValueError, OverflowError, OSError):
        return "-"


def duration(seconds: float) -> str:
    """A length of time for people: "0.3 s", "2 min 5 s", "3 h 20 min"."""
    if seconds < 60:
        return "{:.1f} s".format(max(seconds, 0.0))
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return "{} min {} s".format(minutes, rest)
    return "{} h {} min".format(*divmod(minutes, 60))
