#!/usr/bin/env python3
"""Flows: steps a second, from one step to the next, long lists, and what flows that wait cost.

    dotnet publish -c Release -o out && bench/flows.py out/aios [--rounds 5] [--waiting 100000] [--only WORD] [--peers]

    set       64 flows of 50 `set` steps each, all durable; with --peers beside DBOS on PostgreSQL and BullMQ on a durable Redis
    programs  40 flows of 25 steps of /bin/true each, beside as many plain triggers, in turns
    next      from a step's end to the first instruction of the next, beside a plain insert to first instruction, in turns
    row       40 steps of /bin/true in a row
    items     one step with a list of 100,000 items
    waiting   flows that wait for a signal: bytes a flow, memory of the daemon, its start, and the first step after a signal

Each line is one measure, with the median, the least and the most of the rounds; the last line is the same as JSON.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Callable, Dict, Iterator, List, Tuple

from home import Home
from peers import flow_engines
from suite import provision
from suite.bench import Bench, LeftOut
from suite.processes import cpu_seconds
from suite.stamps import Stamps

FLOWS, STEPS = 64, 50
PARALLEL = 10
ITEMS = 100_000
FIGURES: Dict[str, Dict[str, float]] = {}


def tell(name: str, unit: str, values: List[float]) -> None:
    figures = {"median": statistics.median(values), "least": min(values), "most": max(values)}
    FIGURES[f"{name}, {unit}"] = {key: round(value, 3) for key, value in figures.items()}
    print(f"{name}: {figures['median']:,.4g} {unit} ({figures['least']:,.4g} to {figures['most']:,.4g})", flush=True)


def flow(name: str, steps: List[str]) -> str:
    return f"- name: {name}\n  type: trigger\n  steps:\n" + "".join(f"    - {step}\n" for step in steps)


def finish(home: Home, job: str, count: int) -> float:
    """Seconds from the commit of the triggers until the last of them is closed; all have to succeed."""
    last = home.insert(job, count)
    assert last is not None
    first, began = last - count + 1, time.perf_counter()
    # An index of open triggers serves this, and it looks at one row only.
    while home.database.execute("SELECT 1 FROM triggers WHERE job_name = ? AND processed IS NULL LIMIT 1", (job,)).fetchone():
        time.sleep(0.005)
    took = time.perf_counter() - began
    rows = home.database.execute("SELECT status, count(*) FROM triggers WHERE id BETWEEN ? AND ? AND job_name = ? GROUP BY 1", (first, sys.maxsize, job)).fetchall()
    if rows != [("succeeded", count)]:
        raise RuntimeError(f"{job}: expected {count} that succeeded, found {rows}")
    return took


def of_set(executable: str, rounds: int) -> None:
    steps = ["{name: s0, set: {n: 0}}", *(f'{{name: s{n}, set: {{n: "${{steps.s{n - 1}.result.n + 1}}"}}}}' for n in range(1, STEPS))]
    with Home(executable, flow("sets", steps), "--listen", "none") as home:
        finish(home, "sets", 4)
        tell("64 flows of 50 set steps", "steps a second", [FLOWS * STEPS / finish(home, "sets", FLOWS) for _ in range(rounds)])
        result, = home.database.execute("SELECT json_extract(result, '$.n') FROM steps WHERE step = ? ORDER BY flow_id DESC", (f"s{STEPS - 1}",)).fetchone()
        if result != STEPS - 1:
            raise RuntimeError(f"the last step's result is {result}")


def of_peers(rounds: int) -> None:
    provision.install()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        bench = Bench("", pathlib.Path(folder), rounds, False)
        for name, measured in (("DBOS on PostgreSQL", flow_engines.dbos), ("BullMQ on a durable Redis", flow_engines.bullmq)):
            try:
                tell(f"64 flows of 50 steps, {name}", "steps a second", measured(bench, FLOWS, STEPS, rounds))
            except LeftOut as reason:
                print(f"{name}: left out, {reason}")


def of_programs(executable: str, rounds: int) -> None:
    flows, steps = 40, 25
    jobs = flow("trues", [f"{{name: s{n}, command: [/bin/true]}}" for n in range(steps)]) + '- {name: "true", type: trigger, command: [/bin/true]}\n'
    with Home(executable, jobs, "--listen", "none", "--max-parallel", str(PARALLEL)) as home:
        finish(home, "trues", 2), finish(home, "true", 50)
        plain, stepped = [], []
        used: Dict[str, List[float]] = {"true": [], "trues": []}
        for _ in range(rounds):
            for job, count, rates in (("true", flows * steps, plain), ("trues", flows, stepped)):
                before = cpu_seconds([home.daemon.pid])
                rates.append(flows * steps / finish(home, job, count))
                used[job].append((cpu_seconds([home.daemon.pid]) - before) / (flows * steps) * 1e6)
    tell("processor time of the daemon for a plain trigger", "µs", used["true"])
    tell("processor time of the daemon for a step", "µs", used["trues"])
    tell("plain triggers of /bin/true", "a second", plain)
    tell("steps of /bin/true", "a second", stepped)
    tell("steps of /bin/true against plain triggers", "times", [one / other for one, other in zip(stepped, plain)])


def of_next(executable: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder, Stamps(pathlib.Path(folder) / "stamps") as stamps:
        stamp = str(pathlib.Path(folder) / "stamp")
        subprocess.run(["cc", "-O2", "-static", "-o", stamp, str(pathlib.Path(__file__).parent / "programs" / "stamp.c")], check=True)
        command = f'command: ["{stamp}", "{stamps.path}"]'
        jobs = flow("pair", [f"{{name: a, {command}}}", f"{{name: b, {command}}}"]) + f"- {{name: stamp, type: trigger, {command}}}\n"
        with Home(executable, jobs, "--listen", "none") as home:
            plain, steps = [], []
            for _ in range(rounds):
                for measured, found in ((plain_wait, plain), (step_wait, steps)):
                    found.append(statistics.median(measured(home, stamps) for _ in range(60)))
    tell("plain insert to first instruction, p50", "ms", [value * 1000 for value in plain])
    tell("step's end to the next step's first instruction, p50", "ms", [value * 1000 for value in steps])
    tell("a next step against a plain insert", "times", [one / other for one, other in zip(steps, plain)])


def plain_wait(home: Home, stamps: Stamps) -> float:
    home.insert("stamp")
    committed = time.monotonic()
    took = stamps.next()[0] - committed
    time.sleep(0.02)
    return took


def step_wait(home: Home, stamps: Stamps) -> float:
    """The program ends right after its stamp, so its own end is within what is measured."""
    home.insert("pair")
    took = -stamps.next()[0] + stamps.next()[0]
    time.sleep(0.02)
    return took


def of_row(executable: str, rounds: int) -> None:
    with Home(executable, flow("row", [f"{{name: s{n}, command: [/bin/true]}}" for n in range(40)]), "--listen", "none") as home:
        finish(home, "row", 1)
        tell("40 steps of /bin/true in a row", "ms", [finish(home, "row", 1) * 1000 for _ in range(rounds)])


def of_items(executable: str, rounds: int) -> None:
    jobs = flow("items", ['{name: all, each: "${kwargs.list}", max_parallel: 100, set: "${item + 1}"}', '{name: count, set: "${size(steps.all.result)}"}'])
    with Home(executable, jobs, "--listen", "none") as home:
        took, most = [], 0
        for _ in range(rounds):
            home.database.execute(
                "INSERT INTO triggers (job_name, args, kwargs, created) VALUES ('items', '[]', ?, ?)",
                (json.dumps({"list": list(range(ITEMS))}), time.time()))
            home.database.commit()
            began = time.perf_counter()
            while home.database.execute("SELECT 1 FROM triggers WHERE job_name = 'items' AND processed IS NULL LIMIT 1").fetchone():
                most = max(most, home.database.execute("SELECT count(*) FROM triggers WHERE processed IS NULL").fetchone()[0])
                time.sleep(0.05)
            took.append(ITEMS / (time.perf_counter() - began))
            status, reason = home.database.execute("SELECT status, reason FROM triggers WHERE job_name = 'items' ORDER BY id DESC LIMIT 1").fetchone()
            if status != "succeeded":
                raise RuntimeError(f"the flow of {ITEMS} items is {status}: {reason}")
        tell(f"a step with {ITEMS:,} items", "items a second", took)
        tell("most triggers open meanwhile", "rows", [most])
        tell("memory of the daemon after it", "MB", [home.memory_kb("Rss") / 1024])


def of_waiting(executable: str, count: int) -> None:
    jobs = flow("waits", ["{name: first, set: {n: 1}}", "{name: pause, wait: {signal: go}}", "{name: last, command: [/bin/true]}"])
    with Home(executable, jobs, "--listen", "none") as home:
        empty = size(home)
        alone = home.start_took
        began = time.perf_counter()
        for start in range(0, count, 10_000):
            home.insert("waits", min(10_000, count - start))
        while home.database.execute("SELECT count(*) FROM steps WHERE step = 'pause' AND status = 'waiting'").fetchone()[0] < count:
            time.sleep(0.2)
        tell(f"{count:,} flows begun and waiting", "flows a second", [count / (time.perf_counter() - began)])
        home.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tell(f"{count:,} waiting flows", "bytes a flow", [(size(home) - empty) / count])
        time.sleep(10)  # what the burst took is given back once it is over
        tell("memory of the daemon meanwhile", "MB", [home.memory_kb("Rss") / 1024])
        tell("first step after a signal, without a restart", "s", [resumed(home)])
        restarted = home.restart()
        tell("start to ready without them", "s", [alone])
        tell("start to ready with them", "s", [restarted])
        tell("first step after a signal, after a restart", "s", [resumed(home)])
        time.sleep(10)
        tell("memory of the daemon after a restart", "MB", [home.memory_kb("Rss") / 1024])


def size(home: Home) -> int:
    return sum(path.stat().st_size for path in home.path.glob("orchestrator.db*"))


def resumed(home: Home) -> float:
    """Seconds from the commit of a signal to one flow until its next program has run."""
    number, = home.database.execute("SELECT flow_id FROM steps WHERE step = 'pause' AND status = 'waiting' ORDER BY flow_id DESC LIMIT 1").fetchone()
    home.database.execute("INSERT INTO signals (name, flow_id, data, created) VALUES ('go', ?, '{}', ?)", (number, time.time()))
    home.database.commit()
    began = time.perf_counter()
    while not home.database.execute("SELECT 1 FROM triggers WHERE id = ? AND processed IS NOT NULL", (number,)).fetchone():
        time.sleep(0.002)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--peers", action="store_true")
    given = parser.parse_args()
    measures: List[Tuple[str, Callable[[], None]]] = [
        ("set", lambda: of_set(given.executable, given.rounds)),
        ("programs", lambda: of_programs(given.executable, given.rounds)),
        ("next", lambda: of_next(given.executable, given.rounds)),
        ("row", lambda: of_row(given.executable, given.rounds)),
        ("items", lambda: of_items(given.executable, min(given.rounds, 3))),
        ("waiting", lambda: of_waiting(given.executable, given.waiting)),
    ]
    chosen = [measure for name, measure in measures if given.only in name]
    if not chosen:
        sys.exit(f'--only {given.only}: no such measure, expected one of {", ".join(name for name, _ in measures)}')
    for measure in chosen:
        measure()
    if given.peers:
        of_peers(given.rounds)
    print(json.dumps(FIGURES))


if __name__ == "__main__":
    main()
