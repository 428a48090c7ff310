"""Looks at the disk, the memory and the load of this machine and prints them as one line.

The figures are also the run's result, and a line with WARNING follows when the disk is nearly full.
"""

from __future__ import annotations

import os
import shutil
from typing import Any, Dict, Optional

GIGABYTE = 1024 ** 3


def watch(folder: str = ".", warn_at_percent: float = 90) -> Dict[str, Any]:
    """Measures the machine; `folder` says which disk is meant."""
    figures = {"disk": disk(folder), "memory": memory(), "load": load(), "processors": os.cpu_count()}
    print(one_line(figures), flush=True)
    if figures["disk"]["used_percent"] >= warn_at_percent:
        print("WARNING: the disk is nearly full: {free_gb} GB of {total_gb} GB are free".format(**figures["disk"]))
    return figures


def disk(folder: str) -> Dict[str, float]:
    usage = shutil.disk_usage(folder)
    # Part of a disk may be kept back for the system, so what a user can fill is less than the total.
    return share_used(usage.used, usage.used + usage.free)


def memory() -> Optional[Dict[str, float]]:
    """None where the system does not tell how much memory is available."""
    try:
        with open("/proc/meminfo", encoding="ascii") as meminfo:
            kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in meminfo}
        total = kilobytes["MemTotal"] * 1024
        return share_used(total - kilobytes["MemAvailable"] * 1024, total)
    except (OSError, KeyError, ValueError, IndexError):
        return None


def load() -> Optional[float]:
    """How many programs wanted a processor at once, on average over the last minute."""
    try:
        return round(os.getloadavg()[0], 2)
    except (AttributeError, OSError):  # Windows has no such figure.
        return None


def share_used(used: int, total: int) -> Dict[str, float]:
    return {
        "used_percent": round(100 * used / total, 1) if total else 0.0,
        "free_gb": round((total - used) / GIGABYTE, 1),
        "total_gb": round(total / GIGABYTE, 1),
    }


def one_line(figures: Dict[str, Any]) -> str:
    parts = ["{}: {used_percent} % of {total_gb} GB used".format(name, **figures[name])
             for name in ("disk", "memory") if figures[name]]
    if figures["load"] is not None:
        parts.append("load: {} on {} processors".format(figures["load"], figures["processors"]))
    return ", ".join(parts)


if __name__ == "__main__":
    watch()
