"""Compares the number of errors that are new in a log file with what is usual; fails if it is far more."""

import collections
import os
import re
from typing import Any, Dict, List

import aios

REMEMBERED = 240  # looks
LEARNING = 5  # looks before anything is called unusual
MOST_BYTES = 50_000_000  # of one look; what is older than that is left out


def look(log: str, pattern: str, at_least: int = 5, times: float = 4) -> Dict[str, Any]:
    wanted = re.compile(pattern, re.IGNORECASE)
    errors = [line for line in new_lines(log) if wanted.search(line)]
    history: List[int] = aios.state.get("history", [])
    usual = sum(history) / len(history) if history else 0.0
    limit = max(at_least, usual * times)
    unusual = len(history) >= LEARNING and len(errors) > limit
    # What is unusual is not learned all at once: it counts as the most that was not.
    aios.state["history"] = (history + [min(len(errors), int(limit)) if unusual else len(errors)])[-REMEMBERED:]
    print("{} errors, usually {:.1f}".format(len(errors), usual))
    if unusual:
        most = collections.Counter(re.sub(r"\d+", "#", line.strip())[:160] for line in errors).most_common(3)
        raise SystemExit("{} errors in {}, usually {:.1f}. Most frequent: {}".format(len(errors), log, usual, "; ".join("{} x {}".format(count, line) for line, count in most)))
    return {"errors": len(errors), "usual": usual}


def new_lines(log: str) -> List[str]:
    """The whole lines that were added since the last look; the first look reads none."""
    try:
        file = open(log, "rb")
    except FileNotFoundError:
        print("<4>There is no {} yet.".format(log))
        return []
    with file:
        about = os.fstat(file.fileno())
        before = aios.state.get("place")
        # Another file, or a shorter one: it was rotated, and all in it is new.
        start = about.st_size if before is None else before["at"] if before["file"] == about.st_ino and before["at"] <= about.st_size else 0
        file.seek(max(start, about.st_size - MOST_BYTES))
        data = file.read(MOST_BYTES)
        end = data.rfind(b"\n") + 1  # A line that is not complete yet is read the next time.
        aios.state["place"] = {"file": about.st_ino, "at": file.tell() - len(data) + end}
        return data[:end].decode("utf-8", "replace").splitlines()
