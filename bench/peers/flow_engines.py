"""Flows of steps in this process alone, in engines that keep each step durably: DBOS on PostgreSQL, BullMQ on Redis."""

import os
import pathlib
import shutil
import subprocess
from contextlib import contextmanager
from typing import Iterator, List

from peers.redis import Redis
from suite.bench import PROGRAMS, Bench, LeftOut
from suite.processes import Service, wait_for
from suite.provision import NODE, found

PORT = 5499


def bullmq(bench: Bench, flows: int, steps: int, rounds: int) -> List[float]:
    """Steps a second, each accepted order on the disk before it is acknowledged."""
    with Redis(bench, is_durable=True) as redis:
        return _rates("bullmq", "bullmq_flows.cjs", str(redis.socket), flows, steps, rounds)


def dbos(bench: Bench, flows: int, steps: int, rounds: int) -> List[float]:
    """Steps a second, each committed by PostgreSQL with its own settings."""
    with _postgres(bench) as url:
        return _rates("@dbos-inc/dbos-sdk", "dbos.cjs", url, flows, steps, rounds)


def _rates(package: str, program: str, where: str, flows: int, steps: int, rounds: int) -> List[float]:
    if not (NODE / "node_modules" / package).exists():
        raise LeftOut(f"npm could not install {package}")
    done = subprocess.run(
        [found("node"), str(PROGRAMS / program), where, str(flows), str(steps), str(rounds)],
        env={**os.environ, "NODE_PATH": str(NODE / "node_modules")}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=600)
    if done.returncode:
        raise LeftOut(f"{program} ended with status {done.returncode}")
    return [float(line) for line in done.stdout.split()]


@contextmanager
def _postgres(bench: Bench) -> Iterator[str]:
    """A server of its own, with nothing changed but where it listens. It refuses to run as root."""
    binaries = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        raise LeftOut("PostgreSQL is not on this machine and could not be installed")
    folder = bench.new_folder("postgres")
    become: List[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        bench.folder.chmod(0o755)
        become = ["runuser", "-u", "postgres", "--"]
    subprocess.run([*become, str(binaries[-1] / "initdb"), "-D", str(folder / "data"), "-A", "trust"], check=True, stdout=subprocess.DEVNULL)
    server = [*become, str(binaries[-1] / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-p", str(PORT), "-c", "listen_addresses=127.0.0.1"]
    with Service(server, bench.folder, name="postgres"):
        wait_for((folder / f".s.PGSQL.{PORT}").exists, "PostgreSQL", 30)
        yield f"postgresql://postgres@127.0.0.1:{PORT}/dbos"
