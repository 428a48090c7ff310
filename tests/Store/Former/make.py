#!/usr/bin/env python3
"""Makes the databases in this folder with an executable of a former version.

    make.py EXECUTABLE NAME     # writes NAME-stopped.sql and NAME-killed.sql beside this script; NAME is schema1, ...

The executable runs the jobs of jobs.yaml under a shifted clock (Debian's faketime), so that the instants in the files do not
depend on the day on which they are made. NAME-stopped.sql is the database after a clean stop; other programs have then added
rows that no daemon has seen. NAME-killed.sql is the database after a later SIGKILL in the middle of work.

The files are SQL, since git holds no databases. Comments in their heads say at which instant they were taken, and when the
executable expected each job next.
"""

import datetime
import glob
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
NINE = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.timezone.utc)
MOST_KILLS = 20
SHOWN = ("daily9", "daily18", "half_hourly", "quarterly", "drawn", "drawn_later")


class Clock:
    """A wall clock that all processes of the home share."""

    def __init__(self, folder):
        self.file = folder / ".offset"

    def set(self, instant):
        self.offset = instant.timestamp() - time.time()
        new = self.file.with_suffix(".new")
        new.write_text(f"{self.offset:+.3f}\n")
        new.rename(self.file)

    def now(self):
        return time.time() + self.offset

    def environment(self):
        library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")[0]
        return {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}


class Home:
    """A home of the former executable."""

    def __init__(self, folder, executable):
        self.folder, self.executable = folder, executable
        self.database = folder / "orchestrator.db"
        for name in ("Jobs", "Programs"):
            (folder / name).mkdir()
        (folder / "Jobs" / "jobs.yaml").write_bytes((HERE / "jobs.yaml").read_bytes())
        (folder / "Programs" / "add.py").write_text("def add(a, b=1):\n    print(f'adding {a} and {b}')\n    return a + b\n")
        self.clock = Clock(folder)
        self.clock.set(NINE - datetime.timedelta(minutes=5))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AIOS_")}
        return {**kept, **self.clock.environment(), "TZ": "UTC", "DEVICE_ID": "here", "AIOS_LISTEN": self.address, "AIOS_LOG_FORMAT": "text"}

    def start(self):
        self.output = open(self.folder / "output", "w+")
        self.daemon = subprocess.Popen([self.executable, "run", "--home", self.folder], cwd=self.folder,
                                       env=self.environment(), stdout=self.output, stderr=self.output)
        while not self.is_at_work():
            if self.daemon.poll() is not None:
                sys.exit(f"it has ended at once: {self.said()}")
            time.sleep(0.05)

    def is_at_work(self):
        return " as device " in self.said()

    def said(self):
        self.output.seek(0)
        return self.output.read()

    def aios(self, *arguments, status=0):
        done = subprocess.run([self.executable, *arguments, "--home", str(self.folder)], cwd=self.folder,
                              env=self.environment(), capture_output=True, text=True)
        if done.returncode != status:
            sys.exit(f"aios {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def post(self, path, body, key):
        request = urllib.request.Request(f"http://{self.address}/api/v1{path}", json.dumps(body).encode(),
                                         {"Content-Type": "application/json", "Idempotency-Key": key})
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30).close()

    def sql(self, statement, *values):
        connection = sqlite3.connect(self.database, timeout=30)
        with connection:
            rows = connection.execute(statement, values).fetchall()
        connection.close()
        return rows

    def insert(self, job, kwargs="{}", **columns):
        row = {"job_name": job, "args": "[]", "kwargs": kwargs, "created": self.clock.now(), **columns}
        self.sql(f"INSERT INTO triggers ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", *row.values())

    def wait(self, question, seconds=60):
        deadline = time.time() + seconds
        while not self.sql(question)[0][0]:
            if time.time() > deadline or self.daemon.poll() is not None:
                sys.exit(f"not true: {question}\n{self.said()}")
            time.sleep(0.05)


def has(status, job, table="runs"):
    return f"SELECT count(*) FROM {table} WHERE job_name = '{job}' AND status = '{status}'"


def work(home):
    """All that fills tables while a daemon lives."""
    home.start()
    home.wait(has("running", "web"))
    home.aios("pause", "paused9")
    home.aios("stop", "stopped", "--no-wait")
    home.clock.set(NINE)
    home.wait(has("succeeded", "daily9"))
    home.clock.set(NINE + datetime.timedelta(seconds=90))
    home.wait(has("succeeded", "drawn"))
    home.wait(has("succeeded", "half_hourly"))

    home.aios("trigger", "add", "--args", "[1, 2]", "--wait")
    home.aios("trigger", "talk", "--wait")
    home.aios("trigger", "fail", "who=ada")
    home.aios("trigger", "talk", "--at", "2026-11-22T10:00Z", "--priority", "7", "--dedup-key", "in two days")
    home.aios("trigger", "gpu_only")
    home.aios("trigger", "off")
    home.post("/jobs/add/trigger", {"args": [3, 4]}, "order-1")
    home.aios("state", "set", "limits", "[1, 2]", "--job", "add")
    home.aios("state", "add", "mails", "3", "--shared")
    home.aios("keys", "add", "deploy", "--role", "operator", "--jobs", "add,talk*", "--expires", "90d")
    home.aios("keys", "add", "former")
    home.aios("keys", "revoke", "former")
    home.aios("config", "set", "log-level", "debug")

    # As other programs do it, rightly and wrongly.
    home.insert("add", args="[5]", traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    home.insert("add", args="no JSON")
    home.insert("add", args="[1]", priority="high")
    home.insert("add", args="[1]", run_at="tomorrow")
    home.insert("nobody")
    home.insert(b"\x00\xff")
    home.insert(7)
    home.insert("talk", kwargs=b'{"a": 1}')
    home.insert("talk", created="long ago", status="odd", note=b"\xff", source="me")
    home.sql("INSERT INTO triggers (job_name, args) VALUES ('add', CAST(x'5b22ff225d' AS TEXT))")
    home.sql("INSERT INTO triggers (job_name, args, processed, status) VALUES ('add', '[]', 'yes', 9)")
    home.wait("SELECT count(*) = 0 FROM triggers WHERE processed IS NULL AND status NOT IN ('waiting', 'running')")
    home.wait(has("failed", "fail", "triggers"))
    home.wait("SELECT count(*) > 0 FROM notices WHERE closed IS NOT NULL")
    home.wait("SELECT count(*) > 0 FROM notices WHERE closed IS NULL AND attempts > 0")
    home.wait("SELECT count(*) > 2 FROM runs WHERE job_name = 'crashing'")


def add_unseen(home):
    """Rows of other programs that no daemon of the former version has seen."""
    home.insert("add", args="[8, 9]", note="unseen")
    home.insert("add", args="[8", note="unseen")
    home.insert("talk", run_at=datetime.datetime(2026, 11, 21, tzinfo=datetime.timezone.utc).timestamp(), note="unseen")
    home.sql("INSERT INTO jobs (job_name, status, device, last_update) VALUES (x'00ff', 7, CAST(x'ff' AS TEXT), 'never')")
    home.sql("INSERT INTO logs (timestamp, level, message, device) VALUES ('now', 'LOUD', CAST(x'666fff6f' AS TEXT), 5)")
    home.sql("INSERT INTO logs (timestamp, level, message, device) VALUES (9e999, 3, x'00', 'a' || char(0) || 'b')")
    home.sql("INSERT INTO logs (id, timestamp, level, message, device) VALUES (-5, -1, 'INFO', 'below all', 'here')")
    home.sql("INSERT INTO config (key, value, updated) VALUES ('mine', NULL, 'x'), (NULL, 'no key', NULL)")
    home.sql("INSERT INTO state (job_name, key, value, updated) VALUES ('add', CAST(x'ff' AS TEXT), 'no JSON', 'x')")
    home.sql("INSERT INTO holds (job_name, kind, since) VALUES ('nobody', 'odd', 'x')")
    # With this number there, SQLite takes no new row.
    home.sql("INSERT INTO triggers (id, job_name, args, created, note) VALUES (9223372036854775807, 'add', '[10]', 1.0, 'largest')")


def kill(home):
    """SIGKILL in the middle of work; whether it left a hot journal."""
    home.start()
    home.wait(has("running", "web"))
    home.insert("slow")
    home.insert("slow")
    home.wait(has("running", "slow"))
    for number in range(8):
        home.insert("add", args=f"[{number}]")
    journal = home.folder / "orchestrator.db-journal"
    deadline = time.time() + 2
    while not is_hot(journal) and time.time() < deadline:
        pass
    home.daemon.kill()
    home.daemon.wait()
    return is_hot(journal)


def is_hot(journal):
    try:
        return journal.read_bytes()[:1] not in (b"", b"\0")
    except OSError:
        return False


def end(home):
    """What a killed daemon leaves runs on: it does not belong to the next one."""
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            if f"AIOS_HOME={home.folder}\0".encode() in pathlib.Path(folder, "environ").read_bytes():
                os.kill(int(folder[6:]), signal.SIGKILL)
        except OSError:
            pass


def literal(kind, value):
    """A value of any type as SQL, on one line, whatever its bytes are."""
    if kind == "null":
        return "NULL"
    if kind == "integer":
        return str(value)
    if kind == "real":
        return repr(value).replace("-inf", "-9e999").replace("inf", "9e999")
    if kind == "blob":
        return f"x'{value.hex()}'"
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = "\0"
    return "'" + text.replace("'", "''") + "'" if text.isprintable() else f"CAST(x'{value.hex()}' AS TEXT)"


def dump(home, path, comments):
    """Writes the database as SQL that makes it again, with its pragmas."""
    database = sqlite3.connect(home.database)
    database.text_factory = bytes
    with open(path, "w") as out:
        out.write("".join(f"-- {comment}\n" for comment in comments))
        for pragma in ("page_size", "auto_vacuum", "application_id", "user_version"):
            out.write(f"PRAGMA {pragma} = {database.execute(f'PRAGMA {pragma}').fetchone()[0]};\n")
        out.write("BEGIN;\n")
        # A row alone is not in line for its table's triggers: they come last.
        schema = [[text.decode() for text in row] for row in database.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY rowid")]
        tables = [name for kind, name, _ in schema if kind == "table"]
        out.writelines(f"{sql};\n" for kind, _, sql in schema if kind == "table")
        for table in [*tables, "sqlite_sequence"]:
            columns = [row[1].decode() for row in database.execute(f"PRAGMA table_info({table})")]
            pairs = ", ".join(f"typeof({column}), {column}" for column in columns)
            for row in database.execute(f"SELECT {pairs} FROM {table}"):
                values = [literal(row[i].decode(), row[i + 1]) for i in range(0, len(row), 2)]
                out.write(f"INSERT INTO {table} VALUES ({', '.join(values)});\n")
        out.writelines(f"{sql};\n" for kind, _, sql in schema if kind != "table")
        out.write("COMMIT;\n")
    database.close()


def comments_of(home, name, how):
    """What the tests need to know of a database."""
    taken = datetime.datetime.fromtimestamp(home.clock.now(), datetime.timezone.utc).isoformat(timespec="seconds")
    coming = json.loads(home.aios("next", "--json"))
    return [f"The database of {name}, {how}. Made by make.py; do not edit.", f"taken {taken.replace('+00:00', 'Z')}",
            *(f"next {one['job_name']} {one['at']}" for one in coming if one["job_name"] in SHOWN)]


def main():
    executable, name = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory(prefix="aios-former-") as folder:
        home = Home(pathlib.Path(folder), executable)
        try:
            work(home)
            home.daemon.send_signal(signal.SIGTERM)
            if home.daemon.wait(60) != 0:
                sys.exit("it has not ended well")
            backup = home.database.read_bytes()
            comments = comments_of(home, name, "after a clean stop")
            add_unseen(home)
            dump(home, HERE / f"{name}-stopped.sql", comments)
            for _ in range(MOST_KILLS):
                home.database.write_bytes(backup)
                was_hot = kill(home)
                end(home)
                if was_hot:
                    break
            how = f"after SIGKILL ({'with' if was_hot else 'without'} a hot journal)"
            dump(home, HERE / f"{name}-killed.sql", comments_of(home, name, how))
        finally:
            home.daemon.kill()
            end(home)


main()
