"""A temporary home with a daemon on it, for the benchmarks."""

import os
import pathlib
import signal
import sqlite3
import subprocess
import tempfile
import time
from typing import Dict, Optional


def compiled(source: str, folder: pathlib.Path, name: str) -> str:
    """The path of a C program, compiled from its text."""
    path = folder / name
    subprocess.run(["cc", "-O2", "-x", "c", "-o", str(path), "-"], input=source.encode(), check=True)
    return str(path)


class Home:
    """Starts the executable on a job list of its own, and takes everything away at the end."""

    def __init__(self, executable: str, jobs: str, *flags: str, programs: Optional[Dict[str, str]] = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="aios-bench-")
        self.path = pathlib.Path(self._folder.name)
        (self.path / "Jobs").mkdir()
        (self.path / "Programs").mkdir()
        (self.path / "Jobs" / "jobs.yaml").write_text(jobs)
        for name, text in (programs or {}).items():
            (self.path / "Programs" / name).write_text(text)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AIOS_")}
        self.daemon = subprocess.Popen(
            [executable, "--home", str(self.path), *flags], stdout=subprocess.DEVNULL, env=environment)
        self.database = self._wait_for_database()

    def __enter__(self) -> "Home":
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(30)
        self._folder.cleanup()

    def insert(self, job: str, count: int = 1) -> Optional[int]:
        """Inserts triggers in one commit; the answer is the number of the last."""
        cursor = None
        for _ in range(count):
            cursor = self.database.execute(
                "INSERT INTO triggers (job_name, args, kwargs, created) VALUES (?, '[]', '{}', ?)", (job, time.time()))
        self.database.commit()
        return cursor.lastrowid if cursor else None

    def wait_until_closed(self) -> None:
        """Until no row is open. It looks no further back than need be, for each look holds up the commits."""
        oldest = 0
        while row := self.database.execute("SELECT id FROM triggers WHERE id >= ? AND processed IS NULL ORDER BY id LIMIT 1", (oldest,)).fetchone():
            oldest = row[0]
            time.sleep(0.01)

    def cpu_seconds(self) -> float:
        """What the daemon itself has used, in all its threads."""
        fields = pathlib.Path(f"/proc/{self.daemon.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_kb(self, figure: str) -> int:
        for line in pathlib.Path(f"/proc/{self.daemon.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(figure + ":"):
                return int(line.split()[1])
        raise KeyError(figure)

    def context_switches(self) -> int:
        return sum(
            int(line.split()[1])
            for status in pathlib.Path(f"/proc/{self.daemon.pid}/task").glob("*/status")
            for line in status.read_text().splitlines()
            if "ctxt_switches" in line)

    def _wait_for_database(self) -> sqlite3.Connection:
        while True:
            try:
                database = sqlite3.connect(f"file:{self.path / 'orchestrator.db'}?mode=rw", uri=True, timeout=30)
                if database.execute("SELECT 1 FROM devices WHERE status = 'online'").fetchone():
                    return database
            except sqlite3.OperationalError:
                pass
            if self.daemon.poll() is not None:
                raise SystemExit(f"the daemon has ended with status {self.daemon.returncode}")
            time.sleep(0.01)
