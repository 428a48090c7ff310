#!/usr/bin/env python3
"""Requests a second over HTTP, and what they do to a job that is due each second.

    dotnet publish -c Release -o out && bench/api.py out/aios [--seconds 10] [--connections 16]

wrk (which is needed) asks as fast as it can, first for a run, which is read from the database, then for new triggers,
each of which is on the disk when it is answered. Meanwhile, and before, a job is due each second; it is told how late its
process was at most, and it fails if that was more than 50 ms or if a request was refused.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from typing import List, Tuple

from home import Home

JOBS = """
- {name: each_second, type: interval, interval: 1s, command: ["/bin/true"]}
- {name: asked_for, type: trigger, command: ["/bin/true"]}
"""
URL = "http://127.0.0.1:24682/api/v1"
# They are not due before the end of this century, so that the figures are those of the requests and not of the runs.
CREATION = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"run_at": "2099-12-31T00:00:00Z", "kwargs": {"n": 1}}'
"""
LATEST = 0.05


def wrk(arguments: argparse.Namespace, path: str, *flags: str) -> Tuple[float, str, str]:
    """Requests a second, and the median and the 99th percentile as wrk writes them."""
    text = subprocess.run(
        ["wrk", "-t2", f"-c{arguments.connections}", f"-d{arguments.seconds}", "--latency", *flags, URL + path],
        check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"requests were refused:\n{text}")
    rate, median, slow = (re.search(pattern, text) for pattern in (r"Requests/sec:\s+(\S+)", r"\n +50% +(\S+)", r"\n +99% +(\S+)"))
    assert rate and median and slow, text
    return float(rate[1]), median[1], slow[1]


def lateness(home: Home, since: float) -> List[float]:
    """How many seconds each process of the job was later than its occurrence."""
    return [row[0] for row in home.database.execute(
        "SELECT runs.started - occurrence FROM runs JOIN triggers ON triggers.id = trigger_id WHERE runs.job_name = 'each_second' AND occurrence > ?", (since,))]


def measure(home: Home, arguments: argparse.Namespace, what: str, path: str, *flags: str) -> bool:
    since = time.time()
    rate, median, slow = wrk(arguments, path, *flags)
    time.sleep(1.5)
    late = lateness(home, since)
    print(f"{what}: {rate:,.0f} requests a second, median {median}, 99th percentile {slow}; the job was at most {max(late) * 1000:.0f} ms late in {len(late)} runs")
    return max(late) <= LATEST


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=16)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Home(arguments.executable, JOBS, "--listen", URL[7:-7]) as home:
        script = pathlib.Path(folder) / "creation.lua"
        script.write_text(CREATION)
        time.sleep(4)
        since = time.time()
        time.sleep(arguments.seconds)
        late = lateness(home, since)
        print(f"asking nothing: the job was at most {max(late) * 1000:.0f} ms late in {len(late)} runs")
        in_time = [
            measure(home, arguments, "reading a run", "/runs/1"),
            measure(home, arguments, "making a trigger", "/jobs/asked_for/trigger", "-s", str(script)),
        ]
    if not all(in_time):
        sys.exit(f"the job was more than {LATEST * 1000:.0f} ms late")


if __name__ == "__main__":
    main()
