"""Inserts rows as any program may, so many at once: load.py DATABASE JOB COUNT SECONDS

It waits while three times as many stand in line, for a machine that cannot keep up would only show how long its line is.
"""

import sqlite3
import sys
import time

database = sqlite3.connect(sys.argv[1], timeout=60)
job, count, seconds = sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
following, first = time.monotonic(), 0
while True:
    standing, first = database.execute("SELECT count(*), coalesce(min(id), ?) FROM triggers WHERE id >= ? AND processed IS NULL", (first, first)).fetchone()
    if standing < 3 * count:
        with database:
            database.executemany("INSERT INTO triggers (job_name) VALUES (?)", [(job,)] * count)
    following += seconds
    time.sleep(max(0, following - time.monotonic()))
