"""The ceilings: what the machine itself can do at most, with nothing recorded and nobody watching."""

import os
import pathlib
import sqlite3
import subprocess
import time
from typing import List

from suite.bench import PARALLEL, Bench
from suite.contest import Sample
from suite.processes import Service
from suite.stamps import Stamps


def spawn_rate(bench: Bench, count: int, *command: str) -> Sample:
    """Runs a second of posix_spawn and wait."""
    return _said([bench.compiled("spawn"), str(count), str(PARALLEL), *command])


def fork_rate(bench: Bench, count: int) -> Sample:
    """Runs a second of fork and wait in a Python."""
    return _said([*bench.script("fork.py"), str(count), str(PARALLEL)])


def call_rate(bench: Bench, count: int) -> Sample:
    """Runs a second of AIOS's own server of functions, without a daemon."""
    return _said([*bench.script("call.py"), str(count), str(PARALLEL)])


def _said(command: List[str]) -> Sample:
    rate, cpu = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    return Sample(float(rate), {"cpu_us": float(cpu) * 1e6})


def spawn_waits(bench: Bench, stamps: Stamps, count: int, pause: float) -> List[float]:
    """Seconds from a posix_spawn to the first instruction."""
    waits = []
    for _ in range(count):
        began = time.monotonic()
        pid = os.posix_spawn(bench.compiled("stamp"), ["stamp", str(stamps.path)], {})
        waits.append(stamps.next()[0] - began)
        os.waitpid(pid, 0)
        time.sleep(pause)
    return waits


def respawner(bench: Bench, command: List[str]) -> Service:
    """Keeps a program alive; its last one ends with it."""
    return Service([bench.compiled("respawn"), *command], bench.new_folder("respawn"))


# What each pragma makes of a commit: DELETE is what SQLite does by itself.
COMMITS = {
    "DELETE, FULL": ("DELETE", "FULL"),
    "TRUNCATE, FULL": ("TRUNCATE", "FULL"),
    "WAL, FULL": ("WAL", "FULL"),
    "WAL, NORMAL": ("WAL", "NORMAL"),
}


def commit_rate(folder: pathlib.Path, journal: str, synchronous: str, seconds: float = 1) -> float:
    """Commits a second of one small row each, by one writer."""
    path = folder / f"{journal}-{synchronous}.db"
    database = sqlite3.connect(path, isolation_level=None)
    database.execute(f"PRAGMA journal_mode = {journal}")
    database.execute(f"PRAGMA synchronous = {synchronous}")
    database.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, text TEXT)")
    count, began = 0, time.monotonic()
    while (took := time.monotonic() - began) < seconds:
        database.execute("INSERT INTO rows (text) VALUES ('a row of some ordinary length')")
        count += 1
    database.close()
    return count / took
