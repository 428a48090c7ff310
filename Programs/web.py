"""Serves a small web page on this machine that shows the jobs, their latest runs and what came out of them.

The page is made anew from the database at each visit, and /health answers "ok" as long as the server lives.
"""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import sys
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterable, Sequence, Tuple

import history

ADDRESS = "127.0.0.1"
NAMES_OF_THIS_MACHINE = ("127.0.0.1", "localhost")
RUNS_SHOWN = 50
LONGEST_TEXT_SHOWN = 300

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="10">
<title>My jobs</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884 }}
td:last-child {{ overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: .85em }}
.succeeded, .completed {{ color: #2a8a3a }} .running {{ color: #2672c9 }}
.failed, .timed_out, .lost {{ color: #d03030; font-weight: bold }}
</style>
</head>
<body>
<h1>My jobs</h1>
{body}
</body>
</html>
"""


class Visit(BaseHTTPRequestHandler):
    """One request of a browser."""

    timeout = 10  # A visitor who says nothing must not keep a thread for ever.

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if self.headers.get("Host", ADDRESS).rsplit(":", 1)[0].lower() not in NAMES_OF_THIS_MACHINE:
            # A page from elsewhere could make its own name point here and read along.
            self.answer(403, "text/plain", "This page is for the machine it runs on: http://{}\n".format(ADDRESS))
        elif path == "/health":
            self.answer(200, "text/plain", "ok\n")
        elif path == "/":
            self.answer_overview()
        else:
            self.answer(404, "text/plain", "There are only / and /health here.\n")

    do_HEAD = do_GET

    def answer_overview(self) -> None:
        try:
            self.answer(200, "text/html", PAGE.format(body=overview()))
        except sqlite3.Error as error:
            print("The database cannot be read: {}".format(error), file=sys.stderr, flush=True)
            message = "<p>The database cannot be read just now ({}). This page tries again by itself.</p>"
            self.answer(503, "text/html", PAGE.format(body=message.format(escape(str(error)))))

    def answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", kind + "; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Visits are not worth a line in the log each; errors still are."""


def overview() -> str:
    jobs = history.rows("SELECT job_name, status, device, last_update FROM jobs ORDER BY job_name")
    # Newest first by id, which needs no search; long results are cut before they leave the database.
    runs = history.rows(
        "SELECT id, job_name, status, started, ended, device, attempt, substr(coalesce(result, reason, ''), 1, ?)"
        " FROM runs ORDER BY id DESC LIMIT ?", LONGEST_TEXT_SHOWN + 1, RUNS_SHOWN)
    if not jobs and not runs:
        return "<p>Nothing has run yet. This page looks again every ten seconds.</p>"
    return (
        "<h2>Jobs</h2>" + table(("Job", "State", "Since", "Device"), map(job_cells, jobs))
        + "<h2>Latest runs</h2>" + table(("Run", "Job", "Outcome", "Started", "Took", "Device", "Result"), map(run_cells, runs)))


def job_cells(row: Sequence[Any]) -> Tuple[str, ...]:
    name, status, device, last_update = row
    return cell(name), status_cell(status), cell(history.clock(last_update)), cell(device)


def run_cells(row: Sequence[Any]) -> Tuple[str, ...]:
    run_id, name, status, started, ended, device, attempt, result = row
    took = history.duration(ended - started) if started is not None and ended is not None else "-"
    outcome = status_cell(status, " (attempt {})".format(attempt) if (attempt or 1) > 1 else "")
    return cell(run_id), cell(name), outcome, cell(history.clock(started)), cell(took), cell(device), cell(shortened(str(result)))


def status_cell(status: Any, note: str = "") -> str:
    return '<td class="{}">{}</td>'.format(escape(str(status)), escape("{}{}".format(status, note)))


def cell(value: Any) -> str:
    return "<td>{}</td>".format(escape("-" if value is None else str(value)))


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT_SHOWN else text[:LONGEST_TEXT_SHOWN] + "…"


def table(titles: Iterable[str], lines: Iterable[Tuple[str, ...]]) -> str:
    head = "".join("<th>{}</th>".format(escape(title)) for title in titles)
    return "<table><tr>{}</tr>{}</table>".format(head, "".join("<tr>{}</tr>".format("".join(line)) for line in lines))


def chosen_port() -> int:
    text = os.environ.get("WEB_PORT", "8765")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit("WEB_PORT must be a number from 1 to 65535, not {!r}".format(text))
    return int(text)


def open_server(port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((ADDRESS, port), Visit)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit("Port {} is taken by another program. End that one, or choose another WEB_PORT"
                     " (and change the address that health_check asks).".format(port))
        if error.errno == errno.EACCES:
            sys.exit("Port {} is not for ordinary programs. Choose a WEB_PORT from 1024 up.".format(port))
        raise


def serve() -> None:
    """Serves until it is told to end."""
    # TERM, the daemon's way to say "end", is then the same as Ctrl+C by hand.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with open_server(chosen_port()) as server:
            print("Serving http://{}:{}/".format(ADDRESS, server.server_port), flush=True)
            server.serve_forever()
    except KeyboardInterrupt:
        print("Stopped", flush=True)


if __name__ == "__main__":
    serve()
