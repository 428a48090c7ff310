"""Bytes: of the executable, and of what the database keeps for a run."""

import os
from typing import List

from home import Home
from peers import aios
from suite.bench import Bench
from suite.contest import AIOS, Contest, Result

RUNS = 5000


def used_bytes(home: Home) -> int:
    pages, free, size = (home.database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))
    return (pages - free) * size


def per_run(bench: Bench) -> float:
    """The growth by runs of /bin/true, each with its trigger, its run and its indexes. The events of the latest runs, of
    which the database keeps 50,000 in all, are taken out, as they do not grow with the number of runs."""
    with Home(bench.executable, aios.JOBS, "--listen", "none", programs=aios.NOTHING) as home:
        before = used_bytes(home)
        aios.burst(home, "true", RUNS)
        events, = home.database.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'events'").fetchone()
        return (used_bytes(home) - before - events) / RUNS


def measure(bench: Bench) -> List[Contest]:
    figures = [
        ("executable_size", "the executable, with its API, console and SQLite inside", "MB", os.stat(bench.executable).st_size / 1e6),
        ("bytes_per_run", "the database, for each run of /bin/true", "bytes", per_run(bench)),
    ]
    contests = []
    for key, title, unit, value in figures:
        result = Result("AIOS", AIOS, "")
        result.add(value)
        contests.append(Contest(key, title, unit, False, [result]))
    return contests
