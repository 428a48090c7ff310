#!/usr/bin/env python3
"""Kills the daemon between a commit and the moment at which it has written down which process runs: nothing begins twice.

    dotnet publish -c Release -o out && bench/kill_gap.py out/aios [--kills 300] [--longest 12] [--seed N] [--keep FOLDER]

The jobs have `retries: 0`: a command, a Python function of the warm Python, one in a fresh interpreter, and a command with
limits. For each kill a daemon is started, a few triggers are inserted, and the daemon is killed (SIGKILL) between 0 and
--longest milliseconds after the commit. As its very first act each program notes its run and its trigger in a file. At
the end a daemon does what is left. Then:

- no trigger has begun twice: what was lost after its program had begun is not run again;
- a trigger that has succeeded has begun, once;
- each trigger has succeeded or is lost. (One whose process was there, and was ended before its first line, is lost, too.)
- no folder of run files and no process is left.

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
import subprocess
import sys
import tempfile
import time
from typing import Dict, List, Tuple

import invariants

JOBS = """
- {name: command, type: trigger, command: [/bin/sh, -c, 'echo "$AIOS_RUN_ID $AIOS_TRIGGER_ID" >> "$EVIDENCE"; sleep 0.02']}
- {name: limited, type: trigger, limits: {open_files: 64}, command: [/bin/sh, -c, 'echo "$AIOS_RUN_ID $AIOS_TRIGGER_ID" >> "$EVIDENCE"']}
- {name: warm, type: trigger, file: work.py, function: work}
- {name: fresh, type: trigger, preload: [threads], file: work.py, function: work}
"""

# The file is opened and written before anything else is imported.
WORK = """import os
note = os.open(os.environ["EVIDENCE"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
os.write(note, f"{os.environ['AIOS_RUN_ID']} {os.environ['AIOS_TRIGGER_ID']}\\n".encode())

def work():
    pass
"""

# A module that leaves a thread running cannot be forked from, so its functions run in fresh interpreters.
THREADS = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"

NAMES = ["command", "limited", "warm", "fresh"]


class Gap:
    """A home, the kills, and what came of them."""

    def __init__(self, executable: str, home: pathlib.Path, longest: float, seed: int) -> None:
        self._executable, self._home, self._longest = executable, home, longest
        self._random = random.Random(seed)
        self._database, self._log = home / "orchestrator.db", home.parent / "daemon.log"
        self._evidence = home.parent / "evidence"
        for folder in ("Jobs", "Programs"):
            (home / folder).mkdir(parents=True)
        self._evidence.touch()
        (home / "Jobs" / "jobs.yaml").write_text(JOBS)
        (home / "Programs" / "work.py").write_text(WORK)
        (home / "Programs" / "threads.py").write_text(THREADS)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AIOS_")}
        self._environment = {**environment, "EVIDENCE": str(self._evidence)}
        self.began_in_the_gap = 0
        self.violations: List[str] = []

    def run(self, kills: int) -> Dict[str, object]:
        """All kills, the rest, and the comparison."""
        began = time.monotonic()
        self._drain()
        for _ in range(kills):
            self._kill_once()
        self._drain()
        self._drain()
        figures = self._compare()
        self.violations += invariants.Checker(self._database, {name: 0 for name in NAMES}, []).when_drained()
        self.violations += [f"a folder of run files is left: {folder.name}" for folder in (self._home / ".aios").glob("runs-*")]
        return {"kills": kills, **figures, "violations": len(self.violations), "seconds": round(time.monotonic() - began)}

    def _kill_once(self) -> None:
        with self._log.open("a") as log:
            daemon = subprocess.Popen([self._executable, "--home", str(self._home), "--device-id", "gap", "--listen", "none"], stdout=log, stderr=log, env=self._environment)
        try:
            self._wait_until_it_works(daemon)
            self._insert()
            time.sleep(self._random.uniform(0, self._longest) / 1000)
        finally:
            daemon.send_signal(signal.SIGKILL)
            daemon.wait()
        with sqlite3.connect(self._database, timeout=60) as database:
            unseen = {run for run, in database.execute("SELECT id FROM runs WHERE status = 'running' AND pid IS NULL")}
        database.close()
        self.began_in_the_gap += len(unseen & {run for run, _ in self._noted()})

    def _wait_until_it_works(self, daemon: subprocess.Popen) -> None:
        """Until the first pass, and until the warm Python stands by as often as not."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and daemon.poll() is None:
            with sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=10) as database:
                row = database.execute("SELECT pid, status FROM devices WHERE device = 'gap'").fetchone()
                open_ = database.execute("SELECT count(*) FROM triggers WHERE processed IS NULL").fetchone()[0]
            database.close()
            if row == (daemon.pid, "online") and open_ == 0:
                return
            time.sleep(0.005)

    def _insert(self) -> None:
        with sqlite3.connect(self._database, timeout=30, isolation_level=None) as database:
            database.execute("BEGIN IMMEDIATE")
            for name in self._random.sample(NAMES, self._random.randrange(1, len(NAMES) + 1)):
                database.execute("INSERT INTO triggers (job_name, args, kwargs, created) VALUES (?, '[]', '{}', ?)", (name, time.time()))
            database.execute("COMMIT")
        database.close()

    def _drain(self) -> None:
        with self._log.open("a") as log:
            status = subprocess.call([self._executable, "--home", str(self._home), "--device-id", "gap", "--listen", "none", "--until-idle"], stdout=log, stderr=log, env=self._environment, timeout=300)
        if status != 0:
            self.violations.append(f"--until-idle has ended with status {status}")

    def _noted(self) -> List[Tuple[int, int]]:
        return [(int(run), int(trigger)) for run, trigger in (line.split() for line in self._evidence.read_text().splitlines())]

    def _compare(self) -> Dict[str, object]:
        begins = collections.Counter(trigger for _, trigger in self._noted())
        with sqlite3.connect(self._database, timeout=30) as database:
            rows = database.execute(
                "SELECT id, job_name, status, (SELECT count(*) FROM runs WHERE trigger_id = triggers.id),"
                " (SELECT count(*) FROM runs WHERE trigger_id = triggers.id AND status = 'lost' AND pid IS NULL) FROM triggers").fetchall()
        database.close()
        for trigger, job, status, _, _ in rows:
            if begins[trigger] > 1:
                self.violations.append(f"trigger {trigger} of {job} has begun {begins[trigger]} times")
            elif status == "succeeded" and begins[trigger] == 0:
                self.violations.append(f"trigger {trigger} of {job} has succeeded and not begun")
            elif status not in ("succeeded", "lost"):
                self.violations.append(f"trigger {trigger} of {job} is {status}")
        statuses = collections.Counter(status for _, _, status, _, _ in rows)
        return {
            "triggers": len(rows), **statuses,
            "lost before a process was written down": sum(unseen for *_, unseen in rows),
            "of these begun": self.began_in_the_gap,
            "run again since they had not begun": sum(runs - 1 for *_, runs, _ in rows)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--longest", type=float, default=12, metavar="MILLISECONDS", help="from the commit to the kill")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="leave home and log there")
    options = parser.parse_args()
    folder = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="aios-gap-"))
    gap = Gap(str(pathlib.Path(options.executable).resolve()), folder / "home", options.longest, options.seed)
    try:
        summary = gap.run(options.kills)
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(gap.violations[:50]), file=sys.stderr)
    print(", ".join(f"{value} {name}" for name, value in summary.items()) + f", seed {options.seed}")
    print(json.dumps(summary))
    return 1 if gap.violations else 0


if __name__ == "__main__":
    sys.exit(main())
