#!/usr/bin/env python3
"""How long the machine's owner waits: from a commit, or a death, to the first instruction of the program.

    dotnet publish -c Release -o out && bench/latency.py out/aios [--count 300]

- A row is inserted by this foreign process while the machine is idle; a C program that notes the time is its job (so cc
  is needed). Counted from the return of the commit.
- The same with a Python function whose first line notes the time.
- The process of an always job that had run longer than its min_uptime is killed by SIGKILL; counted from just before the
  kill to the first instruction of its successor.
"""

import argparse
import os
import pathlib
import signal
import tempfile
import time
from typing import Dict, List

from home import Home, compiled

STAMP = r"""
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
int main(int count, char **words) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    FILE *file = fopen(words[1], "a");
    fprintf(file, "%s %ld.%09ld %d\n", getenv("AIOS_TRIGGER_ID"), (long)now.tv_sec, now.tv_nsec, (int)getpid());
    fclose(file);
    while (count > 2) pause();
}
"""

FUNCTION = """
import os
import time

def stamp(path):
    now = time.time()
    with open(path, "a") as file:
        file.write(f"{os.environ['AIOS_TRIGGER_ID']} {now:.9f} {os.getpid()}\\n")
"""

MIN_UPTIME = 0.2


def stamps(path: pathlib.Path) -> List[List[str]]:
    """Trigger, time and process of each start so far."""
    lines = path.read_text().splitlines(keepends=True) if path.exists() else []
    return [line.split() for line in lines if line.endswith("\n")]


def after_commit(home: Home, job: str, path: pathlib.Path, count: int) -> List[float]:
    """Seconds from the commit of a row to the program, on an idle machine."""
    committed: Dict[str, float] = {}
    for _ in range(count):
        number = home.insert(job)
        committed[str(number)] = time.time()
        home.wait_until_closed()
        time.sleep(0.02)
    return [float(at) - committed[trigger] for trigger, at, _ in stamps(path)]


def after_kill(path: pathlib.Path, count: int) -> List[float]:
    """Seconds from the kill of an always job's process to its successor."""
    waits: List[float] = []
    while not stamps(path):
        time.sleep(0.01)
    for lives in range(1, count + 1):
        time.sleep(MIN_UPTIME * 1.25)
        killed = time.time()
        os.kill(int(stamps(path)[-1][2]), signal.SIGKILL)
        while len(stamps(path)) == lives:
            time.sleep(0.001)
        waits.append(float(stamps(path)[-1][1]) - killed)
    return waits


def tell(what: str, seconds: List[float]) -> None:
    """The figures in milliseconds."""
    waits = sorted(wait * 1000 for wait in seconds)

    def at(share: float) -> float:
        return waits[min(int(len(waits) * share), len(waits) - 1)]

    print(f"{what}, ms: p50 {at(0.5):.2f}, p90 {at(0.9):.2f}, p99 {at(0.99):.2f}, most {waits[-1]:.2f} ({len(waits)} times)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--count", type=int, default=300, help="rows; deaths are a quarter of it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aios-bench-") as temporary:
        folder = pathlib.Path(temporary)
        stamp = compiled(STAMP, folder, "stamp")
        of_command, of_function, of_always = folder / "command", folder / "function", folder / "always"
        jobs = f"""
- {{name: command, type: trigger, command: ["{stamp}", "{of_command}"]}}
- {{name: function, type: trigger, file: stamp.py, function: stamp, args: ["{of_function}"]}}
"""
        with Home(options.executable, jobs, programs={"stamp.py": FUNCTION}) as home:
            tell("commit to the first instruction of a command", after_commit(home, "command", of_command, options.count))
            tell("commit to the first line of a Python function", after_commit(home, "function", of_function, options.count))
        jobs = f'- {{name: server, type: always, min_uptime: {MIN_UPTIME * 1000:.0f}ms, command: ["{stamp}", "{of_always}", stay]}}\n'
        with Home(options.executable, jobs):
            tell("kill of an always job to its successor", after_kill(of_always, max(50, options.count // 4)))


if __name__ == "__main__":
    main()
