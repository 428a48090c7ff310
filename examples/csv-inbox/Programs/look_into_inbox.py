"""Asks for a run for each new file in the folder inbox."""

import pathlib
import time

import aios

AT_REST = 1.0  # A file that was written to within so many seconds may not be complete.


def look() -> int:
    inbox = pathlib.Path("inbox")
    inbox.mkdir(exist_ok=True)
    asked = 0
    for path in sorted(inbox.glob("*.csv")):
        changed = path.stat().st_mtime
        if time.time() - changed < AT_REST:
            continue
        # The same key twice is the same request: a file is asked for once, however often this looks.
        aios.trigger("process_file", file=str(path), dedup_key="{}@{}".format(path, changed))
        asked += 1
    return asked
