"""From SIGKILL of a program that must always run to the first instruction of what its shell runs next.

Its shell execs the program that notes the time. It had lived for a while, so that nobody takes it for one that crashes
at once.
"""

import os
import signal
import time
from contextlib import ExitStack
from typing import List

from home import Home
from peers import raw
from suite.bench import Bench
from suite.contest import AIOS, CEILING, Contender, Contest, Sample, hold, spread
from suite.stamps import Stamps

COUNT = 15
UPTIME = 0.25


def command(bench: Bench, stamps: Stamps) -> List[str]:
    return ["/bin/sh", "-c", f"exec {bench.compiled('stamp')} {stamps.path} stay"]


class Victim:
    """A program that is kept alive, and killed."""

    def __init__(self, stamps: Stamps, uptime: float = UPTIME) -> None:
        self._stamps, self._uptime = stamps, uptime
        self._began, self._pid = stamps.next()

    def deaths(self, count: int) -> Sample:
        waits = []
        for _ in range(count):
            time.sleep(max(0.0, self._began + self._uptime - time.monotonic()))
            killed = time.monotonic()
            os.kill(self._pid, signal.SIGKILL)
            self._began, self._pid = self._stamps.next()
            waits.append(self._began - killed)
        return spread(waits)


def measure(bench: Bench) -> List[Contest]:
    with ExitStack() as stack:
        def stamps(name: str) -> Stamps:
            return stack.enter_context(Stamps(bench.folder / f"restart-{name}"))

        ours, bare = stamps("aios"), stamps("raw")
        words = ", ".join(f'"{word}"' for word in command(bench, ours))
        stack.enter_context(Home(bench.executable, f"- {{name: server, type: always, min_uptime: 200ms, command: [{words}]}}\n", "--listen", "none"))
        aios = Victim(ours)
        stack.enter_context(raw.respawner(bench, bench.new_folder("respawn"), command(bench, bare)))
        respawn = Victim(bare)
        return [hold(Contest("restart", "SIGKILL to the first instruction of the successor", "ms", False), bench.rounds, [
            Contender("AIOS", AIOS, lambda: aios.deaths(COUNT)),
            Contender("wait + posix_spawn in C", CEILING, lambda: respawn.deaths(COUNT), "records nothing"),
        ])]
