"""The system calls of a process and the lives of its children, as the kernel saw them: each a line of `perf`."""

import pathlib
import re
import signal
import subprocess
import time
from contextlib import contextmanager
from typing import Dict, Iterator, List, NamedTuple

from .bench import LeftOut
from .provision import found

EVENTS = ["raw_syscalls:sys_enter", "raw_syscalls:sys_exit", "sched:sched_process_fork", "sched:sched_process_exec", "sched:sched_process_exit"]
LINE = re.compile(r"\s(\d+) (\d+\.\d+):\s+\S+:(\w+): (.*)")


class Event(NamedTuple):
    # In the monotonic time of all processes.
    at: float
    thread: int
    # enter, exit (of a call), or fork, exec, end (of a process).
    kind: str
    # The call, or the process.
    subject: str


KINDS = {"sys_enter": ("enter", r"NR (\d+)"), "sys_exit": ("exit", r"NR (\d+)"), "sched_process_fork": ("fork", r"child_pid=(\d+)"),
         "sched_process_exec": ("exec", r" pid=(\d+)"), "sched_process_exit": ("end", r"pid=(\d+)")}


@contextmanager
def tracing(pid: int, folder: pathlib.Path) -> Iterator[List[Event]]:
    """Watches while the block runs; afterwards the list is full. It costs what is watched about a microsecond a call."""
    events: List[Event] = []
    data = folder / "perf.data"
    command = [found("perf"), "record", "-q", "-k", "CLOCK_MONOTONIC", "-m", "4096", "-e", ",".join(EVENTS), "-o", str(data), "-p", str(pid)]
    perf = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    if perf.poll() is not None:
        raise LeftOut(f"perf cannot watch here: {perf.communicate()[1].strip()[-200:]}")
    try:
        yield events
    finally:
        perf.send_signal(signal.SIGINT)
        perf.communicate()
    script = subprocess.run([found("perf"), "script", "-i", str(data), "-F", "comm,tid,time,event,trace", "--ns"], capture_output=True, text=True)
    names = _names_of_calls()
    for line in script.stdout.splitlines():
        match = LINE.search(line)
        if match and match[3] in KINDS:
            kind, pattern = KINDS[match[3]]
            subject = re.search(pattern, match[4])
            if subject:
                events.append(Event(float(match[2]), int(match[1]), kind, names.get(subject[1], subject[1]) if kind in ("enter", "exit") else subject[1]))
    data.unlink()


def _names_of_calls() -> Dict[str, str]:
    macros = subprocess.run(["cc", "-E", "-dM", "-include", "sys/syscall.h", "-x", "c", "/dev/null"], capture_output=True, check=True, text=True).stdout
    return {number: name for name, number in re.findall(r"#define __NR_(\w+) (\d+)", macros)}
