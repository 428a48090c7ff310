"""From SIGKILL of a program that must always run to the first instruction of what its shell runs next.

Its shell execs the program that notes the time. It had lived for a while, so that nobody takes it for one that crashes
at once.
"""

import os
import signal
import time
from contextlib import ExitStack
from typing import Callable, ContextManager, List

from home import Home
from peers import raw
from peers.pm2 import Pm2
from peers.supervisord import Supervisord
from suite.bench import Bench, lazily
from suite.contest import AIOS, CEILING, PEER, Contender, Contest, Sample, hold, spread
from suite.stamps import Stamps

COUNT = 15
UPTIME = 0.25


class Victim(ExitStack):
    """A program that somebody keeps alive, and that is killed."""

    def __init__(self, bench: Bench, keeper: Callable[[List[str]], ContextManager]) -> None:
        super().__init__()
        self._stamps = self.enter_context(Stamps(bench.folder / f"restart-{id(self)}"))
        command = ["/bin/sh", "-c", f"exec {bench.compiled('stamp')} {self._stamps.path} stay"]
        self.enter_context(keeper(command))
        self._began, self._pid = self._stamps.next()

    def deaths(self, count: int) -> Sample:
        waits = []
        for _ in range(count):
            time.sleep(max(0.0, self._began + UPTIME - time.monotonic()))
            killed = time.monotonic()
            os.kill(self._pid, signal.SIGKILL)
            self._began, self._pid = self._stamps.next()
            waits.append(self._began - killed)
        return spread(waits)


def home_of(bench: Bench, command: List[str]) -> Home:
    words = ", ".join(f'"{word}"' for word in command)
    return Home(bench.executable, f"- {{name: server, type: always, min_uptime: 200ms, command: [{words}]}}\n", "--listen", "none")


def measure(bench: Bench) -> List[Contest]:
    with ExitStack() as stack:
        def victim(keeper: Callable[[List[str]], ContextManager]) -> Callable[[], Victim]:
            return lazily(stack, lambda: Victim(bench, keeper))

        aios = victim(lambda command: home_of(bench, command))
        pm2 = victim(lambda command: Pm2(bench, command))
        supervisord = victim(lambda command: Supervisord(bench, command))
        respawn = victim(lambda command: raw.respawner(bench, command))
        return [hold(Contest("restart", "SIGKILL to the first instruction of the successor", "ms", False), bench.rounds, [
            Contender("AIOS", AIOS, lambda: aios().deaths(COUNT), "the death and the new run durable"),
            Contender("PM2", PEER, lambda: pm2().deaths(COUNT), "recorded in memory"),
            Contender("supervisord", PEER, lambda: supervisord().deaths(COUNT // 5), "recorded in memory"),
            Contender("wait + posix_spawn in C", CEILING, lambda: respawn().deaths(COUNT), "records nothing"),
        ])]
