"""A plain Python loop, as one writes it first; and as the orchestrator was from which AIOS comes."""

import json
import sqlite3
import time
from typing import List

from peers import rq
from suite.bench import Bench
from suite.contest import Sample
from suite.processes import Service, cpu_seconds, wait_for
from suite.stamps import Stamps


class PlainLoop(Service):
    """Polls each second; ten threads; a commit for each step; nothing is tried again, nothing survives its death."""

    def __init__(self, bench: Bench) -> None:
        folder = bench.new_folder("plain")
        (folder / "functions.py").write_text(rq.FUNCTIONS)
        path = folder / "plain.db"
        super().__init__([*bench.script("plain.py"), str(path)], folder, name="plain")
        wait_for(lambda: path.exists() and self._has_tables(path), "the plain loop")
        self._database = sqlite3.connect(path, timeout=60)

    def __exit__(self, *details: object) -> None:
        self._database.close()
        super().__exit__(*details)

    def burst(self, job: str, count: int) -> Sample:
        """Runs a second, from the commit of all rows until the last is in its log."""
        done, used = self._done(), cpu_seconds([self.pid])
        with self._database as database:
            database.executemany("INSERT INTO triggers (job_name, args) VALUES (?, '[]')", [(job,)] * count)
        began = time.perf_counter()
        wait_for(lambda: self._done() >= done + count, "the end of the plain loop's runs", 120)
        seconds = time.perf_counter() - began
        return Sample(count / seconds, {"cpu_us": (cpu_seconds([self.pid]) - used) / count * 1e6})

    def waits(self, job: str, stamps: Stamps, count: int, pause: float) -> List[float]:
        """Seconds from the commit of a row to the first instruction of its program."""
        waits = []
        for number in range(count):
            with self._database as database:
                database.execute("INSERT INTO triggers (job_name, args) VALUES (?, ?)", (job, json.dumps([str(stamps.path)])))
            committed = time.monotonic()
            waits.append(stamps.next()[0] - committed)
            # Not in step with its poll.
            time.sleep(pause + number % 7 * 0.13)
        return waits

    def _done(self) -> int:
        return self._database.execute("SELECT coalesce(max(rowid), 0) FROM logs").fetchone()[0]

    @staticmethod
    def _has_tables(path) -> bool:
        database = sqlite3.connect(path, timeout=60)
        try:
            return database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'logs'").fetchone()[0] == 1
        finally:
            database.close()
