#!/usr/bin/env python3
"""The gateway to language models: what it adds to a call, how many calls it takes, and what memory that needs.

    dotnet publish -c Release -o out && bench/models.py out/aios [--rounds 10] [--calls 100000] [--only WORD] [--peers]

    call      one call after another, answered at once
    stream    one stream of 64 pieces after another
    parallel  64 calls at once; calls a second, and calls for each second of the gateway's processor time
    streams   64 streams of 64 pieces at once
    memory    resident memory of the gateway after so many calls

A provider of tests/Models/fake_models.mjs answers on this machine. Each round asks it directly, through AIOS, which records each call, and
with --peers through Portkey's gateway (npm), in turns. What is added is the difference of the percentiles of a round to the direct ones; with
--peers, ratios of the rounds and a table for a page come at the end. It needs node and cc. The last line is the same as JSON.
"""

import argparse
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from typing import Dict, List, NamedTuple, Optional, Tuple

from home import Home, compiled
from suite import provision
from suite.processes import Service, children_of, cpu_seconds

PROGRAMS = pathlib.Path(__file__).parent / "programs"
FAKE = pathlib.Path(__file__).parent.parent / "tests" / "Models" / "fake_models.mjs"
PIECES = 64
PARALLEL = 64
LISTEN = 24683
# With a newer server its streams fail: "TypeError: immutable".
PORTKEY = ["@portkey-ai/gateway@1.15.2", "@hono/node-server@1.8.2"]
FIGURES: Dict[str, Dict[str, float]] = {}
ROWS: List[str] = []
MODELS = """
providers:
  fake: {{kind: openai, url: "http://127.0.0.1:{port}/v1"}}
models:
  echo: {{provider: fake, price: {{input: 0.15, output: 0.60}}}}
  words-{pieces}: {{provider: fake, price: {{input: 0.15, output: 0.60}}}}
budgets:
  all: {{limit: 1000000, per: 1mo}}
"""


class Target(NamedTuple):
    """Who is asked, where, with which headers beside the usual ones, and whose processor time counts."""

    name: str
    port: int
    headers: str
    pid: int


class Times(NamedTuple):
    """Milliseconds to the first byte and to the end of each answer; seconds of all together, and of the processor."""

    first: List[float]
    total: List[float]
    took: float
    processor: float


def tell(name: str, unit: str, values: List[float]) -> None:
    figures = {"median": statistics.median(values), "least": min(values), "most": max(values)}
    FIGURES[f"{name}, {unit}"] = {key: round(value, 4) for key, value in figures.items()}
    print(f"{name}: {figures['median']:,.4g} {unit} ({figures['least']:,.4g} to {figures['most']:,.4g})", flush=True)


def percentile(values: List[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Load:
    """Asks a target, with a program that is no bottleneck."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._program = compiled((PROGRAMS / "http_load.c").read_text(), folder, "http_load")

    def ask(self, target: Target, model: str, stream: bool, connections: int, count: int) -> Times:
        body = json.dumps({"model": model, "stream": stream, "messages": [{"role": "user", "content": "Say hello to the world."}], "max_tokens": 100})
        request = self._folder / "request"
        request.write_text(
            f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{target.port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n{target.headers}\r\n{body}")
        before, began = cpu_seconds(processes(target)), time.monotonic()
        output = subprocess.run(
            [self._program, str(target.port), str(request), str(connections), str(count)], check=True, capture_output=True, text=True).stdout
        took = time.monotonic() - began
        rows = [line.split() for line in output.splitlines()]
        return Times([int(row[0]) / 1000 for row in rows], [int(row[1]) / 1000 for row in rows], took, cpu_seconds(processes(target)) - before)


def processes(target: Target) -> List[int]:
    return [target.pid, *children_of(target.pid)]


def measure(load: Load, targets: List[Target], name: str, stream: bool, connections: int, count: int, rounds: int) -> None:
    """The first target is the provider itself."""
    model = f"words-{PIECES}" if stream else "echo"
    found: Dict[str, List[Times]] = {target.name: [] for target in targets}
    for number in range(rounds + 1):
        for target in targets:
            times = load.ask(target, model, stream, connections, count)
            # The first round makes connections and warms up.
            if number > 0:
                found[target.name].append(times)
    direct = found[targets[0].name]
    for share, word in ((0.5, "p50"), (0.99, "p99")):
        tell(f"{name}, directly, {word}", "ms", [percentile(times.total, share) for times in direct])
        for target in targets[1:]:
            pairs = list(zip(found[target.name], direct))
            tell(f"{name}, added by {target.name}, {word}", "ms", [percentile(one.total, share) - percentile(other.total, share) for one, other in pairs])
            if stream:
                tell(f"{name}, added by {target.name} to the first piece, {word}", "ms",
                     [percentile(one.first, share) - percentile(other.first, share) for one, other in pairs])
    if len(targets) > 2:
        compare(name, found, targets, count)
    if connections > 1:
        for target in targets:
            tell(f"{name}, {target.name}", "a second", [count / times.took for times in found[target.name]])
        for target in targets[1:]:
            tell(f"{name}, {target.name}, for a second of its processor time", "calls", [count / times.processor for times in found[target.name]])


def compare(name: str, found: Dict[str, List[Times]], targets: List[Target], count: int) -> None:
    """How many times as good AIOS is as each peer: the ratio of each round, and a row of the table for each measure."""
    direct, ours = found[targets[0].name], found[targets[1].name]
    for peer in targets[2:]:
        theirs = found[peer.name]
        for share, word in ((0.5, "p50"), (0.99, "p99")):
            added = [[percentile(one.total, share) - percentile(base.total, share) for one, base in zip(each, direct)] for each in (ours, theirs)]
            row(f"added to {name}, {word}", "ms", peer.name, added[0], added[1], [other / one for one, other in zip(*added) if one > 0 and other > 0])
        rates = [[count / times.took for times in each] for each in (ours, theirs)]
        row(f"{name}, a second", "", peer.name, rates[0], rates[1], [one / other for one, other in zip(*rates)])


def row(what: str, unit: str, peer: str, ours: List[float], theirs: List[float], ratios: List[float]) -> None:
    if not ratios:
        print(f"{what}: less than the noise of the machine")
        return
    tell(f"{what}, AIOS to {peer}", "times as good", ratios)
    one, other = (f"{statistics.median(values):,.3g} {unit}".strip() for values in (ours, theirs))
    ROWS.append(f"| {what} | {one} | {other} | {statistics.median(ratios):.2g} ({min(ratios):.2g} to {max(ratios):.2g}) |")


def portkey(folder: pathlib.Path, provider_port: int) -> Tuple[Service, Target]:
    """Portkey's gateway, which is told by headers where the provider is."""
    modules = provision.NODE / "portkey"
    gateway = modules / "node_modules" / "@portkey-ai" / "gateway"
    if not gateway.exists():
        print(f"installing {', '.join(PORTKEY)} into {modules} ...", flush=True)
        modules.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--legacy-peer-deps", "--prefix", str(modules), *PORTKEY], check=True)
    port = free_port()
    environment = {**os.environ, "TRUSTED_CUSTOM_HOSTS": "127.0.0.1", "NODE_ENV": "production"}
    service = Service(["node", str(gateway / "build" / "start-server.js"), f"--port={port}", "--headless"], folder, environment, "portkey")
    await_port(port)
    headers = f"x-portkey-provider: openai\r\nx-portkey-custom-host: http://127.0.0.1:{provider_port}/v1\r\nAuthorization: Bearer key\r\n"
    return service, Target("Portkey", port, headers, service.pid)


def await_port(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port} after 30 seconds")


def await_models(home: Home, provider: int) -> None:
    """Until models.yaml is in force."""
    (home.path / "models.yaml").write_text(MODELS.format(port=provider, pieces=PIECES))
    for _ in range(100):
        with urllib.request.urlopen(f"http://127.0.0.1:{LISTEN}/v1/models") as answer:
            if "echo" in answer.read().decode():
                return
        time.sleep(0.1)
    raise RuntimeError("models.yaml is not in force after 10 seconds")


def resident(target: Target) -> float:
    """Megabytes; what the processes of a gateway share counts once."""
    fields = "".join(pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in processes(target))
    return sum(int(line.split()[1]) for line in fields.splitlines() if line.startswith("Pss:")) / 1024


def of_memory(load: Load, home: Home, targets: List[Target], calls: int) -> None:
    for target in targets[1:]:
        tell(f"resident memory of {target.name} before", "MB", [resident(target)])
        load.ask(target, "echo", False, PARALLEL, calls)
        load.ask(target, f"words-{PIECES}", True, PARALLEL, calls // 50)
        tell(f"resident memory of {target.name} right after {calls:,} calls", "MB", [resident(target)])
    time.sleep(15)
    for target in targets[1:]:
        tell(f"resident memory of {target.name} 15 s later", "MB", [resident(target)])
    for _ in range(300):
        recorded, = home.database.execute("SELECT count(*) FROM calls").fetchone()
        if recorded >= calls:
            break
        time.sleep(0.1)
    tell("calls in the ledger", "rows", [recorded])


def run(given: argparse.Namespace, folder: pathlib.Path) -> None:
    fake = subprocess.Popen(["node", str(FAKE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    gateway: Optional[Service] = None
    try:
        assert fake.stdout is not None
        provider = int(fake.stdout.readline().rsplit(":", 1)[1])
        with Home(given.executable, "[]", "--listen", f"127.0.0.1:{LISTEN}", "--max-parallel", "1") as home:
            await_models(home, provider)
            targets = [Target("the provider", provider, "", fake.pid), Target("AIOS", LISTEN, "", home.daemon.pid)]
            if given.peers:
                gateway, target = portkey(folder, provider)
                targets.append(target)
            load = Load(folder)
            measures = {
                "call": lambda: measure(load, targets, "a call", False, 1, 1000, given.rounds),
                "stream": lambda: measure(load, targets, f"a stream of {PIECES} pieces", True, 1, 300, given.rounds),
                "parallel": lambda: measure(load, targets, f"{PARALLEL} calls at once", False, PARALLEL, 6400, given.rounds),
                "streams": lambda: measure(load, targets, f"{PARALLEL} streams at once", True, PARALLEL, 1280, given.rounds),
                "memory": lambda: of_memory(load, home, targets, given.calls),
            }
            chosen = [name for name in measures if given.only in name]
            if not chosen:
                sys.exit(f"--only {given.only}: no such measure, expected one of {', '.join(measures)}")
            for name in chosen:
                measures[name]()
    finally:
        if gateway is not None:
            gateway.__exit__()
        assert fake.stdin is not None
        fake.stdin.close()
        fake.wait(10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--peers", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aios-bench-", dir="/var/tmp") as folder:
        run(given, pathlib.Path(folder))
    if ROWS:
        print("\n".join(["", "| measure | AIOS | Portkey | ratio |", "| --- | ---: | ---: | ---: |", *ROWS, ""]))
    print(json.dumps(FIGURES))


if __name__ == "__main__":
    main()
