"""From the start of the daemon's process to its readiness, in an empty home, with its API served.

Ready is what the daemon itself tells systemd (READY=1): its API is open and its first pass is on the disk.
"""

import time
from typing import List

from home import Home
from suite.bench import Bench
from suite.contest import AIOS, Contender, Contest, Sample, hold

COUNT = 4
API = "127.0.0.1:24683"


def aios(bench: Bench) -> Sample:
    took = []
    for _ in range(COUNT):
        with Home(bench.executable, "", "--listen", API) as home:
            took.append(home.start_took * 1000)
        time.sleep(0.05)
    return Sample(sorted(took)[len(took) // 2])


def measure(bench: Bench) -> List[Contest]:
    return [hold(Contest("start", "start to ready, empty home, API on", "ms", False), bench.rounds, [
        Contender("AIOS", AIOS, lambda: aios(bench)),
    ])]
