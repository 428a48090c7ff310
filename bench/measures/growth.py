"""Whether the cost of a run grows with what waits, with what has happened and with what is scheduled.

For each kind of growth several daemons stand side by side, each with another number of rows in its database, and take
turns: a burst of /bin/true, and single rows timed to their program's first instruction. So each ratio is one of the same
minute. The rows are put into the database while no daemon is there.
"""

import sqlite3
import time
from contextlib import ExitStack
from typing import Callable, Iterator, List, NamedTuple

from home import Home
from peers import aios
from suite.bench import PARALLEL, Bench
from suite.contest import AIOS, Contender, Contest, Result, hold, spread
from suite.processes import fine_cpu_seconds, wait_for
from suite.stamps import Stamps

COUNT, SINGLE = 400, 30
# Far above what is filled in, so that nothing is pruned while it is measured.
KEEP = ["--keep-days", "0", "--keep-runs", "0", "--keep-mb", "0", "--keep-log-lines", "0"]
WAITING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO triggers "
ENDED = "(?2 - 86400.0 * 300 + i * 86400.0 * 299 / ?1)"
FAR = '- {name: far, type: trigger, tags: [elsewhere], command: ["true"]}\n'
HISTORY = [
    WAITING + f"(job_name, created, processed, status, attempt) SELECT 'old' || (i % 20), {ENDED}, {ENDED}, 'succeeded', 1 FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO runs "
    "(trigger_id, job_name, attempt, status, device, boot_id, started, ended, exit_code) "
    f"SELECT i, 'old' || (i % 20), 1, 'succeeded', 'bench', 'boot', {ENDED}, {ENDED}, 0 FROM n",
]


class Kind(NamedTuple):
    key: str
    # What there is so many times more of.
    what: str
    sizes: List[int]
    jobs: Callable[[int], str]
    statements: List[str]


def kinds(is_full: bool) -> List[Kind]:
    waiting = [1_000, 100_000, 1_000_000]
    return [
        Kind("tag", "triggers waiting for a tag that no device has", waiting,
             lambda _: FAR,
             [WAITING + "(job_name, created, status, reason) SELECT 'far', ?2, 'waiting', 'no device' FROM n"]),
        Kind("later", "triggers whose time has not come", waiting,
             lambda _: '- {name: later, type: trigger, command: ["true"]}\n',
             [WAITING + "(job_name, created, status, run_at, due) SELECT 'later', ?2, 'waiting', ?2 + 1e8 + i, ?2 + 1e8 + i FROM n"]),
        Kind("limit", "triggers in line behind their own job's limit", waiting,
             lambda _: '- {name: slow, type: trigger, max_parallel: 1, command: [sleep, "100000"]}\n',
             [WAITING + "(job_name, created) SELECT 'slow', ?2 FROM n"]),
        Kind("history", "runs of history", [0, 1_000_000, *([10_000_000] if is_full else [])], lambda _: "", HISTORY),
        Kind("jobs", "jobs with a schedule", [10, 1_000, 10_000], scheduled, []),
    ]


def scheduled(count: int) -> str:
    """Jobs of all kinds of schedule, of which none is due while it is measured."""
    hour = (time.localtime().tm_hour + 12) % 24
    schedules = [
        'type: cron, cron: "0 3 1 1 *"',
        f'type: daily, time: "{hour:02}:00"',
        f'type: random_daily, after_time: "{hour:02}:00", before_time: "{hour:02}:30"',
        f'type: cron, cron: "*/5 {hour} * * *"',
    ]
    return "".join(f'- {{name: job{number}, {schedules[number % len(schedules)]}, command: ["true"]}}\n' for number in range(count))


def filled(kind: Kind, size: int) -> Callable[[sqlite3.Connection], None]:
    """Fast, for nothing is lost with this database; without the events that the rows would make."""
    def fill(database: sqlite3.Connection) -> None:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'event%'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for statement in kind.statements if size else []:
            database.execute(statement, (size, time.time()))
        for _, definition in triggers:
            database.execute(definition)
        database.commit()
        database.execute("PRAGMA journal_mode = DELETE")

    return fill


def settled(home: Home) -> float:
    """Seconds until the daemon has looked at all that it found, and rests."""
    began = rested = time.monotonic()
    while time.monotonic() - began < 600:
        used, rested = fine_cpu_seconds([home.daemon.pid]), time.monotonic()
        time.sleep(0.5)
        if fine_cpu_seconds([home.daemon.pid]) - used < 0.02:
            break
    return rested - began


def compare(bench: Bench, kind: Kind) -> List[Contest]:
    with ExitStack() as stack:
        start = Contest(f"growth_{kind.key}_start", f"start until it has looked at all and rests, by the number of {kind.what}", "s", False)
        stamps = stack.enter_context(Stamps(bench.folder / f"growth-{kind.key}"))
        homes = []
        for size in kind.sizes:
            jobs = aios.JOBS + aios.job_of_stamp(bench.compiled("stamp"), stamps) + kind.jobs(size)
            homes.append(stack.enter_context(Home(
                bench.executable, jobs, "--max-parallel", str(PARALLEL), "--listen", "none", *KEEP, programs=aios.NOTHING, fill=filled(kind, size))))
            start.results.append(Result(f"{size:,}", AIOS, ""))
            start.results[-1].add(homes[-1].start_took + settled(homes[-1]))
            aios.warm(homes[-1], stamps)
        named = [(f"{size:,}", home) for size, home in zip(kind.sizes, homes)]
        return [
            start,
            hold(Contest(f"growth_{kind.key}_rate", f"/bin/true, by the number of {kind.what}", "runs a second", True), bench.rounds, [
                Contender(name, AIOS, lambda home=home: aios.burst(home, "true", COUNT)) for name, home in named]),
            hold(Contest(f"growth_{kind.key}_latency", f"insert to first instruction, by the number of {kind.what}", "ms", False), bench.rounds, [
                Contender(name, AIOS, lambda home=home: spread(aios.waits(home, stamps, SINGLE, 0.02))) for name, home in named]),
        ]


def intake(home: Home, count: int) -> float:
    """Rows a second that somebody inserts in one commit, until the daemon has said of each what it waits for."""
    last = home.insert("far", count)
    assert last is not None
    began = time.monotonic()
    wait_for(lambda: home.database.execute("SELECT status FROM triggers WHERE id = ?", (last,)).fetchone()[0] == "waiting", "the last row's turn", 300)
    return count / (time.monotonic() - began)


def taking_in(bench: Bench) -> Contest:
    with Home(bench.executable, FAR, "--listen", "none") as home:
        return hold(Contest("intake", "rows of others, looked at", "rows a second", True), bench.rounds, [
            Contender("AIOS", AIOS, lambda: intake(home, 20_000))])


def measure(bench: Bench) -> Iterator[Contest]:
    yield taking_in(bench)
    for kind in kinds(bench.is_full):
        yield from compare(bench, kind)
