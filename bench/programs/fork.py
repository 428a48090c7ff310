"""Forks so many times, so many at once, lets each child exit at once, and waits: fork.py COUNT PARALLEL

Prints runs a second and CPU seconds for a run. A child calls nothing and nothing is recorded: it is what the machine can
do at most for functions that each have a process of their own.
"""

import os
import resource
import sys
import time


def cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


total, most = int(sys.argv[1]), int(sys.argv[2])
left, running = total, 0
used, began = cpu(), time.perf_counter()
while left or running:
    while left and running < most:
        if os.fork() == 0:
            os._exit(0)
        left, running = left - 1, running + 1
    os.wait()
    running -= 1
print(total / (time.perf_counter() - began), (cpu() - used) / total)
