"""From the insert of a row to the first instruction of its program.

The clock starts when the commit returns (a peer's: when the job is accepted), and stops when the program, which is in C
and has no library to load, notes the time as its first act. Under load, 100 runs of /bin/true a second go on beside it.
"""

import subprocess
import time
from contextlib import ExitStack, contextmanager
from typing import Iterator, List

from home import Home
from peers import aios, raw
from suite.bench import PARALLEL, Bench
from suite.contest import AIOS, CEILING, Contender, Contest, hold, spread
from suite.processes import end
from suite.stamps import Stamps

COUNT = 60
PAUSE = 0.02


@contextmanager
def load(bench: Bench, home: Home) -> Iterator[None]:
    """Somebody else inserts 10 rows each tenth of a second."""
    process = subprocess.Popen([*bench.script("load.py"), str(home.path / "orchestrator.db"), "true", "10", "0.1"])
    time.sleep(0.3)
    try:
        yield
    finally:
        end(process)
        home.wait_until_closed()


def measure(bench: Bench) -> List[Contest]:
    with ExitStack() as stack:
        stamps = stack.enter_context(Stamps(bench.folder / "stamps"))
        jobs = aios.JOBS + aios.job_of_stamp(bench.compiled("stamp"), stamps)
        home = stack.enter_context(Home(bench.executable, jobs, "--max-parallel", str(PARALLEL), "--listen", "none", programs=aios.NOTHING))
        aios.warm(home, stamps)
        idle = hold(Contest("latency", "insert to first instruction, idle", "ms", False), bench.rounds, [
            Contender("AIOS", AIOS, lambda: spread(aios.waits(home, stamps, COUNT, PAUSE))),
            Contender("posix_spawn", CEILING, lambda: spread(raw.spawn_waits(bench, stamps, COUNT, PAUSE)), "no queue"),
        ])
        with load(bench, home):
            loaded = hold(Contest("latency_loaded", "insert to first instruction, beside 100 other runs a second", "ms", False), bench.rounds, [
                Contender("AIOS", AIOS, lambda: spread(aios.waits(home, stamps, COUNT, PAUSE))),
                Contender("posix_spawn", CEILING, lambda: spread(raw.spawn_waits(bench, stamps, COUNT, PAUSE)), "no queue; beside AIOS under that load"),
            ])
        return [idle, loaded]
