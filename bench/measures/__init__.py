"""What is measured, one file each."""

from typing import Callable, Dict, Iterable

from suite.bench import Bench
from suite.contest import Contest

from . import commits, containers, growth, idle, latency, logs, restart, sizes, start, steps, throughput

PARTS: Dict[str, Callable[[Bench], Iterable[Contest]]] = {
    "start": start.measure,
    "latency": latency.measure,
    "throughput": throughput.measure,
    "containers": containers.measure,
    "restart": restart.measure,
    "idle": idle.measure,
    "logs": logs.measure,
    "sizes": sizes.measure,
    "growth": growth.measure,
    "commits": commits.measure,
    "steps": steps.measure,
}
