"""On what was measured: the machine, the versions, the date."""

import os
import pathlib
import platform
import re
import subprocess
import time
from typing import Dict, List, Optional

ROOT = pathlib.Path(__file__).parent.parent.parent


def gather(executable: str) -> Dict[str, object]:
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "commit": _said(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]),
        "aios": _said([executable, "--version"]),
        "processor": _first(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text()),
        "processors": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "kernel": platform.release(),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", "") if hasattr(platform, "freedesktop_os_release") else "",
        "python": platform.python_version(),
    }


def _first(pattern: str, text: str) -> Optional[str]:
    found = re.search(pattern, text)
    return found and found[1]


def _said(command: List[str]) -> Optional[str]:
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return None
