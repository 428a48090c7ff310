"""From the start of the daemon's process to its readiness, in an empty home, with its API served.

Ready is what AIOS tells systemd (READY=1): its API is open and its first pass is on the disk. supervisord says nothing;
it is ready when its control socket takes a connection. PM2's daemon is started by its own command, and ready when that
returns.
"""

import statistics
import time
from typing import Callable, ContextManager, List

from home import Home
from peers.pm2 import Pm2
from peers.supervisord import Supervisord
from suite.bench import Bench
from suite.contest import AIOS, PEER, Contender, Contest, hold

API = "127.0.0.1:24683"


def started(make: Callable[[], ContextManager], count: int) -> float:
    """Milliseconds: the median of some starts."""
    took = []
    for _ in range(count):
        with make() as daemon:
            took.append(daemon.start_took * 1000)
        time.sleep(0.05)
    return statistics.median(took)


def measure(bench: Bench) -> List[Contest]:
    return [hold(Contest("start", "start to ready, empty home, API on", "ms", False), bench.rounds, [
        Contender("AIOS", AIOS, lambda: started(lambda: Home(bench.executable, "", "--listen", API), 5)),
        Contender("supervisord", PEER, lambda: started(lambda: Supervisord(bench), 1), "its control socket takes a connection"),
        Contender("PM2", PEER, lambda: started(lambda: Pm2(bench), 1), "`pm2 ping` returns, which started its daemon", most_rounds=3),
    ])]
