#!/usr/bin/env python3
"""From the commit of a foreign INSERT to the program's first instruction, and how many /bin/true a second.

    dotnet publish -c Release -o out && bench/latency.py out/aios

The program is a C program that notes the time and ends (so cc is needed). Beside it, in the same run, stands the rate
at which this machine starts /bin/true with posix_spawn at the same parallelism and nothing recorded.
"""

import pathlib
import subprocess
import sys
import tempfile
import time

from home import Home

STAMP = r"""
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int main(int count, char **words) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    FILE *file = fopen(words[1], "a");
    fprintf(file, "%s %ld.%09ld\n", getenv("AIOS_TRIGGER_ID"), (long)now.tv_sec, now.tv_nsec);
    return fclose(file);
}
"""

RAW = r"""
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


def compiled(source: str, folder: pathlib.Path, name: str) -> str:
    path = folder / name
    subprocess.run(["cc", "-O2", "-x", "c", "-o", str(path), "-"], input=source.encode(), check=True)
    return str(path)


def main() -> None:
    executable, inserts, runs, parallel = sys.argv[1], 300, 3000, 10
    with tempfile.TemporaryDirectory(prefix="aios-bench-") as temporary:
        folder = pathlib.Path(temporary)
        stamps = folder / "stamps"
        stamp, raw = compiled(STAMP, folder, "stamp"), compiled(RAW, folder, "raw")
        jobs = f"""
- {{name: stamp, type: trigger, command: ["{stamp}", "{stamps}"]}}
- {{name: "true", type: trigger, command: [/bin/true]}}
"""
        with Home(executable, jobs, "--max-parallel", str(parallel)) as home:
            committed = {}
            for _ in range(inserts):
                number = home.insert("stamp")
                committed[str(number)] = time.time()
                time.sleep(0.02)
            home.wait_until_closed()
            waits = sorted((float(at) - committed[number]) * 1000 for number, at in map(str.split, stamps.open()))
            begin = time.time()
            home.insert("true", runs)
            home.wait_until_closed()
            rate = runs / (time.time() - begin)
        ceiling = float(subprocess.run([raw, str(runs), str(parallel)], capture_output=True, check=True).stdout)

    def at(share: float) -> float:
        return waits[min(int(len(waits) * share), len(waits) - 1)]

    print(f"insert to first instruction, ms: p50 {at(0.5):.2f}, p90 {at(0.9):.2f}, p99 {at(0.99):.2f}, most {waits[-1]:.2f} ({len(waits)} inserts)")
    print(f"/bin/true, durable, {parallel} at once: {rate:.0f} a second; raw posix_spawn {ceiling:.0f}; ratio {rate / ceiling:.2f}")


if __name__ == "__main__":
    main()
