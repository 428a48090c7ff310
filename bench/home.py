"""A temporary home with a daemon on it, for the benchmarks."""

import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from typing import Callable, Dict, Optional

from suite.readiness import Readiness


def compiled(source: str, folder: pathlib.Path, name: str) -> str:
    """The path of a C program, compiled from its text."""
    path = folder / name
    subprocess.run(["cc", "-O2", "-x", "c", "-o", str(path), "-"], input=source.encode(), check=True)
    return str(path)


def plain_environment() -> Dict[str, str]:
    """This process's environment without settings of AIOS; functions are run by the Python that runs this."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIOS_", "DEVICE_"))}
    return {**environment, "AIOS_PYTHON": sys.executable}


class Home:
    """Starts the executable on a job list of its own, and takes everything away at the end."""

    def __init__(
            self, executable: str, jobs: str, *flags: str, programs: Optional[Dict[str, str]] = None,
            fill: Optional[Callable[[sqlite3.Connection], None]] = None, settings: str = "") -> None:
        """`fill` puts rows into the database before the daemon whose figures count is started; `settings` is its aios.yaml."""
        # /tmp is in memory on many machines.
        self._folder = tempfile.TemporaryDirectory(prefix="aios-bench-", dir="/var/tmp")
        self.path = pathlib.Path(self._folder.name)
        (self.path / "Jobs").mkdir()
        (self.path / "Programs").mkdir()
        if jobs:
            (self.path / "Jobs" / "jobs.yaml").write_text(jobs)
        if settings:
            (self.path / "aios.yaml").write_text(settings)
        for name, text in (programs or {}).items():
            (self.path / "Programs" / name).write_text(text)
        command = [executable, "--home", str(self.path), "--device-id", "bench", *flags]
        environment = plain_environment()
        if fill is not None:
            subprocess.run([*command, "--until-idle"], stdout=subprocess.DEVNULL, env=environment, check=True)
            database = self._connect()
            fill(database)
            database.close()
        self._command, self._environment = command, environment
        self.start_took = self._start()
        self.database = self._connect()

    def __enter__(self) -> "Home":
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(60)
        self._folder.cleanup()

    def insert(self, job: str, count: int = 1) -> Optional[int]:
        """Inserts triggers in one commit; the answer is the number of the last."""
        cursor = None
        for _ in range(count):
            cursor = self.database.execute(
                "INSERT INTO triggers (job_name, args, kwargs, created) VALUES (?, '[]', '{}', ?)", (job, time.time()))
        self.database.commit()
        return cursor.lastrowid if cursor else None

    def wait_until_closed(self, first: int = 0, last: int = sys.maxsize) -> None:
        """Until none of these rows is open. It looks no further back than need be, for each look holds up the commits."""
        while row := self.database.execute(
                "SELECT id FROM triggers WHERE id BETWEEN ? AND ? AND processed IS NULL ORDER BY id LIMIT 1", (first, last)).fetchone():
            first = row[0]
            time.sleep(0.01)

    def memory_kb(self, figure: str) -> int:
        for line in pathlib.Path(f"/proc/{self.daemon.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(figure + ":"):
                return int(line.split()[1])
        raise KeyError(figure)

    def restart(self) -> float:
        """Seconds from the start of a new process to its readiness, after a clean stop of the former."""
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(60)
        return self._start()

    def _start(self) -> float:
        with Readiness(self.path) as readiness:
            began = time.monotonic()
            self.daemon = subprocess.Popen(
                self._command, stdout=subprocess.DEVNULL, env={**self._environment, "NOTIFY_SOCKET": str(readiness.path)})
            return readiness.wait(self.daemon, 600) - began

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.path / 'orchestrator.db'}?mode=rw", uri=True, timeout=60)
