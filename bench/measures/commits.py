"""Commits a second that SQLite makes on this disk, one row each: the ceiling of all that is durable."""

from typing import List

from peers import raw
from suite.bench import Bench
from suite.contest import CEILING, Contender, Contest, hold


def measure(bench: Bench) -> List[Contest]:
    folder = bench.new_folder("commits")
    contenders = [
        Contender(name, CEILING, lambda pragmas=pragmas: raw.commit_rate(folder, *pragmas), "not on the disk when it returns" if "NORMAL" in name else "")
        for name, pragmas in raw.COMMITS.items()
    ]
    return [hold(Contest("commits", "SQLite commits of one row", "commits a second", True), min(3, bench.rounds), contenders)]
