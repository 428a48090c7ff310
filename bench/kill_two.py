#!/usr/bin/env python3
"""Two daemons on one file, each killed again and again at random moments: nothing is lost, nothing begins twice, nothing stays.

    dotnet publish -c Release -o out && bench/kill_two.py out/aios [--kills 1000] [--seed N] [--keep FOLDER]

The jobs and programs are those of soak.py. Rows are inserted all the while. After each kill (SIGKILL to one of the two, or to
both) somebody in the place of a service manager starts the daemon again. At the end one daemon does what is left, and then
the invariants (invariants.py) hold, each row whose commit was acknowledged is there and closed, no job without retries has begun twice, and
neither a process nor a folder of run files is left.

The last two lines are a summary and the same as JSON. The exit status is 1 if anything was violated.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from typing import Dict, List

import invariants
import soak


def run(executable: str, folder: pathlib.Path, kills: int, seed: int) -> Dict[str, object]:
    """All kills, the rest, and the comparison."""
    random_ = random.Random(seed)
    home, evidence, database = folder / "home", folder / "evidence", folder / "home" / "orchestrator.db"
    for name in ("Jobs", "Programs"):
        (home / name).mkdir(parents=True)
    (home / "Jobs" / "jobs.yaml").write_text(soak.JOBS)
    for name, text in soak.PROGRAMS.items():
        (home / "Programs" / name).write_text(text)
        (home / "Programs" / name).chmod(0o755)
    (home / "aios.yaml").write_text("keep_runs: 0\nkeep_log_lines: 20000\nlisten: none\n")
    evidence.touch()
    environment = {**{name: value for name, value in os.environ.items() if not name.startswith("AIOS_")}, "EVIDENCE": str(evidence)}
    began = time.monotonic()
    services = [soak.Service(executable, home, environment, folder / f"{device}.log", device) for device in ("one", "two")]
    services[0].start()
    while not (database.exists() and tables(database)):
        time.sleep(0.05)
    services[1].start()
    feeder = soak.Feeder(database, random.Random(seed + 1))
    feeder.start()
    done = 0
    try:
        while done < kills:
            time.sleep(random_.uniform(0.02, 1))
            victims = services if random_.random() < 0.2 else [random_.choice(services)]
            for victim in victims:
                victim.send(signal.SIGKILL)
                done += 1
        # Each looks after the other before it is stopped.
        time.sleep(12)
    finally:
        feeder.stop()
        for service in services:
            service.stop()
    services[0].drain()
    services[0].drain()
    checker = invariants.Checker(database, soak.RETRIES, soak.ONE_AT_A_TIME)
    violations: List[str] = checker.in_rows() + checker.when_drained() + services[0].unasked + services[1].unasked
    violations += [f"a folder of run files is left: {left.name}" for left in (home / ".aios").glob("runs-*")]
    summary = {"kills": done, **compare(database, evidence, feeder.committed, violations), "seconds": round(time.monotonic() - began)}
    print("\n".join(violations[:50]), file=sys.stderr)
    return {**summary, "violations": len(violations)}


def tables(database: pathlib.Path) -> int:
    """How many tables there are yet."""
    with sqlite3.connect(database, timeout=30) as connection:
        count = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'runs'").fetchone()[0]
    connection.close()
    return count


def compare(database: pathlib.Path, evidence: pathlib.Path, committed: set, violations: List[str]) -> Dict[str, object]:
    """Holds the rows against what the programs noted."""
    begins = collections.Counter(int(line.split()[2]) for line in evidence.read_text().splitlines() if line.startswith("start "))
    with sqlite3.connect(database, timeout=30) as connection:
        rows = connection.execute("SELECT id, job_name, processed IS NOT NULL, status, (SELECT count(*) FROM runs WHERE trigger_id = triggers.id) FROM triggers").fetchall()
        lost = connection.execute("SELECT count(*), coalesce(sum(pid IS NULL), 0) FROM runs WHERE status = 'lost'").fetchone()
    connection.close()
    there = {trigger: closed for trigger, _, closed, _, _ in rows}
    violations += [f"trigger {trigger} was acknowledged and is not there" for trigger in committed if trigger not in there]
    violations += [f"trigger {trigger} is not closed" for trigger in committed if not there.get(trigger, True)]
    violations += [f"trigger {trigger} of {job} has begun {begins[trigger]} times" for trigger, job, *_ in rows if soak.RETRIES.get(job) == 0 and begins[trigger] > 1]
    violations += [f"trigger {trigger} of {job} has succeeded and not begun" for trigger, job, _, status, _ in rows if job in soak.RETRIES and status == "succeeded" and begins[trigger] == 0]
    return {"acknowledged": len(committed), "triggers": len(rows), "runs": sum(row[4] for row in rows), "lost runs": lost[0], "of these without a pid": lost[1]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="leave home and logs there")
    options = parser.parse_args()
    folder = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="aios-two-"))
    try:
        summary = run(str(pathlib.Path(options.executable).resolve()), folder, options.kills, options.seed)
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    print(", ".join(f"{value} {name}" for name, value in summary.items()) + f", seed {options.seed}")
    print(json.dumps(summary))
    return 1 if summary["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
