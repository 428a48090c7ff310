"""What one writes first: a loop that looks into a table each second and starts a thread for each row: plain.py DATABASE

As the orchestrator did from which AIOS comes: ten threads, a commit for each step, functions called inside the process.
"""

import importlib
import json
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

DATABASE, LOCAL = sys.argv[1], threading.local()


def commit(sql: str, *values: object) -> None:
    if not hasattr(LOCAL, "database"):
        LOCAL.database = sqlite3.connect(DATABASE, timeout=60)
    with LOCAL.database as database:
        database.execute(sql, values)


def run(number: int, job: str, arguments: str) -> None:
    commit("INSERT OR REPLACE INTO jobs VALUES (?, 'running', ?)", job, time.time())
    if job.startswith("/"):
        subprocess.run([job, *json.loads(arguments)], check=True)
    else:
        getattr(importlib.import_module("functions"), job)(*json.loads(arguments))
    commit("INSERT OR REPLACE INTO jobs VALUES (?, 'completed', ?)", job, time.time())
    commit("INSERT INTO logs VALUES (?, ?)", time.time(), f"run {number} of {job} completed")


sys.path.insert(0, ".")
commit("CREATE TABLE triggers (id INTEGER PRIMARY KEY, job_name TEXT, args TEXT, processed REAL)")
commit("CREATE TABLE jobs (job_name TEXT PRIMARY KEY, status TEXT, last_update REAL)")
commit("CREATE TABLE logs (timestamp REAL, message TEXT)")
with ThreadPoolExecutor(10) as threads:
    while True:
        rows = LOCAL.database.execute("SELECT id, job_name, args FROM triggers WHERE processed IS NULL").fetchall()
        for row in rows:
            commit("UPDATE triggers SET processed = ? WHERE id = ?", time.time(), row[0])
            threads.submit(run, *row)
        time.sleep(1)
