#!/usr/bin/env python3
"""From a program's print to the terminal of `aios logs -f`, and what a program that prints 1 GB costs.

    dotnet publish -c Release -o out && bench/logs.py out/aios

Each line that is followed carries the time of its print, and the reader of the terminal notes when it came: nothing is
timed by sleeping. The flood is printed twice, in lines of 100 bytes and in lines of 2, to the same daemon.
"""

import os
import pathlib
import subprocess
import sys
import time

from home import Home

LINES, GIGABYTE = 400, 1_000_000_000

TICKER = f"""
import time
for number in range({LINES}):
    print("tick", repr(time.time()), flush=True)
    time.sleep(0.005 + number % 7 * 0.013)
"""

JOBS = f"""
- {{name: ticker, type: trigger, command: [python3, Programs/ticker.py]}}
- {{name: long_lines, type: trigger, command: [sh, -c, "yes {'x' * 99} | head -c {GIGABYTE}"]}}
- {{name: short_lines, type: trigger, command: [sh, -c, "yes | head -c {GIGABYTE}"]}}
"""


def latency(home: Home, executable: str) -> None:
    follower = subprocess.Popen(
        [executable, "logs", "ticker", "-f", "-n", "0", "--home", str(home.path)], stdout=subprocess.PIPE, text=True)
    time.sleep(1)
    home.insert("ticker")
    waits = []
    assert follower.stdout
    for line in follower.stdout:
        came = time.time()
        if " tick " in line:
            waits.append((came - float(line.rsplit(" ", 1)[1])) * 1000)
        if len(waits) == LINES:
            break
    follower.terminate()
    follower.wait()
    waits.sort()
    print(f"print to terminal, ms: p50 {waits[len(waits) // 2]:.1f}, p99 {waits[len(waits) * 99 // 100]:.1f}, most {waits[-1]:.1f} ({len(waits)} lines)")


def database_bytes(home: Home) -> int:
    return sum(path.stat().st_size for path in pathlib.Path(home.path).glob("orchestrator.db*"))


def flood(home: Home, job: str) -> None:
    before, size, most = home.memory_kb("Rss"), database_bytes(home), 0
    begin = time.time()
    home.insert(job)
    while home.database.execute("SELECT 1 FROM triggers WHERE processed IS NULL LIMIT 1").fetchone():
        most = max(most, home.memory_kb("Rss"))
        time.sleep(0.02)
    took, grown = time.time() - begin, (database_bytes(home) - size) / 1e6
    kept, = home.database.execute("SELECT count(*) FROM logs WHERE job_name = ?", (job,)).fetchone()
    time.sleep(25)
    after = home.memory_kb("Rss")
    print(f"{job}, 1 GB: {took:.1f} s, {kept} lines kept, database +{grown:.2f} MB, "
          f"daemon's memory {before / 1024:.1f} MB before, {most / 1024:.1f} at most, {after / 1024:.1f} after 25 s of rest")


def raw() -> None:
    begin = time.time()
    subprocess.run(f"yes {'x' * 99} | head -c {GIGABYTE} > {os.devnull}", shell=True, check=True)
    print(f"the same 1 GB into {os.devnull}: {time.time() - begin:.1f} s")


def main() -> None:
    executable = sys.argv[1]
    with Home(executable, JOBS) as home:
        (home.path / "Programs" / "ticker.py").write_text(TICKER)
        latency(home, executable)
        for job in ("long_lines", "short_lines"):
            flood(home, job)
    raw()


if __name__ == "__main__":
    main()
