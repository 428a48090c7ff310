#!/usr/bin/env python3
"""A mixed home under random faults: after each nothing is lost, nothing runs twice, nothing is left over.

    dotnet publish -c Release -o out && bench/soak.py out/aios [--minutes 30] [--every 2] [--seed N] [--full-disk] [--keep FOLDER]

A daemon runs functions and commands, always, interval, cron and idle jobs, retries, time-outs, talkers and programs that
leave children behind, while rows are inserted all the time. Every few seconds something bad happens: a process of a run,
the warm Python or the daemon itself is killed or stopped for a while, the database is locked, the list is saved, a heap
of rows comes at once, rows are taken back, runs are stopped and jobs are paused with SQL; with --full-disk (which needs the right to mount) the disk is full for a moment. Somebody in the
place of a service manager starts the daemon again. The invariants (invariants.py) are checked all the while. Besides,
each program notes in a file of its own when it starts and ends, so that what the rows say can be held against it.

In the first half of the time the daemon is killed too. In the second it is not, and the memory that it holds (PSS) at the
end is compared with that after a minute: both times just after it has taken over a saved list, when it gives back what it
has only not yet collected. The highest figures in between are told, too.

The last two lines are a summary and the same as JSON. The exit status is 1 if anything was violated.
"""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import random
import signal
import sqlite3
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from typing import Callable, Dict, Iterator, List, Optional, Set

import invariants

JOBS = """
- {name: function, type: trigger, retries: 3, backoff: 100ms, file: work.py, function: work}
- {name: once, type: trigger, retries: 0, file: work.py, function: work}
- {name: flaky, type: trigger, retries: 6, backoff: 50ms, priority: 3, file: work.py, function: flaky}
- {name: crash, type: trigger, retries: 2, backoff: 50ms, file: work.py, function: crash}
- {name: command, type: trigger, retries: 3, backoff: 100ms, priority: 5, file: work.sh}
- {name: talk, type: trigger, retries: 2, backoff: 50ms, priority: -1, file: work.py, function: talk}
- {name: family, type: trigger, retries: 1, backoff: 50ms, grace: 300ms, file: family.sh}
- {name: slow, type: trigger, retries: 1, backoff: 50ms, timeout: 1s, grace: 300ms, file: work.py, function: slow}
- {name: single, type: trigger, retries: 2, backoff: 50ms, overlap: queue, file: work.sh}
- {name: remember, type: trigger, retries: 2, backoff: 50ms, file: work.py, function: remember}
- {name: asked, type: trigger, retries: 2, backoff: 50ms, file: work.sh}
- {name: server, type: always, min_uptime: 300ms, grace: 500ms, command: [sleep, "1000"]}
- {name: restless, type: always, min_uptime: 300ms, command: [sleep, "3"]}
- {name: broken, type: always, min_uptime: 300ms, command: ["false"]}
- {name: tick, type: interval, interval: 1s, file: work.sh}
- {name: clock, type: cron, cron: "*/2 * * * * *", file: work.py, function: work}
- {name: rest, type: idle, file: work.sh}
"""

PROGRAMS = {
    "work.py": """
import os, random, sys, time

def note(word):
    with open(os.environ["EVIDENCE"], "a") as file:
        file.write(f"{word} {os.environ['AIOS_RUN_ID']} {os.environ['AIOS_TRIGGER_ID']}\\n")

def work(**kwargs):
    note("start")
    print("at work")
    time.sleep(random.random() * 0.1)
    note("end")
    return kwargs

def flaky():
    note("start")
    if random.random() < 0.5:
        raise ValueError("as bad luck would have it")
    note("end")

def crash():
    note("start")
    if os.environ["AIOS_ATTEMPT"] == "1":
        os.kill(os.getpid(), 9)
    note("end")

def talk():
    note("start")
    for number in range(200):
        print(number, "x" * 100)
    note("end")

def remember():
    import aios
    note("start")
    with aios.transaction():
        aios.state["count"] = aios.state.get("count", 0) + 1
        aios.trigger("asked")
    note("end")

def slow():
    note("start")
    time.sleep(random.random() * 2)
    note("end")
""",
    "work.sh": """#!/bin/sh
set -e
echo "start $AIOS_RUN_ID $AIOS_TRIGGER_ID" >> "$EVIDENCE"
echo at work
sleep 0.05
echo "end $AIOS_RUN_ID $AIOS_TRIGGER_ID" >> "$EVIDENCE"
""",
    "family.sh": """#!/bin/sh
set -e
echo "start $AIOS_RUN_ID $AIOS_TRIGGER_ID" >> "$EVIDENCE"
sleep 1000 &
(setsid sh -c 'trap "" TERM; sleep 1000; sleep 1000' &)
sleep 0.2
echo "end $AIOS_RUN_ID $AIOS_TRIGGER_ID" >> "$EVIDENCE"
""",
}

RETRIES = {"function": 3, "once": 0, "flaky": 6, "crash": 2, "command": 3, "talk": 2, "family": 1, "slow": 1, "single": 2, "remember": 2, "asked": 2}
ONE_AT_A_TIME = ["single", "tick", "clock", "rest"]
MEGABYTE = 1024 * 1024


class Service:
    """Keeps a daemon going as a service manager does, and notices when it ends without having been asked to."""

    def __init__(self, executable: str, home: pathlib.Path, environment: Dict[str, str], log: pathlib.Path, device: str = "soak") -> None:
        self._start = [executable, "--home", str(home), "--device-id", device]
        self._environment = environment
        self.log = log
        self.starts = 0
        self.unasked: List[str] = []
        self._asked = False
        self._stopping = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Starts it for the first time."""
        self.daemon = self._launch()
        self._thread.start()

    def send(self, number: int) -> None:
        """Signals the daemon; one that ends it is followed by a new start."""
        self._asked |= number in (signal.SIGKILL, signal.SIGTERM)
        self.daemon.send_signal(number)

    def stop(self) -> None:
        """Ends it for good, if it goes on."""
        with self._gate:
            if self._stopping or not self._thread.is_alive():
                return
            self._stopping = True
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            self.daemon.wait(30)
        except subprocess.TimeoutExpired:
            self.unasked.append("the daemon does not end when it is told to")
            self.daemon.kill()
            self.daemon.wait()
        self._thread.join()

    def drain(self) -> None:
        """Does the rest."""
        with self.log.open("a") as log:
            rest = subprocess.Popen([*self._start, "--until-idle"], stdout=log, stderr=log, env=self._environment)
            try:
                status = rest.wait(180)
            except subprocess.TimeoutExpired:
                rest.kill()
                rest.wait()
                status = -1
        if status != 0:
            self.unasked.append(f"--until-idle has ended with status {status}")

    def _launch(self) -> subprocess.Popen:
        self.starts += 1
        with self.log.open("a") as log:
            return subprocess.Popen(self._start, stdout=log, stderr=log, env=self._environment)

    def _watch(self) -> None:
        while True:
            status = self.daemon.wait()
            time.sleep(0.05)
            with self._gate:
                if self._stopping:
                    return
                if not self._asked:
                    self.unasked.append(f"the daemon has ended by itself with status {status}")
                self._asked = False
                self.daemon = self._launch()


class Feeder:
    """Inserts rows all the time, and remembers those whose commit was acknowledged."""

    def __init__(self, database: pathlib.Path, random_: random.Random) -> None:
        self._path, self._random = database, random_
        self.committed: Set[int] = set()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._feed, daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def insert(self, count: int) -> None:
        """In one commit."""
        # A program that is told "full" or "locked" tries again.
        database = sqlite3.connect(self._path, timeout=1)
        try:
            ids = [
                database.execute(
                    "INSERT INTO triggers (job_name, args, kwargs, created, priority) VALUES (?, '[]', '{}', ?, ?)",
                    (self._random.choice([job for job in RETRIES if job != "asked"]), time.time(), self._random.choice([None, None, 0, 9]))).lastrowid
                for _ in range(count)]
            database.commit()
            self.committed.update(ids)
        except sqlite3.OperationalError:
            pass
        finally:
            database.close()

    def stop(self) -> None:
        """Inserts no more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _feed(self) -> None:
        while not self._stopped.wait(0.2):
            self.insert(self._random.choice([1, 1, 1, 2, 4]))


class Soak:
    """The home, what happens to it, and what was found."""

    def __init__(self, executable: str, folder: pathlib.Path, seed: int, full_disk: bool) -> None:
        self._random = random.Random(seed)
        self._folder, self._home, self._mounted = folder, folder / "home", full_disk
        for name in ("Jobs", "Programs"):
            (self._home / name).mkdir()
        self._save_jobs()
        for name, text in PROGRAMS.items():
            (self._home / "Programs" / name).write_text(text)
            (self._home / "Programs" / name).chmod(0o755)
        # Lines are pruned all the while; runs are kept, for what the programs noted is held against them.
        (self._home / "aios.yaml").write_text("keep_runs: 0\nkeep_log_lines: 20000\n")
        self._evidence = folder / "evidence"
        self._evidence.touch()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AIOS_")}
        self._database = self._home / "orchestrator.db"
        self._service = Service(executable, self._home, {**environment, "EVIDENCE": str(self._evidence)}, folder / "daemon.log")
        self._feeder = Feeder(self._database, random.Random(seed + 1))
        self._mark = ""
        self._checker = invariants.Checker(self._database, RETRIES, ONE_AT_A_TIME)
        self.violations: List[str] = []
        self.faults: Dict[str, int] = collections.Counter()
        self.checks = 0

    def run(self, minutes: float, every: float) -> Dict[str, object]:
        """All of it; the answer is what came out."""
        began = time.monotonic()
        self._service.start()
        self._mark = self._wait_for_database()
        self._feeder.start()
        gentle: List[Callable[[], bool]] = [
            self.kill_a_program, self.kill_a_program, self.kill_the_resident, self.stop_a_program, self.stop_the_daemon,
            self.lock_the_database, self.save_the_list, self.insert_many, self.take_rows_back, self.ask_runs_to_stop, self.pause_a_job,
            self.insert_oddities]
        if self._mounted:
            gentle.append(self.fill_the_disk)
        half = minutes * 30
        self._storm(half, every, [*gentle, self.kill_the_daemon, self.kill_the_daemon, self.kill_the_daemon, self.restart_the_daemon])
        self._ask(self._checker.in_processes)
        self._storm(min(60, half / 2), every, gentle)
        memory = [self._memory_at_rest()]
        memory += self._storm(half - min(60, half / 2), every, gentle)
        memory.append(self._memory_at_rest())
        self._ask(self._checker.in_processes)
        self._feeder.stop()
        self._service.stop()
        self._service.drain()
        self._ask(self._checker.in_rows)
        self._ask(self._checker.when_drained)
        self._compare_with_evidence()
        self._compare_what_was_remembered()
        self.violations += self._service.unasked
        return self._summary(time.monotonic() - began, memory)

    def close(self) -> None:
        """Leaves nothing behind."""
        self._feeder.stop()
        self._service.stop()
        for process in invariants.processes_of(self._mark):
            self._signal(process, signal.SIGKILL)

    def kill_a_program(self) -> bool:
        victim = self._any_process(lambda process: process.run is not None)
        return victim is not None and self._signal(victim, signal.SIGKILL)

    def kill_the_resident(self) -> bool:
        victim = self._any_process(lambda process: process.run is None)
        return victim is not None and self._signal(victim, signal.SIGKILL)

    def stop_a_program(self) -> bool:
        victim = self._any_process(lambda process: True)
        if victim is None or not self._signal(victim, signal.SIGSTOP):
            return False
        time.sleep(self._random.uniform(0.1, 1))
        self._signal(victim, signal.SIGCONT)
        return True

    def stop_the_daemon(self) -> bool:
        self._service.send(signal.SIGSTOP)
        time.sleep(self._random.uniform(0.1, 1.5))
        self._service.send(signal.SIGCONT)
        return True

    def kill_the_daemon(self) -> bool:
        self._service.send(signal.SIGKILL)
        return True

    def restart_the_daemon(self) -> bool:
        self._service.send(signal.SIGTERM)
        return True

    def lock_the_database(self) -> bool:
        database = sqlite3.connect(self._database, timeout=5, isolation_level=None)
        try:
            database.execute(self._random.choice(["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"]))
            time.sleep(self._random.uniform(0.1, 1.5))
            database.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
        finally:
            database.close()
        return True

    def save_the_list(self) -> bool:
        self._save_jobs()
        return True

    def insert_many(self) -> bool:
        self._feeder.insert(100)
        return True

    def take_rows_back(self) -> bool:
        return self._write(
            "UPDATE triggers SET processed = strftime('%s', 'now'), status = 'canceled', reason = 'not wanted any more'"
            " WHERE processed IS NULL AND status IN ('queued', 'waiting') AND source = 'insert' AND id % 2 = 0")

    def ask_runs_to_stop(self) -> bool:
        return self._write("UPDATE runs SET stop_request = 'stop' WHERE status = 'running' AND id % 3 = 0")

    def pause_a_job(self) -> bool:
        job = self._random.choice(list(RETRIES) + ["server", "tick"])
        if not self._write("INSERT OR REPLACE INTO holds (job_name, kind, since) VALUES (?, 'paused', strftime('%s', 'now'))", job):
            return False
        time.sleep(self._random.uniform(0, 1))
        while not self._write("DELETE FROM holds WHERE job_name = ?", job):
            time.sleep(0.1)
        return True

    def insert_oddities(self) -> bool:
        key = f"order-{self._random.randrange(50)}"
        return (
            self._write("INSERT OR IGNORE INTO triggers (job_name, args, kwargs, created, dedup_key) VALUES ('function', '[]', '{}', 0, ?)", key)
            and self._write("INSERT INTO triggers (job_name, args, kwargs, created, run_at) VALUES ('single', '[]', '{}', 0, strftime('%s', 'now') + 2)")
            and self._write("INSERT INTO triggers (job_name, args, kwargs, created) VALUES ('function', '{', 'x', 'yesterday')")
            and self._write("INSERT INTO triggers (job_name, args, kwargs, created, priority) VALUES ('unheard-of', '[]', '{}', 0, -5)"))

    def fill_the_disk(self) -> bool:
        filling = self._home / "filling"
        room = os.statvfs(self._home)
        with filling.open("wb") as file:
            try:
                os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize)
            except OSError:
                pass
        time.sleep(self._random.uniform(0.1, 1))
        filling.unlink()
        return True

    def _write(self, sql: str, *values: object) -> bool:
        """As another program would; False if the database took nothing."""
        database = sqlite3.connect(self._database, timeout=5)
        try:
            with database:
                database.execute(sql, values)
            return True
        except sqlite3.OperationalError:
            return False
        finally:
            database.close()

    def _storm(self, seconds: float, every: float, faults: List[Callable[[], bool]]) -> List[float]:
        """Bad things for a while; the answer is the daemon's memory, second by second, in MB."""
        memory: List[float] = []
        began = time.monotonic()
        next_fault, next_check, next_calm = began + every, began + 10, began + 60
        while (now := time.monotonic()) < began + seconds:
            memory.append(memory_of(self._service.daemon.pid) / MEGABYTE)
            if now >= next_fault:
                fault = self._random.choice(faults)
                self.faults[fault.__name__] += fault()
                next_fault = max(next_fault + every, now)
            if now >= next_check:
                self._ask(self._checker.in_rows)
                next_check = time.monotonic() + 10
            if now >= next_calm:
                self._ask(self._checker.in_processes)
                next_calm = time.monotonic() + 60
            time.sleep(max(0, min(1, next_fault - time.monotonic())))
        return memory

    def _memory_at_rest(self) -> float:
        """The daemon's memory in MB just after it has given back what it did not need."""
        self._save_jobs()
        samples = []
        for _ in range(20):
            time.sleep(0.1)
            samples.append(memory_of(self._service.daemon.pid) / MEGABYTE)
        return min(samples)

    def _ask(self, question: Callable[[], List[str]]) -> None:
        self.checks += 1
        try:
            found = question()
        except sqlite3.OperationalError as error:
            found = [f"the check could not be made: {error}"]
        for violation in found:
            if violation not in self.violations:
                self.violations.append(violation)
                print(f"VIOLATED: {violation}", flush=True)

    def _compare_with_evidence(self) -> None:
        """What the programs themselves noted against what the rows say."""
        notes = collections.Counter(self._evidence.read_text().splitlines())
        with sqlite3.connect(self._database) as database:
            triggers = {row[0]: row[1] for row in database.execute("SELECT id, processed FROM triggers")}
            runs = {row[0]: row[1:] for row in database.execute("SELECT id, trigger_id, status, job_name FROM runs")}
        database.close()
        for identity in self._feeder.committed:
            if triggers.get(identity) is None:
                self.violations.append(f"a committed row was never closed: {identity}")
        for note, count in notes.items():
            word, run, trigger = note.split()
            if count > 1:
                self.violations.append(f"a run was made {count} times: {note}")
            if runs.get(int(run), (None,))[0] != int(trigger):
                self.violations.append(f"a program ran without a row: {note}")
        for run, (trigger, status, job) in runs.items():
            if status == "succeeded" and job not in ("server", "restless", "broken") and not notes[f"end {run} {trigger}"]:
                self.violations.append(f"a run is said to have succeeded and has not reached its end: {run} of {job}")

    def _compare_what_was_remembered(self) -> None:
        """What a program changes in one transaction is there as a whole or not at all."""
        with sqlite3.connect(self._database) as database:
            asked = database.execute("SELECT count(*) FROM triggers WHERE job_name = 'asked'").fetchone()[0]
            succeeded = database.execute("SELECT count(*) FROM runs WHERE job_name = 'remember' AND status = 'succeeded'").fetchone()[0]
            counted = json.loads((database.execute("SELECT value FROM state WHERE job_name = 'remember' AND key = 'count'").fetchone() or ["0"])[0])
        database.close()
        if counted != asked or counted < succeeded:
            self.violations.append(f"{succeeded} runs of remember have succeeded, its state counts {counted}, and {asked} rows were asked for")

    def _summary(self, seconds: float, memory: List[float]) -> Dict[str, object]:
        with sqlite3.connect(self._database) as database:
            runs = dict(database.execute("SELECT status, count(*) FROM runs GROUP BY 1"))
        database.close()
        for line in sorted({line for line in self._service.log.read_text(errors="replace").splitlines() if line.startswith("   at ") or "A turn of the daemon failed" in line}):
            self.violations.append(f"the daemon said: {line}")
        (first, last), quarter = (memory[0], memory[-1]), len(memory) // 4
        if last > first * 1.1:
            self.violations.append(f"the daemon's memory has grown from {first:.1f} to {last:.1f} MB")
        return {
            "minutes": round(seconds / 60, 1), "faults": sum(self.faults.values()), "by_fault": dict(self.faults), "daemons": self._service.starts,
            "inserted": len(self._feeder.committed), "runs": sum(runs.values()), "by_status": runs, "checks": self.checks,
            "violations": self.violations, "memory_after_a_minute_mb": round(first, 1), "memory_at_the_end_mb": round(last, 1),
            "highest_memory_by_quarter_mb": [round(max(memory[at:at + quarter + 1]), 1) for at in range(0, 4 * quarter, quarter or 1)],
            "database_mb": round(self._database.stat().st_size / MEGABYTE, 1)}

    def _any_process(self, which: Callable[[invariants.Process], bool]) -> Optional[invariants.Process]:
        processes = sorted(filter(which, invariants.processes_of(self._mark)))
        return self._random.choice(processes) if processes else None

    @staticmethod
    def _signal(process: invariants.Process, number: int) -> bool:
        """False if it has gone; never another one that has got its number."""
        try:
            handle = os.pidfd_open(process.pid)
        except OSError:
            return False
        try:
            if invariants.process_of(process.pid) != process:
                return False
            signal.pidfd_send_signal(handle, number)
            return True
        except OSError:
            return False
        finally:
            os.close(handle)

    def _save_jobs(self) -> None:
        new = self._home / "Jobs" / ".jobs.yaml.new"
        try:
            new.write_text(JOBS + f"# {self._random.random()}\n")
            new.replace(self._home / "Jobs" / "jobs.yaml")
        except OSError:
            new.unlink(missing_ok=True)

    def _wait_for_database(self) -> str:
        while not self._service.unasked:
            try:
                with sqlite3.connect(f"file:{self._database}?mode=rw", uri=True, timeout=5) as database:
                    return invariants.database_id(database)
            except (sqlite3.OperationalError, TypeError):
                time.sleep(0.05)
        raise SystemExit(f"{self._service.unasked[0]}:\n{self._service.log.read_text(errors='replace')}")


def memory_of(pid: int) -> int:
    """What a process alone holds (PSS), in bytes; 0 if it has gone."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


@contextlib.contextmanager
def place_of(full_disk: bool) -> Iterator[pathlib.Path]:
    """A temporary folder with a home in it, which is a small disk of its own if that shall be full at times."""
    with tempfile.TemporaryDirectory(prefix="aios-soak-") as name:
        home = pathlib.Path(name) / "home"
        home.mkdir()
        if full_disk:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", str(home)], check=True)
        try:
            yield home.parent
        finally:
            if full_disk:
                subprocess.run(["umount", "-l", str(home)], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--every", type=float, default=2, metavar="SECONDS", help="between two faults")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--full-disk", action="store_true", help="also fill the disk (a tmpfs)")
    parser.add_argument("--keep", metavar="FOLDER", help="where to copy everything if something was violated")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with place_of(options.full_disk) as folder:
        soak = Soak(os.path.abspath(options.executable), folder, options.seed, options.full_disk)
        try:
            result = soak.run(options.minutes, options.every)
        finally:
            soak.close()
        if result["violations"] and options.keep:
            shutil.copytree(folder, options.keep)
    print(
        f"{result['minutes']} minutes, {result['faults']} faults, {result['daemons']} daemons, {result['runs']} runs, "
        f"{result['checks']} checks: {len(result['violations'])} violations; "
        f"memory {result['memory_after_a_minute_mb']} MB after a minute, {result['memory_at_the_end_mb']} MB at the end")
    print(json.dumps(result))
    return 1 if result["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
