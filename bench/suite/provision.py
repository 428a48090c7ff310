"""Gets what the benchmarks need and the machine lacks; does nothing when all is there."""

import os
import pathlib
import shutil
import subprocess
from typing import List, Optional

from .bench import LeftOut

ROOT = pathlib.Path(__file__).parent.parent.parent
# What shows that a package is there, and the package. The peers' own are asked for by those who measure them.
TOOLS = {"cc": "gcc", "supervisord": "supervisor", "redis-server": "redis-server", "rq": "python3-rq", "cron": "cron", "node": "nodejs", "npm": "npm", "perf": "linux-perf", "pg_ctlcluster": "postgresql"}
NPM = {"pm2": "pm2@7", "bullmq": "bullmq@5", "@dbos-inc/dbos-sdk": "@dbos-inc/dbos-sdk@5"}
NODE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "aios-bench"


def install() -> None:
    """Installs what is missing. What cannot be had is found out, and told, by the peer that needs it."""
    packages = [package for shows, package in TOOLS.items() if _path_of(shows) is None]
    if packages:
        print(f"installing {', '.join(packages)} ...", flush=True)
        command = [*_as_root(), "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        _quietly([*_as_root(), "apt-get", "update", "-qq"])
        # One that cannot be had must not keep the others away.
        if not _quietly([*command, *packages]):
            for package in packages:
                _quietly([*command, package])
    modules = [what for name, what in NPM.items() if not (NODE / "node_modules" / name).exists()]
    if modules and _path_of("npm"):
        print(f"installing {', '.join(modules)} into {NODE} ...", flush=True)
        NODE.mkdir(parents=True, exist_ok=True)
        _quietly(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(NODE), *modules])


def found(program: str) -> str:
    """The path of a program that a peer needs."""
    path = _path_of(program)
    if path is None:
        raise LeftOut(f"{program} is not on this machine and could not be installed")
    return path


def _path_of(program: str) -> Optional[str]:
    return shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/usr/bin")


def published(folder: pathlib.Path) -> str:
    """The executable of this tree, as it is released."""
    out = folder / "published"
    print("publishing the executable ...", flush=True)
    subprocess.run(["dotnet", "publish", str(ROOT / "Aios.csproj"), "-c", "Release", "-o", str(out), "-v", "quiet"], check=True)
    return str(out / "aios")


def _as_root() -> List[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def _quietly(command: List[str]) -> bool:
    done = subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(f"{' '.join(command)} failed: {(done.stderr or done.stdout).strip()[-500:]}", flush=True)
    return done.returncode == 0
