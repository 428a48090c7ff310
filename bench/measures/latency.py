"""From the insert of a row to the first instruction of its program, or to the first line of its function.

The clock starts when the commit returns (a peer's: when it has accepted the job), and stops when the program, which is in
C and has no library to load, notes the time as its first act. Under load, 100 runs of /bin/true a second (fewer, where the machine cannot) go on beside it.
"""

import subprocess
import time
from contextlib import ExitStack, contextmanager
from typing import Iterator

from home import Home
from peers import aios, raw, rq
from peers.bullmq import BullMq
from peers.plain import PlainLoop
from suite.bench import PARALLEL, Bench, lazily
from suite.contest import AIOS, CEILING, LESSER, PEER, Contender, Contest, hold, spread
from suite.processes import end
from suite.stamps import Stamps

COUNT = 100
# The plain loop looks once a second.
FEW = 3
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


def measure(bench: Bench) -> Iterator[Contest]:
    with ExitStack() as stack:
        stamps = stack.enter_context(Stamps(bench.folder / "stamps"))
        stamp = bench.compiled("stamp")
        jobs = aios.JOBS + aios.job_of_stamp(stamp, stamps) + f'- {{name: function, type: trigger, file: functions.py, function: stamp, args: ["{stamps.path}"]}}\n'
        home = stack.enter_context(Home(
            bench.executable, jobs, "--max-parallel", str(PARALLEL), "--listen", "none", programs={**aios.NOTHING, "functions.py": rq.FUNCTIONS}))
        aios.warm(home, stamps)
        aios.waits(home, stamps, 3, PAUSE, "function")
        bull, plain, queue = lazily(stack, lambda: BullMq(bench)), lazily(stack, lambda: PlainLoop(bench)), lazily(stack, lambda: rq.Rq(bench))
        bare = Contender("posix_spawn", CEILING, lambda: spread(raw.spawn_waits(bench, stamps, COUNT, PAUSE)), "no queue")
        yield hold(Contest("latency", "insert to first instruction of an executable, idle", "ms", False), bench.rounds, [
            Contender("AIOS", AIOS, lambda: spread(aios.waits(home, stamps, COUNT, PAUSE))),
            Contender("BullMQ", PEER, lambda: spread(bull().waits(stamp, stamps, COUNT, PAUSE)), "not durable"),
            Contender("plain Python loop", PEER, lambda: spread(plain().waits(stamp, stamps, FEW, PAUSE))),
            bare,
        ])
        yield hold(Contest("latency_function", "insert to first line of a Python function, idle", "ms", False), bench.rounds, [
            Contender("AIOS", AIOS, lambda: spread(aios.waits(home, stamps, COUNT, PAUSE, "function")), "a process each"),
            Contender("rq", PEER, lambda: spread(queue().waits(stamps, COUNT, PAUSE)), "a process each; not durable"),
            Contender("plain Python loop", LESSER, lambda: spread(plain().waits("stamp", stamps, FEW, PAUSE)), "a thread"),
        ])
        with load(bench, home):
            yield hold(Contest("latency_loaded", "insert to first instruction of an executable, beside 100 other runs a second", "ms", False), bench.rounds, [
                Contender("AIOS", AIOS, lambda: spread(aios.waits(home, stamps, COUNT, PAUSE))),
                bare,
            ])
