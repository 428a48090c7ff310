"""What it costs to stand by: processor, wake-ups and memory of all processes of each, while nothing is due.

All stand by at the same time, in the same windows. A wake-up is a voluntary context switch of any of their threads; memory
is PSS, in which what several processes share is divided among them.
"""

import time
from contextlib import ExitStack
from typing import Callable, Dict, List, Union

from home import Home
from measures.growth import scheduled
from peers.cron import Cron
from peers.plain import PlainLoop
from peers.pm2 import Pm2
from peers.rq import Rq
from peers.supervisord import Supervisord
from suite.bench import Bench, LeftOut
from suite.contest import AIOS, PEER, Contest, Result
from suite.processes import Service, children_of, fine_cpu_seconds, pss_mb, wakeups

WINDOW = 15
CALM = 5


def pids_of(one: Union[Home, Rq, Service]) -> List[int]:
    own = [one.daemon.pid] if isinstance(one, Home) else one.pids if isinstance(one, Rq) else [one.pid]
    return [pid for parent in own for pid in (parent, *children_of(parent))]


def measure(bench: Bench) -> List[Contest]:
    contests = [
        Contest("idle_cpu", "idle: processor", "% of one", False),
        Contest("idle_wakeups", "idle: wake-ups", "a second", False),
        Contest("idle_memory", "idle: memory (PSS)", "MB", False),
    ]
    makers: Dict[str, Callable] = {
        **{f"AIOS, {count:,} jobs": lambda count=count: Home(bench.executable, scheduled(count), "--listen", "none") for count in (0, 100, 10_000)},
        "AIOS, API on": lambda: Home(bench.executable, scheduled(100), "--listen", "127.0.0.1:24684"),
        "cron": lambda: Cron(bench),
        "supervisord": lambda: Supervisord(bench),
        "supervisord, 100 programs stopped": lambda: Supervisord(bench, idle_programs=100),
        "PM2": lambda: Pm2(bench),
        "rq with one worker, and Redis": lambda: Rq(bench, workers=1),
        "plain Python loop": lambda: PlainLoop(bench),
    }
    with ExitStack() as stack:
        standing = {}
        for name, make in makers.items():
            try:
                standing[name] = pids_of(stack.enter_context(make()))
            except LeftOut as reason:
                for contest in contests:
                    contest.left_out[name] = str(reason)
        time.sleep(CALM)
        figures = {name: [Result(name, AIOS if name.startswith("AIOS") else PEER, "") for _ in contests] for name in standing}
        for _ in range(min(3, bench.rounds)):
            before = {name: (fine_cpu_seconds(pids), wakeups(pids)) for name, pids in standing.items()}
            time.sleep(WINDOW)
            for name, pids in standing.items():
                cpu, woken = fine_cpu_seconds(pids) - before[name][0], wakeups(pids) - before[name][1]
                for result, value in zip(figures[name], (cpu / WINDOW * 100, woken / WINDOW, pss_mb(pids))):
                    result.add(value)
        for number, contest in enumerate(contests):
            contest.results = [results[number] for results in figures.values()]
        return contests
