"""Processes that a benchmark starts: started, watched, and ended by their own ids."""

import os
import pathlib
import signal
import subprocess
import time
from typing import Callable, Dict, Iterable, List, Optional, Sequence

TICKS = os.sysconf("SC_CLK_TCK")


class Service:
    """A program that runs until it is ended, with whatever it prints in a file."""

    def __init__(self, command: Sequence[str], folder: pathlib.Path, environment: Optional[Dict[str, str]] = None, name: str = "") -> None:
        self.output = folder / f"{name or pathlib.Path(command[0]).name}.out"
        with open(self.output, "ab") as file:
            self.process = subprocess.Popen(list(command), stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=environment, cwd=folder)
        self.pid = self.process.pid

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        end(self.process)


def end(process: subprocess.Popen, patience: float = 15) -> None:
    """Asks a process to end; one that does not is killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def children_of(pid: int) -> List[int]:
    """The living descendants of a process."""
    found: List[int] = []
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _text(path).split():
            found += [int(child), *children_of(int(child))]
    return found


def cpu_parts(pid: int) -> List[float]:
    """Seconds of a process's own code, of the kernel on its behalf, and both for its children that have ended."""
    return [int(field) / TICKS for field in _text(pathlib.Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[11:15]]


def cpu_seconds(pids: Iterable[int]) -> float:
    """What these processes have used, and those of their children that have ended."""
    return sum(sum(cpu_parts(pid)) for pid in pids)


def fine_cpu_seconds(pids: Iterable[int]) -> float:
    """What their living threads have used, to the nanosecond: a clock tick is too coarse for those who do nothing."""
    return sum(
        int(_text(path).split()[0])
        for pid in pids
        for path in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def wakeups(pids: Iterable[int]) -> int:
    """How often their threads have gone to sleep and been woken."""
    return sum(
        int(line.split()[1])
        for pid in pids
        for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status")
        for line in _text(status).splitlines()
        if line.startswith("voluntary_ctxt_switches"))


def pss_mb(pids: Iterable[int]) -> float:
    """Their memory in megabytes; what several share is divided among them."""
    return sum(
        int(line.split()[1])
        for pid in pids
        for line in _text(pathlib.Path(f"/proc/{pid}/smaps_rollup")).splitlines()
        if line.startswith("Pss:")) / 1024


def wait_for(condition: Callable[[], object], what: str, seconds: float = 60, look: float = 0.01) -> None:
    """Returns as soon as the condition holds; says what did not come."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
        time.sleep(look)


def _text(path: pathlib.Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
