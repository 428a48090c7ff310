"""AIOS itself: bursts, single runs, deaths."""

import time
from typing import List, Optional

from home import Home
from suite.contest import Sample
from suite.processes import cpu_seconds
from suite.stamps import Stamps

NOTHING = {"nothing.py": "def nothing():\n    pass\n"}
JOBS = """
- {name: nothing, type: trigger, file: nothing.py, function: nothing}
- {name: "true", type: trigger, command: [/bin/true]}
"""


def job_of_stamp(stamp: str, stamps: Stamps) -> str:
    return f'- {{name: stamp, type: trigger, command: ["{stamp}", "{stamps.path}"]}}\n'


def burst(home: Home, job: str, count: int) -> Sample:
    """Runs a second, from the commit of all rows until the last is closed, each of them recorded durably."""
    used = cpu_seconds([home.daemon.pid])
    last = home.insert(job, count)
    assert last is not None
    first, began = last - count + 1, time.perf_counter()
    home.wait_until_closed(first, last)
    seconds = time.perf_counter() - began
    used = cpu_seconds([home.daemon.pid]) - used
    succeeded, = home.database.execute(
        "SELECT count(*) FROM triggers WHERE id BETWEEN ? AND ? AND status = 'succeeded' AND attempt = 1", (first, last)).fetchone()
    if succeeded != count:
        raise RuntimeError(f"only {succeeded} of {count} runs of {job} have succeeded")
    return Sample(count / seconds, {"cpu_us": used / count * 1e6})


def waits(home: Home, stamps: Stamps, count: int, pause: float, job: str = "stamp") -> List[float]:
    """Seconds from the return of the commit of a row to the first instruction of its program."""
    found = []
    for _ in range(count):
        home.insert(job)
        committed = time.monotonic()
        found.append(stamps.next()[0] - committed)
        time.sleep(pause)
    return found


def warm(home: Home, stamps: Optional[Stamps] = None) -> None:
    """The first runs find the interpreter and fill caches."""
    for job in ("nothing", "true"):
        burst(home, job, 20)
    if stamps:
        waits(home, stamps, 3, 0.05)
