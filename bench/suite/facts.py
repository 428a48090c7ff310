"""On what was measured: the machine, the versions, the date."""

import json
import os
import pathlib
import platform
import re
import sqlite3
import subprocess
import time
from typing import Dict, List, Optional

from .provision import NODE, ROOT


def gather(executable: str) -> Dict[str, object]:
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "commit": _said(["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"]),
        "aios": _said([executable, "--version"]),
        "processor": _first(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text()),
        "processors": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "kernel": platform.release(),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", "") if hasattr(platform, "freedesktop_os_release") else "",
        "peers": {
            "Python": platform.python_version(),
            "SQLite": sqlite3.sqlite_version,
            "rq": _debian("python3-rq"), "Redis": _debian("redis-server"), "supervisord": _debian("supervisor"), "cron": _debian("cron"),
            "Node.js": _said(["node", "--version"]), "PM2": _npm("pm2"), "BullMQ": _npm("bullmq"),
            "Docker": _said(["docker", "version", "--format", "{{.Server.Version}}"]),
        },
    }


def _debian(package: str) -> Optional[str]:
    return _said(["dpkg-query", "-W", "-f", "${Version}", package])


def _npm(package: str) -> Optional[str]:
    path = NODE / "node_modules" / package / "package.json"
    return json.loads(path.read_text())["version"] if path.exists() else None


def _first(pattern: str, text: str) -> Optional[str]:
    found = re.search(pattern, text)
    return found and found[1]


def _said(command: List[str]) -> Optional[str]:
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return None
