#!/usr/bin/env python3
"""Inserts fuzzed rows while a daemon runs, and shows that nothing stops it.

    dotnet publish -c Release -o out && bench/fuzz_rows.py out/aios [ROWS] [SEED]

Each batch of fuzzed rows is followed by a good one, and the time until that one is closed is measured. At the end each row
that was refused has a reason, no row is still in line, and the daemon lives.
"""

import random
import sqlite3
import sys
import time
from typing import Any, Dict, List, Tuple

from home import Home

JOBS = """
- {name: good, type: trigger, priority: 10, command: ['true']}
- {name: fuzzed, type: trigger, kwargs: {own: 1}, command: ['true']}
"""

BATCH = 10_000

# Of so many batches one is of rows of state.
STATE_EVERY = 10

TEXTS = [
    "", " ", "{}", "[]", "null", "true", "NaN", "[NaN]", '{"a": Infinity}', '{"a": 1, "a": 2}', '{"path": "\\udce9"}', '{"\\udce9": 1}',
    '["\\ud800"]', '["a\\u0000b"]', "[1e999]", '{"n": 123456789012345678901234567890}', "{'a': 1}", '{"a": 1,}', "{}\0x", "\ufeff{}", "no such job",
    "fuzzed\0", "RESTART_x", "queued", "waiting", "running", "always", "schedule", "catch_up", "tomorrow", "\x1b]52;c;AAAA\x07", "\r\n", "\u202e", "\U0001f984",
    "[" * 900 + "]" * 900, "[" * 1500 + "]" * 1500, '{"a":' * 1001 + "1" + "}" * 1001, "x" * 70_000,
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
]
NUMBERS = [0, 1, -1, 2**63 - 1, -(2**63), 2**31, -(2**31) - 1, 1e308, -1e308, 5e-324, float("inf"), float("-inf"), 253402300800.0, -62135596801.0, 1.5]
BLOBS = [b"", b"\0", b"\xff\xfe", b"fuzzed", b'{"a": 1}', b'["\xe9"]', b"\xc0\x80"]
COLUMNS = [
    "job_name", "args", "kwargs", "created", "status", "reason", "note", "priority", "run_at", "source", "occurrence", "attempt", "due", "traceparent",
]


def value(chance: random.Random) -> Any:
    """Anything that a column can hold."""
    kind = chance.randrange(10)
    if kind < 5:
        return chance.choice(TEXTS)
    if kind < 6:
        return "".join(chr(chance.randrange(1, 0xD800)) for _ in range(chance.randrange(20)))
    if kind < 8:
        return chance.choice(NUMBERS)
    return chance.choice(BLOBS) if kind < 9 else None


def trigger(chance: random.Random) -> Tuple[str, List[Any]]:
    """A row of triggers: mostly of a job that is held, so that it is judged and does not run."""
    row: Dict[str, Any] = {"job_name": "fuzzed"}
    for column in chance.sample(COLUMNS, chance.randrange(1, 4)):
        row[column] = value(chance)
    if chance.randrange(500) == 0:
        row["dedup_key"] = value(chance)
    names = ", ".join(row)
    return f"INSERT OR IGNORE INTO triggers ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())


def state(chance: random.Random) -> Tuple[str, List[Any]]:
    """A row of state."""
    return "INSERT OR IGNORE INTO state (job_name, key, value, updated) VALUES (?, ?, ?, ?)", [
        chance.choice(["fuzzed", "", value(chance)]), f"{chance.randrange(10**9)}", value(chance), value(chance)]


def insert(database: sqlite3.Connection, chance: random.Random, count: int, row: Any) -> None:
    """One batch, in one commit."""
    for _ in range(count):
        sql, values = row(chance)
        database.execute(sql, values)
    database.commit()


def latency(home: Home) -> float:
    """Seconds until a good row is closed."""
    began = time.monotonic()
    number = home.insert("good")
    while home.database.execute("SELECT processed FROM triggers WHERE id = ?", (number,)).fetchone()[0] is None:
        if home.daemon.poll() is not None:
            sys.exit("the daemon has ended")
        if time.monotonic() - began > 60:
            sys.exit(f"trigger {number}, a good row, did not run within a minute")
        time.sleep(0.005)
    return time.monotonic() - began


def settle(home: Home) -> None:
    """Until nothing is in line any more."""
    deadline = time.monotonic() + 600
    while home.database.execute("SELECT count(*) FROM triggers WHERE processed IS NULL AND status = 'queued'").fetchone()[0]:
        if time.monotonic() > deadline:
            sys.exit("rows are still in line ten minutes after the last was inserted")
        time.sleep(1)


def main() -> None:
    """Inserts them and prints the figures."""
    rows, seed = int((sys.argv[2:3] or ["2000000"])[0]), int((sys.argv[3:4] or ["20261130"])[0])
    chance = random.Random(seed)
    with Home(sys.argv[1], JOBS, "--max-parallel", "4", "--keep-days", "36500") as home:
        home.database.execute("INSERT INTO holds (job_name, kind, since) VALUES ('fuzzed', 'paused', 1)")
        home.database.commit()
        began, took, inserted = time.monotonic(), [latency(home)], 0
        while inserted < rows:
            count = min(BATCH, rows - inserted)
            insert(home.database, chance, count, state if inserted // BATCH % STATE_EVERY == 0 else trigger)
            inserted += count
            took.append(latency(home))
            if inserted // BATCH % 10 == 0:
                print(f"{inserted} rows, good rows: longest {max(took):.3f} s", flush=True)
        settle(home)
        elapsed = time.monotonic() - began
        took.sort()
        counts = dict(home.database.execute("SELECT CAST(status AS TEXT), count(*) FROM triggers WHERE job_name IS NOT 'good' GROUP BY 1").fetchall())
        silent = home.database.execute("SELECT count(*) FROM triggers WHERE status = 'failed' AND processed IS NOT NULL AND coalesce(reason, '') = ''").fetchone()[0]
        reasons = home.database.execute("SELECT count(DISTINCT substr(reason, 1, 40)) FROM triggers WHERE status = 'failed'").fetchone()[0]
        last = latency(home)
        print(f"{inserted} fuzzed rows in {elapsed:.0f} s (seed {seed}); the daemon lives")
        print(f"good rows: {len(took)}, median {took[len(took) // 2] * 1000:.0f} ms, 99 % {took[len(took) * 99 // 100] * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms; the last {last * 1000:.0f} ms")
        print(f"rows by status: {counts}; failed without a reason: {silent}; kinds of reasons: {reasons}")
        if silent:
            sys.exit("some rows were refused without a reason")


if __name__ == "__main__":
    main()
