"""rq: a worker takes a function from Redis, forks, calls it in the child, and writes the outcome to Redis."""

import sys
import time
from contextlib import ExitStack
from typing import Any, List

from peers.redis import Redis
from suite.bench import PARALLEL, Bench, LeftOut
from suite.contest import Sample
from suite.processes import Service, children_of, cpu_seconds, wait_for
from suite.provision import found
from suite.stamps import Stamps

FUNCTIONS = """
import os
import time

def nothing():
    pass

def stamp(path):
    now = time.monotonic()
    with open(path, "w") as pipe:
        pipe.write(f"{now:.9f} {os.getpid()}\\n")
"""


class Rq:
    """As many workers as AIOS runs at once, with one queue."""

    def __init__(self, bench: Bench, is_durable: bool = False, workers: int = PARALLEL) -> None:
        try:
            from redis import Redis as Client
            import rq
        except ImportError as error:
            raise LeftOut(f"{sys.executable} has no rq ({error}); Debian's python3-rq brings it") from error
        self._stack = ExitStack()
        try:
            redis = self._stack.enter_context(Redis(bench, is_durable))
            folder = bench.new_folder("rq")
            (folder / "functions.py").write_text(FUNCTIONS)
            command = [sys.executable, found("rq"), "worker", "--quiet", "--url", f"unix://{redis.socket}", "work"]
            services = [self._stack.enter_context(Service(command, folder)) for _ in range(workers)]
            self._client: Any = Client(unix_socket_path=str(redis.socket))
            self._queue = rq.Queue("work", connection=self._client)
            self.pids = [redis.pid, *(service.pid for service in services)]
            wait_for(lambda: len(rq.Worker.all(queue=self._queue)) == workers, "rq's workers")
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> "Rq":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._stack.close()

    def all_pids(self) -> List[int]:
        return [pid for parent in self.pids for pid in (parent, *children_of(parent))]

    def burst(self, count: int) -> Sample:
        """Functions a second, from when all are accepted until the last outcome is in Redis."""
        finished = "rq:finished:work"
        self._client.delete(finished)
        used, pipeline = cpu_seconds(self.pids), self._client.pipeline()
        self._queue.enqueue_many([self._queue.prepare_data("functions.nothing") for _ in range(count)], pipeline=pipeline)
        began = time.perf_counter()
        pipeline.execute()
        wait_for(lambda: self._client.zcard(finished) >= count, "the end of rq's functions", 120)
        seconds = time.perf_counter() - began
        return Sample(count / seconds, {"cpu_us": (cpu_seconds(self.pids) - used) / count * 1e6})

    def waits(self, stamps: Stamps, count: int, pause: float) -> List[float]:
        """Seconds from the acceptance of a function to its first line."""
        found_waits = []
        for _ in range(count):
            self._queue.enqueue("functions.stamp", str(stamps.path))
            accepted = time.monotonic()
            found_waits.append(stamps.next()[0] - accepted)
            time.sleep(pause)
        return found_waits
