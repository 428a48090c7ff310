#!/usr/bin/env python3
"""What pruning a large history costs those who wait for a claim, how long it takes, and how small the file becomes.

    dotnet publish -c Release -o out && bench/retention.py out/aios [RUNS]

A database is filled with RUNS (1,000,000) old triggers and runs, and two log lines for each. Then the same stream of
triggers is timed twice, from commit to claim: while all of that is pruned, and afterwards with nothing to prune.
"""

import contextlib
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

JOBS = "- {name: probe, type: trigger, command: ['true']}\n"
PROBES = 1000
PAUSE = 0.02


def fill(database: pathlib.Path, runs: int) -> None:
    with contextlib.closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        now = time.time()
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
        ended = "(?2 - 86400.0 * 400 + i * 86400.0 * 300 / ?1)"
        for sql in (
            f"INSERT INTO triggers (job_name, created, processed, status, attempt, source, dedup_key) SELECT 'job' || (i % 20), {ended}, {ended}, 'succeeded', 1, 'schedule', 'occurrence:' || i FROM n",
            f"INSERT INTO runs (trigger_id, job_name, attempt, status, device, boot_id, started, ended, exit_code) SELECT i, 'job' || (i % 20), 1, 'succeeded', 'old', 'boot', {ended}, {ended}, 0 FROM n",
            f"INSERT INTO logs (timestamp, level, message, device, job_name, run_id, stream) SELECT {ended}, 'INFO', 'line of the run ' || i || ' of some ordinary length', 'old', 'job' || (i % 20), i, 'stdout' FROM n",
            f"INSERT INTO logs (timestamp, level, message, device, job_name, run_id, stream) SELECT {ended}, 'INFO', 'another line of the run ' || i, 'old', 'job' || (i % 20), i, 'stdout' FROM n",
        ):
            db.execute(f"{numbers} {sql}", (runs, now))
        db.commit()


def start(executable: str, home: pathlib.Path) -> subprocess.Popen:
    return subprocess.Popen([executable, "--home", str(home), "--device-id", "bench"], stdout=subprocess.DEVNULL)


def probe(db: sqlite3.Connection, count: int) -> list:
    """Milliseconds from the commit of a trigger to its run's being written down as claimed."""
    numbers = []
    for _ in range(count):
        cursor = db.execute("INSERT INTO triggers (job_name, args, kwargs, created) VALUES ('probe', '[]', '{}', ?)", (time.time(),))
        db.commit()
        numbers.append((cursor.lastrowid, time.perf_counter()))
        trigger, committed = numbers[-1]
        while not db.execute("SELECT 1 FROM runs WHERE trigger_id = ?", (trigger,)).fetchone():
            time.sleep(0.0002)
        numbers[-1] = (time.perf_counter() - committed) * 1000
        time.sleep(PAUSE)
    return sorted(numbers)


def show(what: str, numbers: list) -> None:
    print(f"{what}: commit to claim p50 {numbers[len(numbers) // 2]:.1f} ms, p99 {numbers[len(numbers) * 99 // 100]:.1f} ms, most {numbers[-1]:.1f} ms ({len(numbers)} triggers)")


def main() -> None:
    executable = str(pathlib.Path(sys.argv[1]).absolute())
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="aios-bench-") as folder:
        home = pathlib.Path(folder)
        database = home / "orchestrator.db"
        (home / "Jobs").mkdir()
        (home / "Programs").mkdir()
        (home / "Jobs" / "jobs.yaml").write_text(JOBS)
        subprocess.run([executable, "--home", folder, "--until-idle"], stdout=subprocess.DEVNULL, check=True)
        began = time.perf_counter()
        fill(database, runs)
        size = database.stat().st_size
        print(f"filled with {runs:,} triggers and runs and {2 * runs:,} lines in {time.perf_counter() - began:.0f} s: {size / 1e6:.0f} MB")
        daemon = start(executable, home)
        try:
            with contextlib.closing(sqlite3.connect(database, timeout=30)) as db:
                first = db.execute("SELECT min(id) FROM triggers WHERE source = 'schedule'").fetchone()[0]
                while db.execute("SELECT 1 FROM triggers WHERE id = ?", (first,)).fetchone():
                    time.sleep(0.2)
                began = time.perf_counter()
                busy = probe(db, PROBES)
                took = time.perf_counter() - began
                left = db.execute("SELECT count(*) FROM runs WHERE device = 'old'").fetchone()[0]
                if not left:
                    print("the pruning was over before the probes were: take more runs")
                show("while it is pruned", busy)
                print(f"in those {took:.0f} s {runs - left:,} runs were removed beside the work")
                while db.execute("SELECT 1 FROM runs WHERE device = 'old' LIMIT 1").fetchone() or database.stat().st_size > size / 10:
                    time.sleep(0.5)
                print(f"all was removed after {time.perf_counter() - began:.0f} s; the file has {database.stat().st_size / 1e6:.1f} MB")
                time.sleep(5)
                show("with nothing to prune", probe(db, PROBES))
        finally:
            daemon.terminate()
            daemon.wait(60)


if __name__ == "__main__":
    main()
