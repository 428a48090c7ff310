"""Inserts rows as any program may, so many at once: load.py DATABASE JOB COUNT SECONDS"""

import sqlite3
import sys
import time

database = sqlite3.connect(sys.argv[1], timeout=60)
job, count, seconds = sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
following = time.monotonic()
while True:
    with database:
        database.executemany("INSERT INTO triggers (job_name) VALUES (?)", [(job,)] * count)
    following += seconds
    time.sleep(max(0, following - time.monotonic()))
