"""Copies the database into the folder copies, once a day, while nothing else runs, and keeps the newest seven copies.

`aios backup FILE` does the same at any time; `aios restore FILE` goes back to a copy.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any, Dict, List

import history


def copy(keep: int = 7) -> Dict[str, Any]:
    """Makes today's copy if it is not there yet, and removes all but the newest `keep`."""
    if keep < 1:
        raise ValueError("keep must be at least 1, not {}".format(keep))
    folder = history.home() / "copies"
    folder.mkdir(exist_ok=True)
    today = folder / time.strftime("orchestrator-%Y-%m-%d.db")
    made = not today.exists()
    if made:
        make(today)
        print("copied the database to {} ({} KiB)".format(today.relative_to(history.home()), today.stat().st_size // 1024))
    removed = remove_all_but_newest(folder, keep)
    return {"copy": str(today.relative_to(history.home())), "made": made, "removed": [path.name for path in removed]}


def make(target: Path) -> None:
    """It gets its name only when it is complete, so that a copy that was interrupted is never taken for a whole one."""
    part = target.with_suffix(".part")
    if part.exists():
        part.unlink()
    os.close(os.open(str(part), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(history.connect("ro")) as source, closing(sqlite3.connect(str(part))) as copied:
        source.backup(copied)
    part.rename(target)


def remove_all_but_newest(folder: Path, keep: int) -> List[Path]:
    old = sorted(folder.glob("orchestrator-????-??-??.db"))[:-keep]
    for path in old:
        path.unlink()
    return old


if __name__ == "__main__":
    copy()
