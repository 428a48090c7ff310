#!/usr/bin/env python3
"""Hostile requests to every route of the API, and bytes that are no requests at all.

    dotnet publish -c Release -o out && bench/fuzz_requests.py out/aios [--requests 200000] [--seconds 900] [--seed 1]

A daemon of its own on this machine is asked, by several clients at once, for each route of its openapi.json with hostile
values in path, query, headers and body; and it is sent broken chunks, floods of headers, halves of requests and changed
bytes. It fails if an answer is an error of the server (5xx, but 505), if an error has no body, if one takes longer than ten
seconds, if /readyz does not answer meanwhile, if memory does not come back, or if a good job does not run at once afterwards.
The same seed sends the same requests.
"""

import argparse
import collections
import json
import pathlib
import random
import socket
import sys
import threading
import time
import urllib.parse
from typing import Any, Counter, Dict, List, Optional, Tuple

from home import Home

PORT = 24683
PATIENCE = 10
PATIENCE_WITH_HALF = 0.2
CLIENTS = 6
MEMORY = 200 << 20
JOBS = """
- {name: good, type: trigger, command: ["/bin/true"]}
- {name: checked, type: trigger, command: ["/bin/true"], priority: 1000000}
- {name: paused, type: trigger, command: ["/bin/true"], enabled: false}
- {name: odd.name, type: trigger, command: ["/bin/true"]}
"""
TEXTS = [
    "", " ", "good", "paused", "odd/na me", "no such job", "..", "../../etc/passwd", "%00", "\0", "\n", "a\r\nX: y", "\u202egpj", "\x1b]52;c;x\x07", "\x9b2J",
    "é", "日本語", "🙂", "\ud83d", "\udce9", "a" * 300, "a" * 5000, "'; DROP TABLE triggers; --", "*", "?", "[", "true", "null", "NaN", "{}", "[]", "-1", "0", "1", "2",
    "9223372036854775807", "9223372036854775808", "1e400", "-0", "0x10", "2026-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01", "10000-01-01T00:00:00Z", "now",
]
NUMBERS = ["0", "-1", "1", "1e400", "-1e400", "1e-400", "0.1", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "1E5", "-0"]
RAW_JSON = [
    "", "{", "}", "[", "nul", "NaN", "Infinity", "'a'", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "[1,]", "\ufeff{}", "{}{}", "{} x", "// c\n{}", "\"\\ud800\"", "\"\\udce9\"", "\"\\u0000\"",
    "{\"\\ud800\": 1}", "{\"kwargs\": {\"path\": \"\\udce9\"}}", "{\"kwargs\": {\"\\udce9\": 1}}", "{\"args\": [\"\\ud800\"]}", "{\"dedup_key\": \"\\ud800\"}", "{\"dedup_key\": \"\\u0000\"}",
    "[" * 2000, "[" * 900 + "]" * 900, "{\"args\": " + "[" * 1500 + "]" * 1500 + "}", "\"" + "\\u00e9" * 1000 + "\"", "1e999999999",
]
CHUNKS = ["ffffffff", "7fffffff", "80000000", "fffffffffffffffff", "-1", "0x1", "", " ", "g", "1;ext=\"", "00000000000000000001", "1\r"]
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "FOO", "G" * 300, "", "\0"]
TYPES = ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/json, text/html", "a/b;c=\"", "APPLICATION/JSON"]


class Failures:
    """What went wrong, by kind, with the first request of each."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self.found: Dict[str, Tuple[int, bytes]] = {}

    def add(self, kind: str, request: bytes) -> None:
        with self._gate:
            count, first = self.found.get(kind, (0, request))
            self.found[kind] = (count + 1, first)


class Requests:
    """Makes hostile requests of the routes that the daemon says it has."""

    def __init__(self, document: Dict[str, Any], seed: int) -> None:
        self._random = random.Random(seed)
        self._routes = [(path, method.upper(), operation) for path, methods in document["paths"].items() for method, operation in methods.items()]

    def next(self) -> Tuple[bytes, bool]:
        """The next one, and whether it is a whole request, which must be answered."""
        kind = self._random.random()
        if kind < 0.7:
            request = self._of_route()
            return request, b"Transfer-Encoding" not in request
        if kind < 0.8:
            return self._mutated(self._of_route()), False
        return self._broken(), False

    def _pick(self, items: List[Any]) -> Any:
        return self._random.choice(items)

    def _escaped(self, text: str) -> str:
        data = text.encode("utf-8", "surrogatepass")
        return self._pick([urllib.parse.quote(data, safe=""), urllib.parse.quote(data), "".join(f"%{byte:02x}" for byte in data), "%ff%fe", "%", "%zz"]) if self._random.random() < 0.9 else "%c0%af"

    def _of_route(self) -> bytes:
        path, method, operation = self._pick(self._routes)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", self._escaped(self._pick(TEXTS)))
        names = [parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"] + ["unknown", "", "é"]
        query = "&".join(f"{urllib.parse.quote(self._pick(names))}={self._escaped(self._pick(TEXTS))}" for _ in range(self._pick([0, 0, 1, 1, 2, 5])))
        body = self._body(operation) if "requestBody" in operation or self._random.random() < 0.1 else None
        return self._request(method if self._random.random() < 0.95 else self._pick(METHODS), path + ("?" + query if query else ""), body)

    def _request(self, method: str, target: str, body: Optional[bytes]) -> bytes:
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close"]
        for name in ("Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID", "traceparent", "Accept", "X-Odd"):
            if self._random.random() < 0.08:
                lines.append(f"{name}: {self._pick(TEXTS)}".replace("\r", "").replace("\n", "").replace("\0", ""))
        if body is not None:
            lines.append(f"Content-Type: {'application/json' if self._random.random() < 0.9 else self._pick(TYPES)}")
            if self._random.random() < 0.1:
                lines.append("Transfer-Encoding: chunked")
                body = self._chunked(body)
            else:
                lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join(lines).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + (body or b"")

    def _chunked(self, body: bytes) -> bytes:
        length = f"{len(body):x}" if self._random.random() < 0.3 else self._pick(CHUNKS)
        return length.encode() + b"\r\n" + body + b"\r\n0\r\n\r\n"

    def _body(self, operation: Dict[str, Any]) -> bytes:
        kind = self._random.random()
        if kind < 0.3:
            return self._pick(RAW_JSON).encode("utf-8", "surrogatepass")
        if kind < 0.32:
            return b"{\"kwargs\": {\"big\": \"" + b"x" * self._pick([100_000, 3_900_000, 4_100_000]) + b"\"}}"
        if kind < 0.36:
            return self._random.randbytes(self._pick([1, 10, 1000]))
        names = ["args", "kwargs", "run_at", "priority", "dedup_key", "job_name", "triggers", "text", "file", "value", "occurrences", "log_level", "reason", "unknown"]
        return self._object(names, 0).encode("utf-8", "surrogatepass")

    def _object(self, names: List[str], depth: int) -> str:
        chosen = [self._pick(names) for _ in range(self._pick([0, 1, 2, 3, 6]))]
        return "{" + ", ".join(f"{json.dumps(name)}: {self._value(depth + 1)}" for name in chosen) + "}"

    def _value(self, depth: int) -> str:
        kind = self._random.randrange(7 if depth < 4 else 4)
        if kind == 0:
            return self._pick(NUMBERS)
        if kind == 1:
            return self._pick(["true", "false", "null"])
        if kind in (2, 3):
            return json.dumps(self._pick(TEXTS))
        if kind == 4:
            return "[" + ", ".join(self._value(depth + 1) for _ in range(self._pick([0, 1, 3, 20]))) + "]"
        return self._object(["a", "job_name", "\ud800", "", "args", "kwargs"], depth)

    def _mutated(self, request: bytes) -> bytes:
        changed = bytearray(request[:20_000])
        for _ in range(self._pick([1, 2, 10])):
            at = self._random.randrange(len(changed))
            how = self._random.random()
            if how < 0.5:
                changed[at] = self._random.randrange(256)
            elif how < 0.75:
                del changed[at:at + self._pick([1, 4, 50])]
            else:
                changed[at:at] = self._random.randbytes(self._pick([1, 3]))
            changed = changed or bytearray(b"G")
        return bytes(changed)

    def _broken(self) -> bytes:
        head = b"POST /api/v1/jobs/good/trigger HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
        return self._pick([
            lambda: head + b"Transfer-Encoding: chunked\r\n\r\n" + self._chunked(b"{}"),
            lambda: head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            lambda: head + b"Content-Length: " + self._pick([b"-1", b"99999999999999999999", b"1, 1", b"0x5", b""]) + b"\r\n\r\n{}",
            lambda: head + b"".join(b"X-%d: 1\r\n" % i for i in range(self._pick([63, 64, 65, 500]))) + b"\r\n",
            lambda: head + b"X-Long: " + b"a" * self._pick([8_000, 16_000, 40_000]) + b"\r\n\r\n",
            lambda: b"GET /" + b"a" * self._pick([8_000, 9_000, 40_000]) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
            lambda: f"{self._pick(METHODS)} {self._pick(['/', '*', 'http://localhost/readyz', '//', '/%', '', '/../..'])} {self._pick(['HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '', 'x'])}\r\nHost: {self._pick(['localhost', '', 'a b', 'evil.example', '[::1', 'localhost:99999'])}\r\nConnection: close\r\n\r\n".encode(),
            lambda: b"GET /readyz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            lambda: b"GET /readyz HTTP/1.1\r\n\r\n",
            lambda: b"GET /readyz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
            lambda: b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + self._pick([b"", b"x", b"AAAAAAAAAAAAAAAAAAAAAA==", b"A" * 5000]) + b"\r\n\r\n",
            lambda: self._random.randbytes(self._pick([1, 100, 5000])),
            lambda: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + self._random.randbytes(200),
            lambda: b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20 + b"\0\0\0\r\n\r\n",
            lambda: head[:self._random.randrange(len(head))],
        ])()


def ask(request: bytes, is_whole: bool = True, longest: int = 65536) -> bytes:
    """Sends it, and reads the beginning of the answer; what goes on for ever, or waits for more, is left."""
    with socket.create_connection(("127.0.0.1", PORT), timeout=PATIENCE) as connection:
        answer = b""
        try:
            connection.sendall(request)
        except OSError:
            pass  # Refused before it was all sent; the answer may be there.
        try:
            connection.settimeout(PATIENCE if is_whole else PATIENCE_WITH_HALF)
            while len(answer) < longest and (part := connection.recv(65536)):
                answer += part
                if b"text/event-stream" in answer.partition(b"\r\n\r\n")[0] or answer.startswith(b"HTTP/1.1 101"):
                    break
        except ConnectionError:
            pass
        except TimeoutError:
            if is_whole:
                raise
        return answer


def judge(request: bytes, answer: bytes, failures: Failures, seen: Counter[str]) -> None:
    if not answer.startswith(b"HTTP/1.1 "):
        seen["closed without an answer" if not answer else "something else"] += 1
        return
    status = answer[9:12].decode("latin1")
    seen[status] += 1
    head, _, body = answer.partition(b"\r\n\r\n")
    if status >= "500" and status != "505":
        failures.add(f"status {status}", request)
    if status >= "400" and not body and not request.startswith(b"HEAD"):
        failures.add(f"status {status} without a body", request)


def work(requests: Requests, count: int, until: float, failures: Failures, seen: Counter[str]) -> None:
    for _ in range(count):
        if time.monotonic() > until:
            return
        request, is_whole = requests.next()
        try:
            judge(request, ask(request, is_whole), failures, seen)
        except TimeoutError:
            failures.add(f"no answer within {PATIENCE} s", request)
        except OSError as error:
            failures.add(f"no connection: {error}", request)


def probe(stop: threading.Event, failures: Failures, slowest: List[float]) -> None:
    request = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    while not stop.wait(0.1):
        began = time.monotonic()
        try:
            if not ask(request).startswith(b"HTTP/1.1 200"):
                failures.add("/readyz is not ready", request)
        except OSError as error:
            failures.add(f"/readyz: {error}", request)
        slowest[0] = max(slowest[0], time.monotonic() - began)


def memory(pid: int) -> int:
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS"))


def run_good(home: Home) -> float:
    """How long it takes until the run of a good job has succeeded; no request names it, so none can have paused it."""
    began = time.monotonic()
    cursor = home.database.execute("INSERT INTO triggers (job_name, created) VALUES ('checked', ?)", (time.time(),))
    home.database.commit()
    while home.database.execute("SELECT status FROM triggers WHERE id = ?", (cursor.lastrowid,)).fetchone()[0] != "succeeded":
        if time.monotonic() - began > 60:
            return float("inf")
        time.sleep(0.01)
    return time.monotonic() - began


def main() -> None:
    global PORT
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=PORT)
    arguments = parser.parse_args()
    PORT = arguments.port
    failures, seen, slowest = Failures(), collections.Counter(), [0.0]
    with Home(str(pathlib.Path(arguments.executable).resolve()), JOBS, "--listen", f"127.0.0.1:{PORT}", settings="rate_limit: 1000000\n") as home:
        document = json.loads(ask(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", longest=1 << 24).partition(b"\r\n\r\n")[2])
        before = memory(home.daemon.pid)
        began, stop = time.monotonic(), threading.Event()
        prober = threading.Thread(target=probe, args=(stop, failures, slowest))
        prober.start()
        counters = [collections.Counter() for _ in range(CLIENTS)]
        workers = [
            threading.Thread(target=work, args=(Requests(document, arguments.seed * 1000 + number), arguments.requests // CLIENTS + 1, began + arguments.seconds, failures, counters[number]))
            for number in range(CLIENTS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        took = time.monotonic() - began
        stop.set()
        prober.join()
        for counter in counters:
            seen.update(counter)
        good = min(run_good(home) for _ in range(3))
        after = memory(home.daemon.pid)
        until = time.monotonic() + 60
        while after > before + MEMORY and time.monotonic() < until:
            time.sleep(1)
            after = memory(home.daemon.pid)
        if home.daemon.poll() is not None:
            failures.add("the daemon has ended", b"")
    print(f"{sum(seen.values()):,} requests in {took:.0f} s: " + ", ".join(f"{count:,} {status}" for status, count in sorted(seen.items())))
    print(f"/readyz took {slowest[0] * 1000:.0f} ms at most; a good job took {good * 1000:.0f} ms; memory {before >> 20} MB before, {after >> 20} MB after")
    if after > before + MEMORY:
        failures.add("memory did not come back", b"")
    if good > 1:
        failures.add(f"a good job took {good:.1f} s", b"")
    for kind, (count, first) in failures.found.items():
        print(f"FAILED: {kind}, {count} times, first for {first[:400]!r} ... {first[-400:]!r}")
    sys.exit(1 if failures.found else 0)


if __name__ == "__main__":
    main()
