#!/usr/bin/env python3
"""How many runs a second, beside what this machine can do at most.

    dotnet publish -c Release -o out && bench/throughput.py out/aios [--count 2000] [--parallel 10] [--rounds 5]

Two pairs, each in turns in one run, at the same parallelism:

- Python functions that do nothing, all in the queue in one commit and each recorded durably, against a bare Python that
  forks, lets the child exit at once, and waits;
- /bin/true, likewise, against a C program that does nothing but posix_spawn and wait (so cc is needed).

The figures are medians of the rounds; a ratio is that of one round, so that what else the machine does meets both.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Callable, List

from home import Home, compiled

FORK = """
import os, sys, time
left, most, running = int(sys.argv[1]), int(sys.argv[2]), 0
total, began = left, time.perf_counter()
while left or running:
    while left and running < most:
        if os.fork() == 0:
            os._exit(0)
        left, running = left - 1, running + 1
    os.wait()
    running -= 1
print(total / (time.perf_counter() - began))
"""

SPAWN = r"""
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
extern char **environ;
int main(int count, char **words) {
    int left = atoi(words[1]), most = atoi(words[2]), running = 0, total = left;
    char *arguments[] = {"/bin/true", 0};
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    while (left || running) {
        for (pid_t pid; left && running < most; left--, running++) posix_spawn(&pid, "/bin/true", 0, 0, arguments, environ);
        wait(0);
        running--;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.0f\n", total / ((end.tv_sec - begin.tv_sec) + (end.tv_nsec - begin.tv_nsec) / 1e9));
}
"""

JOBS = """
- {name: nothing, type: trigger, file: nothing.py, function: nothing}
- {name: "true", type: trigger, command: [/bin/true]}
"""


def rate_of(home: Home, job: str, count: int) -> float:
    """Runs a second, from the commit of the rows until the last is closed."""
    last = home.insert(job, count)
    began = time.perf_counter()
    home.wait_until_closed()
    seconds = time.perf_counter() - began
    rows = "id > ? AND id <= ? AND job_name = ? AND status = 'succeeded' AND attempt = 1"
    succeeded = home.database.execute(f"SELECT count(*) FROM triggers WHERE {rows}", (last - count, last, job)).fetchone()[0]
    if succeeded != count:
        raise SystemExit(f"only {succeeded} of {count} runs of {job} have succeeded")
    return count / seconds


def compare(name: str, ours: Callable[[], float], raw: Callable[[], float], rounds: int) -> None:
    """Alternates and prints the medians."""
    figures: List[float] = []
    limits: List[float] = []
    for _ in range(rounds):
        limits.append(raw())
        figures.append(ours())
    ratios = [figure / limit for figure, limit in zip(figures, limits)]
    print(
        f"{name}: {statistics.median(figures):.0f} a second, limit {statistics.median(limits):.0f}, "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f} in {rounds} rounds)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--parallel", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    numbers = [str(options.count), str(options.parallel)]
    with tempfile.TemporaryDirectory(prefix="aios-bench-") as folder:
        spawn = compiled(SPAWN, pathlib.Path(folder), "spawn")

        def said(command: List[str]) -> float:
            return float(subprocess.run([*command, *numbers], capture_output=True, check=True).stdout)

        with Home(options.executable, JOBS, "--max-parallel", str(options.parallel), programs={"nothing.py": "def nothing():\n    pass\n"}) as home:
            rate_of(home, "nothing", 10)  # The first run finds the interpreter.
            compare(
                f"Python functions, {options.parallel} at once", lambda: rate_of(home, "nothing", options.count),
                lambda: said([sys.executable, "-c", FORK]), options.rounds)
            compare(
                f"/bin/true, {options.parallel} at once", lambda: rate_of(home, "true", options.count),
                lambda: said([spawn]), options.rounds)


if __name__ == "__main__":
    main()
