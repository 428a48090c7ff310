"""Gets what the benchmarks need and the machine lacks; does nothing when all is there."""

import os
import pathlib
import shutil
import subprocess
from typing import Dict, Iterable, List

ROOT = pathlib.Path(__file__).parent.parent.parent
# What shows that a package is there, and the package. The peers' own are asked for by those who measure them.
TOOLS = {"cc": "gcc", "supervisord": "supervisor", "redis-server": "redis-server", "rq": "python3-rq", "cron": "cron", "node": "nodejs", "npm": "npm", "strace": "strace"}
NPM = ["pm2@7", "bullmq@5"]
NODE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "aios-bench"


def install(_: Iterable[str]) -> None:
    """Installs what is missing. What cannot be had is found out, and told, by the peer that needs it."""
    missing = [package for shows, package in TOOLS.items() if not shutil.which(shows, path=os.environ["PATH"] + ":/usr/sbin:/usr/bin")]
    if missing:
        _quietly([*_as_root(), "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], {"DEBIAN_FRONTEND": "noninteractive"})


def published(folder: pathlib.Path) -> str:
    """The executable of this tree, as it is released."""
    out = folder / "published"
    print("publishing the executable ...", flush=True)
    subprocess.run(["dotnet", "publish", str(ROOT / "Aios.csproj"), "-c", "Release", "-o", str(out), "-v", "quiet"], check=True)
    return str(out / "aios")


def _as_root() -> List[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def _quietly(command: List[str], environment: Dict[str, str]) -> bool:
    done = subprocess.run(command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(f"{' '.join(command)} failed: {(done.stderr or done.stdout).strip()[-500:]}", flush=True)
    return done.returncode == 0
