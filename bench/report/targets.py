"""What was to be reached, and whether it was."""

import statistics
from typing import Callable, List, NamedTuple, Optional

from suite.contest import factors
from suite.words import number

from .figures import Figures
from .tables import table


class Target(NamedTuple):
    what: str
    is_met_at: str
    value: Callable[[Figures], Optional[float]]
    unit: str
    is_met: Callable[[float], bool]


def median(key: str, name: str = "AIOS", detail: str = "") -> Callable[[Figures], Optional[float]]:
    def value(figures: Figures) -> Optional[float]:
        result = figures.result(key, name)
        return None if result is None else statistics.median(result.details[detail]) if detail else result.median

    return value


def ratio(key: str, other: str, ours: str = "AIOS") -> Callable[[Figures], Optional[float]]:
    def value(figures: Figures) -> Optional[float]:
        first, second = figures.result(key, ours), figures.result(key, other)
        return statistics.median(factors(figures.contests[key], first, second)) if first and second else None

    return value


def under(limit: float) -> Callable[[float], bool]:
    return lambda value: value < limit


def least(limit: float) -> Callable[[float], bool]:
    return lambda value: value >= limit


TARGETS: List[Target] = [
    Target("insert to first instruction of an executable, p50", "under 3 ms", median("latency"), "ms", under(3)),
    Target("the same, p99", "under 15 ms", median("latency", detail="p99"), "ms", under(15)),
    Target("Python functions, against warm fork + wait", "60 % or more", ratio("functions", "fork + wait in Python"), "×", least(0.6)),
    Target("Python functions, against rq", "5 × or more", ratio("functions", "rq"), "×", least(5)),
    Target("`/bin/true`, against raw posix_spawn", "60 % or more", ratio("executables", "posix_spawn + wait in C"), "×", least(0.6)),
    Target("`/bin/true`, against BullMQ", "more", ratio("executables", "BullMQ"), "×", least(1)),
    Target("restart after SIGKILL, p50", "under 4 ms", median("restart"), "ms", under(4)),
    Target("start to ready", "under 60 ms", median("start"), "ms", under(60)),
    Target("idle with 10,000 jobs, processor", "under 0.1 %", median("idle_cpu", "AIOS, 10,000 jobs"), "%", under(0.1)),
    Target("idle with 10,000 jobs, PSS", "under 45 MB", median("idle_memory", "AIOS, 10,000 jobs"), "MB", under(45)),
    *(Target(f"throughput with 1,000,000 {what} against 1,000", "90 % or more", ratio(f"growth_{kind}_rate", "1,000", "1,000,000"), "×", least(0.9))
      for kind, what in (("tag", "waiting for a tag"), ("later", "waiting for their time"), ("limit", "behind a limit"))),
    Target("throughput with 1,000,000 runs of history against none", "90 % or more", ratio("growth_history_rate", "0", "1,000,000"), "×", least(0.9)),
    Target("throughput with 10,000,000 runs of history against none", "90 % or more", ratio("growth_history_rate", "0", "10,000,000"), "×", least(0.9)),
    Target("the executable", "under 20 MB", median("executable_size"), "MB", under(20)),
]


def tell(figures: Figures) -> str:
    rows = []
    for target in TARGETS:
        value = target.value(figures)
        reached = "not measured in this run" if value is None else f"{number(value)} {target.unit}"
        rows.append([target.what, target.is_met_at, reached, "–" if value is None else "yes" if target.is_met(value) else "**no**"])
    return table(["", "target", "measured", "met"], rows)
