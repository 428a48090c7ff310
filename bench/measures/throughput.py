"""Runs a second, and what a run costs the processor: functions that each have a process, and executables.

All the work is in the queue before the clock starts; it stops when the last run is recorded. Everybody runs 10 at once.
"""

from contextlib import ExitStack
from typing import List

from home import Home
from peers import aios, raw
from peers.bullmq import BullMq
from peers.plain import PlainLoop
from peers.rq import Rq
from suite.bench import PARALLEL, Bench, lazily
from suite.contest import AIOS, CEILING, LESSER, PEER, Contender, Contest, hold

COUNT = 2000
# The slower ones do less, so that each takes about as long.
FEWER = 400


def measure(bench: Bench) -> List[Contest]:
    with ExitStack() as stack:
        def home(*flags: str) -> Home:
            started = stack.enter_context(Home(bench.executable, aios.JOBS, "--max-parallel", str(PARALLEL), "--listen", "none", *flags, programs=aios.NOTHING))
            aios.warm(started)
            return started

        rollback, wal = home(), home("--journal", "wal")
        rq, safe_rq = lazily(stack, lambda: Rq(bench)), lazily(stack, lambda: Rq(bench, is_durable=True))
        bull, safe_bull = lazily(stack, lambda: BullMq(bench)), lazily(stack, lambda: BullMq(bench, is_durable=True))
        plain = lazily(stack, lambda: PlainLoop(bench))
        return [
            hold(Contest("functions", "Python functions that do nothing", "runs a second", True), bench.rounds, [
                Contender("AIOS", AIOS, lambda: aios.burst(rollback, "nothing", COUNT), "a process each; each durable"),
                Contender("AIOS, WAL", AIOS, lambda: aios.burst(wal, "nothing", COUNT), "a process each; each durable"),
                Contender("rq", PEER, lambda: rq().burst(FEWER), "a process each; not durable"),
                Contender("rq, durable", PEER, lambda: safe_rq().burst(FEWER), "a process each; Redis writes down each order before it says yes"),
                Contender("BullMQ, a Python each", PEER, lambda: bull().burst("python", FEWER // 2), "a process each, a fresh Python; not durable"),
                Contender("BullMQ, inside", LESSER, lambda: bull().burst("inside", COUNT), "no process: a JavaScript function in the worker; not durable"),
                Contender("plain Python loop", LESSER, lambda: plain().burst("nothing", FEWER), "no process: threads; each durable, lost if it dies"),
                Contender("fork + wait in Python", CEILING, lambda: raw.fork_rate(bench, COUNT), "calls nothing, records nothing"),
                Contender("AIOS's functions without AIOS", CEILING, lambda: raw.call_rate(bench, COUNT), "calls, records nothing"),
            ]),
            hold(Contest("executables", "/bin/true", "runs a second", True), bench.rounds, [
                Contender("AIOS", AIOS, lambda: aios.burst(rollback, "true", COUNT), "each durable, in a session of its own"),
                Contender("AIOS, WAL", AIOS, lambda: aios.burst(wal, "true", COUNT), "each durable, in a session of its own"),
                Contender("BullMQ", PEER, lambda: bull().burst("/bin/true", FEWER), "not durable"),
                Contender("BullMQ, durable", PEER, lambda: safe_bull().burst("/bin/true", FEWER), "Redis writes down each order before it says yes"),
                Contender("plain Python loop", PEER, lambda: plain().burst("/bin/true", FEWER), "each durable, lost if it dies"),
                Contender("posix_spawn + wait in C", CEILING, lambda: raw.spawn_rate(bench, COUNT, "/bin/true"), "records nothing"),
            ]),
        ]
