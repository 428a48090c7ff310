"""BullMQ: a worker in Node.js takes jobs from Redis; it may do them inside itself, or start a process for each."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import List

from peers import rq
from peers.redis import Redis
from suite.bench import PARALLEL, PROGRAMS, Bench, LeftOut
from suite.contest import Sample
from suite.processes import cpu_seconds, end
from suite.provision import NODE, found
from suite.stamps import Stamps


class BullMq:
    """One worker that does as many jobs at once as AIOS."""

    def __init__(self, bench: Bench, is_durable: bool = False) -> None:
        if not (NODE / "node_modules" / "bullmq").exists():
            raise LeftOut("npm could not install bullmq")
        self._stack = ExitStack()
        redis = self._stack.enter_context(Redis(bench, is_durable))
        folder = bench.new_folder("bullmq")
        (folder / "functions.py").write_text(rq.FUNCTIONS)
        self._node = subprocess.Popen(
            [found("node"), str(PROGRAMS / "bullmq.cjs"), str(redis.socket), str(PARALLEL), sys.executable, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "NODE_PATH": str(NODE / "node_modules")})
        self._stack.callback(end, self._node)
        self.pids = [redis.pid, self._node.pid]
        self._answer()

    def __enter__(self) -> "BullMq":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def burst(self, kind: str, count: int) -> Sample:
        """Jobs a second, from when all are accepted until the last outcome is in Redis."""
        used = cpu_seconds(self.pids)
        seconds = self._ask(f"burst {kind} {count}")
        return Sample(count / seconds, {"cpu_us": (cpu_seconds(self.pids) - used) / count * 1e6})

    def waits(self, program: str, stamps: Stamps, count: int, pause: float) -> List[float]:
        """Seconds from the acceptance of a job to its program's first instruction."""
        found_waits = []
        for _ in range(count):
            accepted = self._ask(f"one {program} {stamps.path}")
            found_waits.append(stamps.next()[0] - accepted)
            time.sleep(pause)
        return found_waits

    def _ask(self, order: str) -> float:
        assert self._node.stdin
        self._node.stdin.write(order + "\n")
        self._node.stdin.flush()
        return self._answer()

    def _answer(self) -> float:
        assert self._node.stdout
        line = self._node.stdout.readline()
        if not line:
            raise RuntimeError(f"BullMQ's worker has ended with status {self._node.wait()}")
        return float(json.loads(line))
