"""Output: lines that come to be durable rows, and how fast a program may print at all.

Of a run, 1 MiB at once and then 8 KiB a second are kept, so the durable lines come from several runs at once that stay
below that. The flood does not: what is timed is how fast a program gets rid of its output, whatever becomes of it.
"""

import os
import pathlib
import signal
import sqlite3
import time
from contextlib import ExitStack
from typing import Callable, ContextManager, List

from home import Home
from measures.restart import home_of
from peers.pm2 import Pm2
from peers.supervisord import Supervisord
from suite.bench import Bench, lazily
from suite.contest import AIOS, CEILING, PEER, Contender, Contest, Sample, hold
from suite.stamps import Stamps

RUNS, LINES, LENGTH = 10, 5000, 100
FLOOD = 100_000_000
PRINTER = f"""- {{name: printer, type: trigger, command: [sh, -c, "yes {'x' * (LENGTH - 1)} | head -n {LINES}"]}}\n"""


def durable(home: Home) -> Sample:
    """Lines a second, until the last run is closed: its lines are on the disk before its end is."""
    before, = home.database.execute("SELECT count(*) FROM logs WHERE stream = 'stdout'").fetchone()
    last = home.insert("printer", RUNS)
    assert last is not None
    began = time.monotonic()
    home.wait_until_closed(last - RUNS + 1, last)
    seconds = time.monotonic() - began
    kept = home.database.execute("SELECT count(*) FROM logs WHERE stream = 'stdout'").fetchone()[0] - before
    if kept != RUNS * LINES:
        raise RuntimeError(f"{kept} of {RUNS * LINES} lines were kept")
    return Sample(kept / seconds, {"mb_per_second": kept * LENGTH / seconds / 1e6})


def raw(folder: pathlib.Path) -> Sample:
    """The same lines, put into the same table by SQLite in one commit for each thousand."""
    database = sqlite3.connect(folder / "lines.db", isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE IF NOT EXISTS logs (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL, level TEXT, message TEXT, device TEXT, job_name TEXT, run_id INTEGER, stream TEXT)")
    database.execute("CREATE INDEX IF NOT EXISTS logs_by_run ON logs (run_id, id)")
    text, began = "x" * (LENGTH - 1), time.monotonic()
    for number in range(RUNS * LINES // 1000):
        database.execute("BEGIN")
        rows = [(time.time(), "INFO", text, "bench", "printer", number, "stdout")] * 1000
        database.executemany("INSERT INTO logs (timestamp, level, message, device, job_name, run_id, stream) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        database.execute("COMMIT")
    rate = RUNS * LINES / (time.monotonic() - began)
    database.close()
    return Sample(rate, {"mb_per_second": rate * LENGTH / 1e6})


class Flood(ExitStack):
    """A program that is kept alive; each of its lives prints much."""

    def __init__(self, bench: Bench, keeper: Callable[[List[str]], ContextManager]) -> None:
        super().__init__()
        self._stamps = self.enter_context(Stamps(bench.folder / f"flood-{id(self)}"))
        told = f"{bench.compiled('stamp')} {self._stamps.path}"
        self.enter_context(keeper(["/bin/sh", "-c", f"{told}; yes {'x' * (LENGTH - 1)} | head -c {FLOOD}; exec {told} stay"]))
        self._stamps.next()
        self._pid = self._stamps.next()[1]

    def speed(self) -> float:
        """Megabytes a second."""
        time.sleep(0.3)
        os.kill(self._pid, signal.SIGKILL)
        began, _ = self._stamps.next()
        ended, self._pid = self._stamps.next(120)
        return FLOOD / 1e6 / (ended - began)


def measure(bench: Bench) -> List[Contest]:
    folder = bench.new_folder("lines")
    with ExitStack() as stack:
        def flood(keeper: Callable[[List[str]], ContextManager]) -> Callable[[], Flood]:
            return lazily(stack, lambda: Flood(bench, keeper))

        home = stack.enter_context(Home(bench.executable, PRINTER, "--listen", "none"))
        aios, pm2 = flood(lambda command: home_of(bench, command)), flood(lambda command: Pm2(bench, command))
        supervisord = flood(lambda command: Supervisord(bench, command))
        return [
            hold(Contest("lines", "lines of output that become durable rows", "lines a second", True), bench.rounds, [
                Contender("AIOS", AIOS, lambda: durable(home)),
                Contender("SQLite, 1,000 lines a commit", CEILING, lambda: raw(folder)),
            ]),
            hold(Contest("flood", "output that a program gets rid of", "MB a second", True), bench.rounds, [
                Contender("AIOS", AIOS, lambda: aios().speed(), "keeps beginning and end as rows, and says how much it left out"),
                Contender("PM2", PEER, lambda: pm2().speed(), "keeps all, in a file that grows for ever"),
                Contender("supervisord", PEER, lambda: supervisord().speed(), "keeps the last 50 to 550 MB, in files"),
            ]),
        ]
