#!/usr/bin/env python3
"""Flows under a daemon that is killed again and again at random moments: no finished step runs again, no flow is lost.

    dotnet publish -c Release -o out && bench/kill_flows.py out/aios [--kills 1000] [--programs 200] [--flows 50] [--seed N] [--keep FOLDER]

So many flows are always running. Each has attempts that fail, a list worked through item by item, a wait, an approval that is
decided with SQL, a signal, a flow inside, a ladder and a step that cleans up. Some of the programs are killed, too. A program
writes a line when it begins and one at its end. First one flow runs without kills; every other must end as that one did, and
no program may begin after its step was recorded as finished.

The last two lines are a summary and the same as JSON. The exit status is 1 if anything was violated.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from typing import Dict, List, Tuple

import invariants
import soak

JOBS = """
defaults:
  retries: 100
  backoff: [50ms]
jobs:
  - name: order
    type: trigger
    retries: 0
    steps:
      - {name: fetch, file: work.sh, args: [fetch], retries: 100, backoff: [50ms]}
      - {name: flaky, file: flaky.sh, args: [flaky], retries: 100, backoff: [50ms]}
      - {name: parts, each: [1, 2, 3, 4, 5, 6], max_parallel: 3, file: work.sh, args: ["part ${item}"], retries: 100, backoff: [50ms]}
      - {name: sums, each: "${steps.parts.result}", set: "${item + '!'}"}
      - {name: pause, wait: 300ms}
      - {name: ask, approval: "Send ${size(steps.sums.result)} parts?", show: [steps.sums.result], expires: 1d}
      - {name: paid, wait: {signal: paid}}
      - {name: inside, job: inner, kwargs: {n: "${steps.paid.result.n}"}}
      - {name: steep, command: ["false"], recover: [{retry: 100ms}, {step: other}]}
      - {name: other, file: work.sh, args: [other], retries: 100, backoff: [50ms]}
      - {name: total, set: {fetch: "${steps.fetch.result}", parts: "${steps.sums.result}", inside: "${steps.inside.result}", other: "${steps.steep.result}"}}
      - {name: clean, always: true, file: work.sh, args: [clean], retries: 100, backoff: [50ms]}
  - name: inner
    type: trigger
    retries: 0
    steps:
      - {name: one, file: work.sh, args: ["inner ${kwargs.n}"], retries: 100, backoff: [50ms]}
      - {name: two, set: "${steps.one.result + '?'}"}
"""

WORK = """#!/bin/sh
echo "start $AIOS_TRIGGER_ID $(date +%s.%N)" >> "$EVIDENCE"
sleep 0.0$((AIOS_RUN_ID % 9))
printf '"%s"' "$1" > "$AIOS_RESULT"
echo "end $AIOS_TRIGGER_ID $(date +%s.%N)" >> "$EVIDENCE"
"""

FLAKY = """#!/bin/sh
echo "start $AIOS_TRIGGER_ID $(date +%s.%N)" >> "$EVIDENCE"
[ "$AIOS_ATTEMPT" -gt 1 ] || exit 3
printf '"%s"' "$1" > "$AIOS_RESULT"
echo "end $AIOS_TRIGGER_ID $(date +%s.%N)" >> "$EVIDENCE"
"""

# What a flow comes to, without what differs from one to the next.
OUTCOME = """
    SELECT group_concat(step || '[' || item || '] ' || status || ' ' || coalesce(result, ''), char(10))
    FROM (SELECT * FROM steps WHERE flow_id = ?1 ORDER BY step, item)
"""

RAN_AGAIN = """
    SELECT steps.flow_id, steps.step, steps.item, runs.id FROM steps JOIN runs ON runs.trigger_id = steps.trigger_id
    WHERE steps.status = 'succeeded' AND runs.started > steps.ended + 0.001
"""

TWO_SUCCESSES = """
    SELECT trigger_id, count(*) FROM runs WHERE status = 'succeeded' GROUP BY trigger_id HAVING count(*) > 1
"""


class Person:
    """Keeps so many flows going, approves what is asked, and sends signals; all with SQL, as any program could."""

    def __init__(self, database: pathlib.Path, flows: int) -> None:
        self._path, self._flows = database, flows
        self.committed: List[int] = []
        self.starts = True
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Does no more."""
        self._stopped.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopped.wait(0.1):
            database = sqlite3.connect(self._path, timeout=5)
            try:
                self._look(database)
            except sqlite3.OperationalError:
                pass
            finally:
                database.close()

    def _look(self, database: sqlite3.Connection) -> None:
        database.execute("UPDATE approvals SET status = 'approved', reason = 'approved by SQL' WHERE status = 'waiting'")
        database.execute(
            "INSERT INTO signals (name, flow_id, data) SELECT 'paid', flow_id, '{\"n\": 7}' FROM steps"
            " WHERE signal = 'paid' AND ended IS NULL AND flow_id NOT IN (SELECT flow_id FROM signals WHERE flow_id IS NOT NULL)")
        database.commit()
        if not self.starts:
            return
        open_ = database.execute("SELECT count(*) FROM triggers WHERE job_name = 'order' AND processed IS NULL").fetchone()[0]
        new = [database.execute("INSERT INTO triggers (job_name) VALUES ('order')").lastrowid for _ in range(open_, self._flows)]
        database.commit()
        self.committed += new


def run(executable: str, folder: pathlib.Path, options: argparse.Namespace) -> Dict[str, object]:
    """The flow without kills, all kills, the rest, and the comparison."""
    random_ = random.Random(options.seed)
    home, evidence, database = folder / "home", folder / "evidence", folder / "home" / "orchestrator.db"
    for name in ("Jobs", "Programs"):
        (home / name).mkdir(parents=True)
    (home / "Jobs" / "jobs.yaml").write_text(JOBS)
    for name, text in {"work.sh": WORK, "flaky.sh": FLAKY}.items():
        (home / "Programs" / name).write_text(text)
        (home / "Programs" / name).chmod(0o755)
    (home / "aios.yaml").write_text("keep_runs: 0\nkeep_log_lines: 20000\nlisten: none\n")
    evidence.touch()
    environment = {**{name: value for name, value in os.environ.items() if not name.startswith("AIOS_")}, "EVIDENCE": str(evidence)}
    began = time.monotonic()
    service = soak.Service(executable, home, environment, folder / "log")
    service.start()
    while not (database.exists() and tables(database)):
        time.sleep(0.05)
    first = Person(database, 1)
    first.start()
    wait_for(lambda: first.committed, 30)
    first.starts = False
    wait_for(lambda: not open_flows(database), 120)
    first.stop()
    expected = outcome(database, first.committed[0])
    person = Person(database, options.flows)
    person.start()
    mark = mark_of(database)
    kills = programs = 0
    try:
        while kills < options.kills:
            time.sleep(random_.uniform(0.02, 1))
            if programs < options.programs and random_.random() < 0.3 and (victims := [p for p in invariants.processes_of(mark) if p.run]):
                programs += kill(random_.choice(victims).pid)
                continue
            service.send(signal.SIGKILL)
            kills += 1
        person.starts = False
        wait_for(lambda: not open_flows(database), 300)
    finally:
        person.stop()
        service.stop()
    service.drain()
    service.drain()
    checker = invariants.Checker(database, {}, ())
    # A step is no job of the list, so it has no row among the jobs, and a run of one that was lost is no attempt.
    violations = [told for told in checker.in_rows() + checker.when_drained() if "/" not in told] + service.unasked
    violations += [f"a folder of run files is left: {left.name}" for left in (home / ".aios").glob("runs-*")]
    figures = compare(database, evidence, person.committed, expected, violations)
    print("\n".join(violations[:50]), file=sys.stderr)
    return {"kills": kills, "killed programs": programs, **figures, "seconds": round(time.monotonic() - began), "violations": len(violations)}


def compare(
    database: pathlib.Path, evidence: pathlib.Path, committed: List[int], expected: str, violations: List[str],
) -> Dict[str, object]:
    """Holds the rows against what the programs noted, and each flow against the first."""
    with sqlite3.connect(database, timeout=30) as connection:
        statuses = dict(connection.execute("SELECT id, status || coalesce(': ' || reason, '') FROM triggers WHERE job_name = 'order'"))
        finished = dict(connection.execute("SELECT trigger_id, ended FROM steps WHERE status = 'succeeded' AND trigger_id IS NOT NULL"))
        violations += [f"a finished step ran again: {row}" for row in connection.execute(RAN_AGAIN)]
        violations += [f"a trigger has succeeded twice: {row}" for row in connection.execute(TWO_SUCCESSES)]
        violations += [f"a step is open in a flow that is over: {row}" for row in connection.execute(
            "SELECT flow_id, step, item FROM steps WHERE ended IS NULL AND flow_id IN (SELECT id FROM flows WHERE ended IS NOT NULL)")]
        left = connection.execute("SELECT count(*) FROM flow_wakes").fetchone()[0]
        lost = connection.execute("SELECT count(*) FROM runs WHERE status = 'lost'").fetchone()[0]
        steps = connection.execute("SELECT count(*) FROM steps").fetchone()[0]
        runs = connection.execute("SELECT count(*) FROM runs").fetchone()[0]
    connection.close()
    violations += [f"flow {flow} is lost" for flow in committed if flow not in statuses]
    violations += [f"flow {flow} is {statuses.get(flow)}" for flow in committed if statuses.get(flow, "succeeded") != "succeeded"]
    violations += [f"{left} wakes are left"] if left else []
    for flow in committed:
        if statuses.get(flow) == "succeeded" and (found := outcome(database, flow)) != expected:
            violations.append(f"flow {flow} ended otherwise:\n{found}\nexpected:\n{expected}")
    lines = [line.split() for line in evidence.read_text().splitlines()]
    seen: Dict[int, int] = {}
    for what, trigger, at in ((words[0], int(words[1]), float(words[2])) for words in lines if len(words) == 3):
        if what == "start":
            seen[trigger] = seen.get(trigger, 0) + 1
            if at > finished.get(trigger, at):
                violations.append(f"the program of trigger {trigger} began {at - finished[trigger]:.3f} s after its step was recorded")
    begun_twice = sum(count > 1 for count in seen.values())
    return {"flows": len(committed), "steps": steps, "runs": runs, "lost runs": lost, "programs that began more than once": begun_twice}


def outcome(database: pathlib.Path, flow: int) -> str:
    """What a flow came to."""
    return query(database, OUTCOME, (flow,))


def open_flows(database: pathlib.Path) -> int:
    """How many go on."""
    return query(database, "SELECT count(*) FROM triggers WHERE job_name = 'order' AND processed IS NULL")


def tables(database: pathlib.Path) -> int:
    """Whether the schema is there."""
    return query(database, "SELECT count(*) FROM sqlite_master WHERE name = 'flow_wakes'")


def mark_of(database: pathlib.Path) -> str:
    """What processes of this database carry."""
    return query(database, "SELECT value FROM config WHERE key = 'database_id'")


def query(database: pathlib.Path, sql: str, values: Tuple = ()):
    """The first value of the first row."""
    connection = sqlite3.connect(database, timeout=30)
    try:
        return connection.execute(sql, values).fetchone()[0]
    finally:
        connection.close()


def kill(pid: int) -> int:
    """Kills a program; 1 if it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
        return 1
    except ProcessLookupError:
        return 0


def wait_for(is_so, seconds: float) -> None:
    """Waits until something is so, or long enough."""
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--programs", type=int, default=200, help="so many programs are killed, too")
    parser.add_argument("--flows", type=int, default=50, help="so many run at once")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="leave home and logs there")
    options = parser.parse_args()
    folder = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="aios-flows-"))
    try:
        summary = run(str(pathlib.Path(options.executable).resolve()), folder, options)
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    print(", ".join(f"{value} {name}" for name, value in summary.items()) + f", seed {options.seed}")
    print(json.dumps(summary))
    return 1 if summary["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
