"""Where the time of a run goes: one run on an idle daemon, step by step, and the system calls of a run among many.

The steps are told apart by what the kernel sees: when the daemon writes to the database and when that is on the disk,
when the process is made, when it is the program, when it ends and when the daemon has taken note.
"""

import pathlib
import statistics
import time
from collections import Counter
from contextlib import ExitStack
from typing import Callable, Dict, Iterator, List, NamedTuple, Optional, Set

from home import Home
from peers import aios
from suite.bench import Bench, LeftOut
from suite.contest import Contest, Result, rounded
from suite.processes import cpu_parts
from suite.stamps import Stamps
from suite.trace import Event, tracing

RUNS, BURST = 60, 400
WRITES, SYNCS, WAITS = {"pwrite64"}, {"fsync", "fdatasync"}, {"wait4", "waitid"}


class Probe(NamedTuple):
    """What is known from outside."""

    inserted: float
    committed: float
    first_instruction: float
    pid: int
    # Nothing of this run happens later.
    over: float


PARTS = ["the daemon's own code", "the kernel for the daemon", "the programs' own code", "the kernel for the programs"]
STEPS = [
    "the commit of the row, by whoever inserts it",
    "until the daemon has noticed, looked and chosen (its first write)",
    "until the claim is on the disk",
    "until the process is made",
    "until it is the program (exec)",
    "until its first instruction",
    "the program, until it has ended",
    "until the daemon has taken note",
    "until the daemon begins to write that down",
    "until that is on the disk: the run is over",
]


def marks(probe: Probe, events: List[Event], own: Set[int]) -> Optional[List[float]]:
    """The instants between the steps; None if one of them was not seen."""
    def first(kind: str, subjects: Set[str], since: float, until: float, is_daemon: bool = True) -> Optional[float]:
        return next((e.at for e in events if since <= e.at <= until and e.kind == kind and e.subject in subjects and (e.thread in own) == is_daemon), None)

    def last(kind: str, subjects: Set[str], since: float, until: float) -> Optional[float]:
        return next((e.at for e in reversed(events) if since <= e.at <= until and e.kind == kind and e.subject in subjects and e.thread in own), None)

    process = {str(probe.pid)}
    made = next((e.at for e in events if e.kind == "fork" and e.subject in process), None)
    program = next((e.at for e in events if e.kind == "exec" and e.subject in process), None)
    ended = next((e.at for e in events if e.kind == "end" and e.subject in process), None)
    if made is None or program is None or ended is None:
        return None
    wrote, claimed = first("enter", WRITES, probe.committed, made), last("exit", SYNCS, probe.committed, made)
    noted = first("exit", WAITS, ended, probe.over)
    writes = noted and first("enter", WRITES, noted, probe.over)
    found = [probe.inserted, probe.committed, wrote, claimed, made, program, probe.first_instruction, ended, noted, writes, writes and last("exit", SYNCS, writes, probe.over)]
    return None if None in found else found  # type: ignore[return-value]


def probes(home: Home, stamps: Stamps) -> List[Probe]:
    found = []
    for _ in range(RUNS):
        inserted = time.monotonic()
        home.insert("stamp")
        committed = time.monotonic()
        began, pid = stamps.next()
        time.sleep(0.05)
        found.append(Probe(inserted, committed, began, pid, time.monotonic()))
    return found


def steps(home: Home, stamps: Stamps, folder: pathlib.Path) -> Contest:
    with tracing(home.daemon.pid, folder) as events:
        found = probes(home, stamps)
        own = {int(path.name) for path in pathlib.Path(f"/proc/{home.daemon.pid}/task").iterdir()}
    contest = Contest("steps", "one run of an executable, on an idle daemon", "µs", False)
    lives = [mark for probe in found if (mark := marks(probe, [e for e in events if probe.inserted <= e.at <= probe.over], own))]
    if len(lives) < RUNS / 2:
        raise LeftOut(f"perf saw only {len(lives)} of {RUNS} runs whole")
    for number, name in enumerate(STEPS):
        took = sorted((mark[number + 1] - mark[number]) * 1e6 for mark in lives)
        contest.results.append(Result(name, "step", "", [rounded(statistics.median(took))], {"p90": [rounded(took[int(len(took) * 0.9)])]}))
    return contest


def calls(home: Home, folder: pathlib.Path) -> Contest:
    """How often a run in a burst makes the daemon call the system, and how long its threads were in those calls."""
    with tracing(home.daemon.pid, folder) as events:
        aios.burst(home, "true", BURST)
        own = {path.name for path in pathlib.Path(f"/proc/{home.daemon.pid}/task").iterdir()}
    count: Counter = Counter()
    spent: Dict[str, float] = {}
    begun: Dict[int, Event] = {}
    for event in events:
        if str(event.thread) not in own:
            continue
        if event.kind == "enter":
            begun[event.thread] = event
            count[event.subject] += 1
        elif event.kind == "exit" and (start := begun.pop(event.thread, None)) and start.subject == event.subject:
            spent[event.subject] = spent.get(event.subject, 0) + event.at - start.at
    contest = Contest("calls", f"system calls of the daemon for a run of /bin/true, among {BURST}", "a run", False)
    contest.results = [
        Result(name, "step", "", [rounded(number / BURST)], {"us": [rounded(spent.get(name, 0) / BURST * 1e6)]})
        for name, number in count.most_common(16)]
    return contest


def processor(home: Home, rounds: int) -> Contest:
    """Who uses the processor while runs go on in bursts."""
    contest = Contest("processor", "processor time of a run of /bin/true, in bursts", "µs", False)
    contest.results = [Result(name, "step", "") for name in PARTS]
    for _ in range(rounds):
        before = cpu_parts(home.daemon.pid)
        aios.burst(home, "true", BURST * 4)
        for result, then, now in zip(contest.results, before, cpu_parts(home.daemon.pid)):
            result.add((now - then) / (BURST * 4) * 1e6)
    return contest


def measure(bench: Bench) -> Iterator[Contest]:
    folder = bench.new_folder("steps")
    with ExitStack() as stack:
        stamps = stack.enter_context(Stamps(folder / "stamps"))
        jobs = aios.JOBS + aios.job_of_stamp(bench.compiled("stamp"), stamps)
        home = stack.enter_context(Home(bench.executable, jobs, "--listen", "none", programs=aios.NOTHING))
        aios.warm(home, stamps)
        yield processor(home, bench.rounds)
        makers: Dict[str, Callable[[], Contest]] = {"steps": lambda: steps(home, stamps, folder), "calls": lambda: calls(home, folder)}
        for key, make in makers.items():
            try:
                yield make()
            except LeftOut as reason:
                yield Contest(key, key, "", False, [], {"perf": str(reason)})
