#!/usr/bin/env python3
"""What a daemon costs while nothing is due.

    dotnet publish -c Release -o out && bench/idle.py out/aios [jobs=1000] [seconds=60]
"""

import sys
import time

from home import Home

KINDS = [
    'type: cron, cron: "0 3 1 1 *"',
    'type: daily, time: "{hour:02}:00"',
    'type: random_daily, after_time: "{hour:02}:00", before_time: "{hour:02}:30"',
    'type: cron, cron: "*/5 {hour} * * *"',
]


def main() -> None:
    executable = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    # Twelve hours away, so that nothing is due meanwhile.
    hour = (time.localtime().tm_hour + 12) % 24
    kinds = [kind.replace("{hour:02}", f"{hour:02}").replace("{hour}", str(hour)) for kind in KINDS]
    jobs = "".join(f'- {{name: job{number}, {kinds[number % len(kinds)]}, command: ["true"]}}\n' for number in range(count))
    with Home(executable, jobs) as home:
        time.sleep(3)
        cpu, switches = home.cpu_seconds(), home.context_switches()
        time.sleep(seconds)
        cpu, switches = home.cpu_seconds() - cpu, home.context_switches() - switches
        print(
            f"{count} jobs, {seconds} s: {cpu / seconds * 100:.3f} % of one core, {switches / seconds:.1f} context switches a second, "
            f"{home.memory_kb('Rss') / 1024:.1f} MB resident, {home.memory_kb('Pss') / 1024:.1f} MB PSS")


if __name__ == "__main__":
    main()
