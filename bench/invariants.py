#!/usr/bin/env python3
"""What must be true of a database, whatever has happened to its daemons; judged from the database and /proc alone.

    bench/invariants.py orchestrator.db [--drained | --patience SECONDS] [--retries JOB=N ...] [--one-at-a-time JOB ...] [--clock-jumped]

Three kinds of questions:

- `in_rows`: true at every moment, for they are asked in one transaction. Each is a query that must find nothing.
- `in_processes`: what the rows say of processes is so, and no process is left over. A death is written down some
  moments after it has happened, so only what stays wrong for a while counts.
- `when_drained`: nothing is open that could go on, and nothing lives, once there is no daemon any more.

Prints each violation on a line of its own; the exit status is 1 if there is one.
"""

import argparse
import pathlib
import sqlite3
import sys
import time
from typing import Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple

RUNS_IN_ORDER = """
    WITH ordered AS (
        SELECT runs.*, triggers.source, triggers.dedup_key,
            lag(runs.status) OVER own AS former_status, lag(runs.attempt) OVER own AS former_attempt, lag(runs.ended) OVER own AS former_ended
        FROM runs JOIN triggers ON triggers.id = runs.trigger_id
        WINDOW own AS (PARTITION BY trigger_id ORDER BY runs.id))
"""

LAST_RUNS = """
    WITH last AS (
        SELECT triggers.id, triggers.job_name, triggers.status, triggers.reason, triggers.processed, triggers.source, triggers.attempt,
            runs.status AS run_status, runs.attempt AS run_attempt
        FROM triggers JOIN runs ON runs.id = (SELECT max(id) FROM runs WHERE trigger_id = triggers.id))
"""

SIDE_BY_SIDE = """
    WITH ordered AS (
        SELECT runs.*, triggers.source, max(coalesce(runs.ended, 1e12)) OVER earlier AS former_ended
        FROM runs JOIN triggers ON triggers.id = runs.trigger_id
        WINDOW earlier AS (PARTITION BY runs.job_name ORDER BY runs.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
"""

# An attempt that ended because its daemon was stopped does not count: the next one has the same number. Runs that are too
# old to be kept go, the oldest of a job first, and may leave their trigger behind.
ALWAYS_TRUE = {
    "a trigger is open as long as its status says so":
        "SELECT id, job_name, status, processed FROM triggers WHERE (processed IS NULL) <> (status IN ('queued', 'waiting', 'running'))",
    "a trigger that waits says why":
        "SELECT id, job_name FROM triggers WHERE processed IS NULL AND status = 'waiting' AND coalesce(reason, '') = ''",
    "a trigger that did not succeed says why":
        "SELECT id, job_name, status FROM triggers WHERE processed IS NOT NULL AND status NOT IN ('succeeded', 'unknown') AND coalesce(reason, '') = ''",
    "a running trigger has one running run, and no other has any":
        "SELECT id, job_name, status, going_on FROM (SELECT *, (SELECT count(*) FROM runs WHERE trigger_id = triggers.id AND status = 'running') AS going_on"
        " FROM triggers) WHERE going_on <> (processed IS NULL AND status = 'running')",
    "a run belongs to a trigger of its job":
        "SELECT runs.id, runs.job_name, trigger_id FROM runs LEFT JOIN triggers ON triggers.id = trigger_id WHERE triggers.job_name IS NOT runs.job_name",
    "a run has ended as its status says":
        "SELECT id, job_name, status, ended FROM runs WHERE (ended IS NULL) <> (status = 'running')"
        " OR status NOT IN ('running', 'succeeded', 'failed', 'canceled', 'timed_out', 'lost')",
    "a run that did not succeed says why":
        "SELECT id, job_name, status FROM runs WHERE status IN ('failed', 'canceled', 'timed_out', 'lost') AND coalesce(reason, '') = ''",
    # A flow has no process, and a step of one is no job of the list.
    "a run that succeeded exited with 0":
        "SELECT id, job_name, exit_code, signal FROM runs WHERE status = 'succeeded' AND boot_id <> 'flow' AND (exit_code IS NOT 0 OR signal IS NOT NULL)",
    "attempts are counted one by one":
        RUNS_IN_ORDER + "SELECT id, job_name, trigger_id, former_attempt, former_status, attempt FROM ordered"
        " WHERE attempt <> CASE WHEN former_status = 'canceled' THEN former_attempt ELSE former_attempt + 1 END OR attempt < 1"
        " OR (former_attempt IS NULL AND attempt <> 1 AND source <> 'always'"
        " AND EXISTS (SELECT 1 FROM runs AS older WHERE older.job_name = ordered.job_name AND older.id < ordered.id))",
    "a trigger counts the attempts of its runs":
        LAST_RUNS + "SELECT * FROM last WHERE attempt <> run_attempt AND NOT (run_status = 'canceled' AND attempt = run_attempt - 1)",
    "what succeeded is not run again":
        RUNS_IN_ORDER + "SELECT id, job_name, trigger_id, dedup_key, attempt FROM ordered WHERE former_status = 'succeeded'",
    "the process of an always job has a trigger of its own":
        RUNS_IN_ORDER + "SELECT id, job_name, trigger_id FROM ordered WHERE source = 'always' AND former_status <> 'canceled'",
    "a trigger that ran is closed as its last run ended":
        LAST_RUNS + "SELECT * FROM last WHERE processed IS NOT NULL AND status <> run_status"
        " AND NOT (status = 'canceled' AND run_status <> 'running') AND NOT (status = 'failed' AND reason LIKE 'no device has a job%')",
    "an occurrence has one trigger":
        "SELECT job_name, occurrence, count(*) FROM triggers WHERE occurrence IS NOT NULL AND status <> 'skipped' GROUP BY 1, 2 HAVING count(*) > 1",
    "an always job has one open trigger":
        "SELECT job_name, count(*) FROM triggers WHERE source = 'always' AND processed IS NULL GROUP BY 1 HAVING count(*) > 1",
    "the jobs table says how the run it names stands":
        "SELECT jobs.*, runs.status, runs.pid FROM jobs LEFT JOIN runs ON runs.id = run_id WHERE run_id IS NOT NULL AND ("
        " runs.job_name IS NOT jobs.job_name OR (runs.status <> 'running' AND jobs.pid IS NOT NULL)"
        " OR (runs.status = 'running' AND jobs.pid IS NOT runs.pid) OR jobs.status <> CASE runs.status"
        " WHEN 'running' THEN 'running' WHEN 'succeeded' THEN 'completed' WHEN 'canceled' THEN 'stopped' ELSE 'failed' END)",
    "each job that ran is in the jobs table":
        "SELECT DISTINCT job_name FROM runs WHERE instr(job_name, '/') = 0 AND job_name NOT IN (SELECT job_name FROM jobs)",
    "a line of a log belongs to a run of its job":
        "SELECT logs.id, logs.job_name, run_id FROM logs LEFT JOIN runs ON runs.id = run_id WHERE run_id IS NOT NULL AND logs.job_name IS NOT runs.job_name",
    "what runs is owned by a device that is said to be there":
        "SELECT runs.id, runs.job_name, runs.device FROM runs LEFT JOIN devices USING (device) WHERE runs.status = 'running' AND devices.device IS NULL",
}

TRUE_OF_STEADY_CLOCKS = {
    "a run ends after it has started":
        "SELECT id, job_name, started, ended FROM runs WHERE ended < started - 0.001",
    "attempts of one trigger do not overlap":
        RUNS_IN_ORDER + "SELECT id, job_name, trigger_id, former_ended, started FROM ordered WHERE started < former_ended - 0.001",
    "one process at a time keeps an always job going":
        SIDE_BY_SIDE + "SELECT id, job_name, former_ended, started FROM ordered WHERE source = 'always' AND started < former_ended - 0.001",
}

# A run that was lost before its process was seen may never have started, and gets up to three chances more.
TOO_MANY_ATTEMPTS = """
    SELECT id, job_name, attempt, status FROM triggers WHERE job_name = ?1 AND source <> 'always' AND attempt > ?2 + 1 + min(3,
        (SELECT count(*) FROM runs WHERE trigger_id = triggers.id AND runs.status = 'lost' AND pid IS NULL))
"""

TOO_MANY_AT_ONCE = SIDE_BY_SIDE + "SELECT id, job_name, former_ended, started FROM ordered WHERE job_name = ?1 AND started < former_ended - 0.001"

CAN_GO_ON = """
    SELECT id, job_name, status, due FROM triggers WHERE processed IS NULL AND source <> 'always' AND (status <> 'waiting' OR due < ?1)
"""


class Process(NamedTuple):
    """A living process that a daemon of the database started, or what came of it."""

    pid: int
    mark: str
    device: str
    boot: str
    run: Optional[int]


class Checker:
    """Asks the questions of one database file."""

    def __init__(
        self, database: pathlib.Path, retries: Optional[Dict[str, int]] = None, one_at_a_time: Iterable[str] = (), clock_jumped: bool = False,
    ) -> None:
        self._path = database
        self._retries = retries or {}
        self._one_at_a_time = list(one_at_a_time)
        self._rules = dict(ALWAYS_TRUE) if clock_jumped else {**ALWAYS_TRUE, **TRUE_OF_STEADY_CLOCKS}

    def in_rows(self) -> List[str]:
        """Violations within the rows."""
        with self._open() as database:
            found = [f"integrity_check: {row[0]}" for row in database.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
            database.execute("BEGIN")
            for rule, query in self._rules.items():
                found += _told(rule, database.execute(query))
            for job, retries in self._retries.items():
                found += _told(f"{job} has at most {retries + 1} attempts", database.execute(TOO_MANY_ATTEMPTS, (job, retries)))
            for job in self._one_at_a_time:
                found += _told(f"{job} runs one at a time", database.execute(TOO_MANY_AT_ONCE, (job,)))
            database.execute("COMMIT")
        return found

    def in_processes(self, patience: float = 25) -> List[str]:
        """Violations between rows and processes that last for so many seconds."""
        deadline = time.monotonic() + patience
        wrong = set(self._wrong_now())
        while wrong and time.monotonic() < deadline:
            time.sleep(0.2)
            wrong &= set(self._wrong_now())
        return sorted(wrong)

    def when_drained(self) -> List[str]:
        """Violations after all has been done and the last daemon has been stopped."""
        with self._open() as database:
            found = _told("what could go on has ended", database.execute(CAN_GO_ON, (time.time(),)))
            found += _told("nothing runs without a daemon", database.execute("SELECT id, job_name FROM runs WHERE status = 'running'"))
            mark = database_id(database)
        return found + [f"no process is left over: {process}" for process in processes_of(mark)]

    def _wrong_now(self) -> Iterator[str]:
        with self._open() as database:
            database.execute("BEGIN")
            mark = database_id(database)
            running = {
                run: (job, device, boot, pid, start) for run, job, device, boot, pid, start in database.execute(
                    "SELECT id, job_name, device, boot_id, pid, process_start FROM runs WHERE status = 'running'")}
            boots = dict(database.execute("SELECT device, boot_id FROM devices WHERE status = 'online'"))
            daemons = dict(database.execute("SELECT device, pid FROM devices WHERE status = 'online'"))
            database.execute("COMMIT")
        for device, pid in daemons.items():
            if started_at(pid) is None:
                yield f"a device that is online lives: {device}, process {pid}"
        for run, (job, device, boot, pid, start) in running.items():
            if boots.get(device) != boot:
                yield f"what runs belongs to a living daemon: run {run} of {job}"
            elif pid is not None and started_at(pid) != start:
                yield f"what runs has a living process: run {run} of {job}, process {pid}"
        for process in processes_of(mark):
            if boots.get(process.device) != process.boot or (process.run is not None and process.run not in running):
                yield f"no process is left over: {process}"

    def _open(self) -> "_Closing":
        return _Closing(self._path)


class _Closing:
    """A connection that is closed at once, for an open read holds up everybody's commits."""

    def __init__(self, path: pathlib.Path) -> None:
        self._database = sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=60, isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        return self._database

    def __exit__(self, *_: object) -> None:
        self._database.close()


def processes_of(mark: str) -> List[Process]:
    """The living processes that carry the marker of the database."""
    every = (process_of(int(folder.name)) for folder in pathlib.Path("/proc").iterdir() if folder.name.isdigit())
    return [process for process in every if process is not None and process.mark == mark]


def process_of(pid: int) -> Optional[Process]:
    """A process that carries a marker, or None."""
    try:
        pairs = pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return None
    words = dict(pair.decode(errors="replace").partition("=")[::2] for pair in pairs if pair.startswith((b"AIOS_MARK=", b"AIOS_RUN_ID=")))
    marker = words.get("AIOS_MARK", "").split("/")
    if len(marker) != 3:
        return None
    # The warm Python is of no run: it carries a number below 0.
    run = words.get("AIOS_RUN_ID", "")
    return Process(pid, *marker, (int(run) or None) if run.isdigit() else None)


def started_at(pid: int) -> Optional[int]:
    """When a living process started, as runs.process_start says it; None if there is none, or only a zombie."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def database_id(database: sqlite3.Connection) -> str:
    """What tells the database from every other one."""
    return database.execute("SELECT value FROM config WHERE key = 'database_id'").fetchone()[0]


def _told(rule: str, rows: Iterable[Tuple]) -> List[str]:
    return [f"{rule}: {row}" for row in rows]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=pathlib.Path)
    parser.add_argument("--drained", action="store_true", help="all daemons have been stopped after all was done")
    parser.add_argument("--patience", type=float, default=25, metavar="SECONDS", help="so long the rows may lag behind what processes do")
    parser.add_argument("--retries", nargs="*", default=[], metavar="JOB=N", help="what the job list says")
    parser.add_argument("--one-at-a-time", nargs="*", default=[], metavar="JOB", help="jobs that never run side by side")
    parser.add_argument("--clock-jumped", action="store_true", help="wall times cannot be compared")
    options = parser.parse_args()
    retries = {job: int(count) for job, count in (pair.rsplit("=", 1) for pair in options.retries)}
    checker = Checker(options.database, retries, options.one_at_a_time, options.clock_jumped)
    found = checker.in_rows() + (checker.when_drained() if options.drained else checker.in_processes(options.patience))
    print("\n".join(found) if found else "no invariant is violated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
