"""Runs a second, and what a run costs the processor: functions that each have a process, and executables.

All the work is in the queue before the clock starts; it stops when the last run is recorded. Everybody runs 10 at once.
"""

from contextlib import ExitStack
from typing import Dict, List

from home import Home
from peers import aios, raw
from suite.bench import PARALLEL, Bench
from suite.contest import AIOS, CEILING, Contender, Contest, hold

COUNT = 2000
TITLES = {
    "nothing": ("functions", "Python functions that do nothing, a process for each"),
    "true": ("executables", "/bin/true"),
}


def measure(bench: Bench) -> List[Contest]:
    with ExitStack() as stack:
        home = stack.enter_context(Home(bench.executable, aios.JOBS, "--max-parallel", str(PARALLEL), "--listen", "none", programs=aios.NOTHING))
        wal = stack.enter_context(Home(bench.executable, aios.JOBS, "--max-parallel", str(PARALLEL), "--listen", "none", "--journal", "wal", programs=aios.NOTHING))
        for each in (home, wal):
            aios.warm(each)
        ceilings: Dict[str, Contender] = {
            "nothing": Contender("fork + wait in Python", CEILING, lambda: raw.fork_rate(bench, COUNT), "calls nothing, records nothing"),
            "true": Contender("posix_spawn + wait in C", CEILING, lambda: raw.spawn_rate(bench, COUNT, "/bin/true"), "records nothing"),
        }
        contests = []
        for job, (key, title) in TITLES.items():
            contenders = [
                Contender("AIOS", AIOS, lambda job=job: aios.burst(home, job, COUNT), "each run durable on the disk"),
                Contender("AIOS, WAL", AIOS, lambda job=job: aios.burst(wal, job, COUNT), "each run durable on the disk"),
                ceilings[job],
            ]
            contests.append(hold(Contest(key, title, "runs a second", True), bench.rounds, contenders))
        return contests
