#!/usr/bin/env python3
"""Budgets of the gateway under a daemon that is killed again and again, and its ledger, against the bill of the provider itself.

    dotnet publish -c Release -o out && bench/kill_models.py out/aios [--kills 200] [--exchanges 10000] [--seed N] [--keep FOLDER]

A budget fits 100 calls, and 1,000 ask at once, streaming or not, of providers of each kind; at a random moment the daemon gets SIGKILL.
After four of these and a last 1,000 calls without a kill, the next budget takes its turn. Every third budget asks a person for more, who
approves each time: it may cost once more its limit for each approval that was taken up. No provider may have charged a cent more than that.
Then the ledger is held against the bill, over exchanges with tokens of all classes that are not disturbed: each model within 0.1 %.

The providers are those of tests/Models/fake_models.mjs, which needs node. The last two lines are a summary and the same as JSON. The exit
status is 1 if anything was violated.
"""

import argparse
import asyncio
import decimal
import json
import pathlib
import random
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from typing import Dict, List, Optional, Tuple

import soak
from home import plain_environment

FAKE = pathlib.Path(__file__).parent.parent / "tests" / "Models" / "fake_models.mjs"
KINDS = ("openai", "azure", "anthropic", "gemini")
KEY = "a-key-that-is-long-for-an-operator"
AT_ONCE = 1000
FIT = 100
# Which bursts of calls are killed. A budget that asks is approved between them.
PLAIN = (True, True, True, True, False)
ASKING = (True, True, False, True, False, True, False)
PRICE = {"input": 10, "output": 1000}
# A call has 10 tokens of output and 9 of input.
LIMIT = FIT * decimal.Decimal("0.01009")
BEHAVIOURS = ("echo", "words-40", "think", "gpt-5-think", "cached", "tool-2", "json", "usage-beside", "cut-utf8")
IMAGE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": False}


class Gateway:
    """A daemon with its home, and the providers behind it."""

    def __init__(self, executable: str, folder: pathlib.Path, budgets: int) -> None:
        self.home, self.port = folder / "home", free_port()
        (self.home / "Jobs").mkdir(parents=True)
        (self.home / "aios.yaml").write_text(f"listen: 127.0.0.1:{self.port}\nrate_limit: 1000000\n")
        prices = folder / "prices.json"
        prices.write_text(json.dumps({**{f"paced-10-3@{n}": PRICE for n in range(budgets)}, **MIXED_PRICES}))
        self._fake = subprocess.Popen(
            ["node", str(FAKE), "--prices", str(prices)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._fake.stdout is not None
        self._provider = self._fake.stdout.readline().strip()
        (self.home / "models.yaml").write_text(settings(self._provider, budgets))
        self._executable = executable
        self.service = soak.Service(executable, self.home, {**plain_environment(), "AIOS_API_KEYS": f"{KEY}:operator", "FAKE_KEY": "key"}, folder / "log")
        self.service.start()
        self.await_ready()

    def await_ready(self) -> None:
        """Until it answers."""
        for _ in range(600):
            try:
                models = urllib.request.Request(f"http://127.0.0.1:{self.port}/v1/models", headers={"Authorization": f"Bearer {KEY}"})
                with urllib.request.urlopen(models, timeout=5) as answer:
                    if b'"r0"' in answer.read():
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the gateway does not answer:\n{self.service.log.read_text()[-2000:]}")

    def bill(self) -> Dict[str, Dict[str, object]]:
        """What the providers charge for each model, by its name there."""
        with urllib.request.urlopen(f"{self._provider}/bill") as answer:
            return json.load(answer)["models"]

    def approve(self, budget: str) -> int:
        """A person approves what a budget asks; the answer is how often."""
        waiting = self.query(f"SELECT id FROM approvals WHERE status = 'waiting' AND question LIKE 'Budget {budget} (%'")
        for number, in waiting:
            subprocess.run([self._executable, "approve", str(number), "--home", str(self.home)], check=True, stdout=subprocess.DEVNULL)
        return len(waiting)

    def query(self, sql: str) -> List[Tuple]:
        """The rows of a query."""
        connection = sqlite3.connect(self.home / "orchestrator.db", timeout=30)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def stop(self) -> None:
        """Ends it, and the providers."""
        self.service.stop()
        assert self._fake.stdin is not None
        self._fake.stdin.close()
        self._fake.wait(10)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def price_of(number: int) -> Dict[str, float]:
    """No two classes of a model have the same price, and each model has others."""
    return {
        "input": number + 0.15, "cached_input": number / 100, "cache_write": number + 0.375, "output": 2 * number + 0.6,
        "reasoning": 3 * number + 0.2, "image": number / 1000, "request": number / 10000,
    }


MIXED_PRICES = {
    f"{behaviour}@{kind}": price_of(number)
    for number, (kind, behaviour) in enumerate(((kind, behaviour) for kind in KINDS for behaviour in BEHAVIOURS), 1)}


def settings(provider: str, budgets: int) -> str:
    """models.yaml."""
    lines = ["providers:"]
    lines += [f'  {kind}: {{kind: {kind}, url: "{provider}{"/v1" if kind == "openai" else ""}", key: "env:FAKE_KEY"}}' for kind in KINDS]
    lines += ["models:"]
    lines += [f'  m{n}: {{provider: {KINDS[n % 4]}, name: "paced-10-3@{n}", price: {json.dumps(PRICE)}}}' for n in range(budgets)]
    lines += [f'  {kind}-{behaviour}: {{provider: {kind}, name: "{behaviour}@{kind}", price: {json.dumps(MIXED_PRICES[f"{behaviour}@{kind}"])}}}'
              for kind in KINDS for behaviour in BEHAVIOURS]
    lines += ["routes:", *(f"  r{n}: [m{n}]" for n in range(budgets)), "budgets:"]
    lines += [f'  b{n}: {{limit: {LIMIT}, per: 1mo, of: "route:r{n}", on_excess: {"ask" if asks(n) else "reject"}}}' for n in range(budgets)]
    return "\n".join(lines) + "\n"


def asks(number: int) -> bool:
    """Whether a budget asks a person for more."""
    return number % 3 == 2


async def send(port: int, path: str, body: Dict[str, object]) -> Tuple[int, bytes]:
    """The status and the rest of the answer; 0 if the connection broke before one was there."""
    text = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {KEY}\r\nx-api-key: {KEY}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\nConnection: close\r\n\r\n")
    writer: Optional[asyncio.StreamWriter] = None
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + text)
        answer = await asyncio.wait_for(reader.read(), 120)
        return (int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0), answer
    except OSError:
        return 0, b""
    finally:
        if writer is not None:
            writer.close()


async def burst(gateway: Gateway, route: str, kill_after: Optional[float]) -> Dict[int, int]:
    """1,000 calls at once; the answer is how many had each status."""
    def ask(number: int) -> "asyncio.Future[Tuple[int, bytes]]":
        body = {"model": route, "max_completion_tokens": 10, "stream": number % 2 == 0, "messages": [{"role": "user", "content": "Go on."}]}
        return asyncio.ensure_future(send(gateway.port, "/v1/chat/completions", body))

    calls = [ask(number) for number in range(AT_ONCE)]
    if kill_after is not None:
        await asyncio.sleep(kill_after)
        gateway.service.send(signal.SIGKILL)
    found: Dict[int, int] = {}
    for status, _ in await asyncio.gather(*calls):
        found[status] = found.get(status, 0) + 1
    return found


def drive(gateway: Gateway, options: argparse.Namespace, violations: List[str]) -> Dict[str, object]:
    """All kills; each budget against the bill."""
    random_ = random.Random(options.seed)
    kills = number = approved = used = answered = sent = 0
    while kills < options.kills:
        route = f"r{number}"
        for is_killed in ASKING if asks(number) else PLAIN:
            found = asyncio.run(burst(gateway, route, random_.uniform(0, 1.2) if is_killed else None))
            kills += is_killed
            sent += AT_ONCE
            answered += found.get(200, 0)
            if strange := {status: count for status, count in found.items() if status not in ((0, 200, 429) if is_killed else (200, 429))}:
                violations.append(f"{route}: other answers than were expected: {strange}")
            gateway.await_ready()
            approved += gateway.approve(f"b{number}")
        allowed = 1 + gateway.query(
            f"SELECT count(*) FROM approvals WHERE used IS NOT NULL AND question LIKE 'Budget b{number} (%'")[0][0]
        cost = decimal.Decimal(str(gateway.bill().get(f"paced-10-3@{number}", {"cost": "0"})["cost"]))
        if cost > allowed * LIMIT:
            violations.append(f"{route}: the provider charges {cost}, the limit is {allowed} times {LIMIT}")
        used += allowed - 1
        number += 1
        print(f"{kills} kills: {route} has cost {cost} of {allowed * LIMIT} USD", flush=True)
    bill = [decimal.Decimal(str(row["cost"])) for row in gateway.bill().values()]
    most = LIMIT * (number + used)
    if not bill or sum(bill) < most / 4:
        violations.append(f"only {sum(bill)} of {most} USD was ever spent")
    if used == 0 and number > 2:
        violations.append("no approval was ever taken up")
    return {"kills": kills, "budgets": number, "calls": sent, "answered": answered, "approved": approved, "approvals used": used,
            "limits, USD": float(most), "charged, USD": float(sum(bill))}


def exchange(number: int) -> Tuple[str, Dict[str, object]]:
    """Each kind and behaviour with each format, streaming or not; each fifth has an image."""
    kind, behaviour = KINDS[number % 4], BEHAVIOURS[number // 4 % len(BEHAVIOURS)]
    is_chat = number // 36 % 2 == 0
    picture: Dict[str, object] = (
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{IMAGE}"}} if is_chat
        else {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": IMAGE}})
    words = {"type": "text", "text": f"This is request {number}. {' '.join(['Zürich 東京'] * (number % 17))}"}
    body: Dict[str, object] = {
        "model": f"{kind}-{behaviour}", "messages": [{"role": "user", "content": [picture, words] if number % 5 == 0 else [words]}],
        "max_completion_tokens" if is_chat else "max_tokens": 500, "stream": number // 72 % 2 == 1}
    if behaviour == "tool-2":
        body["tools"] = [{"type": "function", "function": {"name": "weather", "parameters": SCHEMA}} if is_chat else {"name": "weather", "input_schema": SCHEMA}]
    elif behaviour == "json" and is_chat:
        body["response_format"] = {"type": "json_schema", "json_schema": {"name": "city", "schema": SCHEMA, "strict": True}}
    elif behaviour == "json":
        body["output_config"] = {"format": {"type": "json_schema", "schema": SCHEMA}}
    return "/v1/chat/completions" if is_chat else "/v1/messages", body


async def exchange_all(gateway: Gateway, count: int, violations: List[str]) -> None:
    """Undisturbed, 16 at once."""
    numbers = iter(range(count))

    async def work() -> None:
        for number in numbers:
            path, body = exchange(number)
            status, answer = await send(gateway.port, path, body)
            if status != 200:
                violations.append(f"exchange {number}: {status} {answer[-300:]!r}")

    await asyncio.gather(*(work() for _ in range(16)))


def compare(gateway: Gateway, count: int, violations: List[str]) -> Dict[str, object]:
    """The ledger against the bill."""
    asyncio.run(exchange_all(gateway, count, violations))
    recorded_by = "SELECT model, sum(cost), count(*) FROM calls WHERE provider || '-' || substr(model, length(provider) + 2) = model GROUP BY model"
    for _ in range(300):
        rows = {model: (cost, calls) for model, cost, calls in gateway.query(recorded_by)}
        if sum(calls for _, calls in rows.values()) >= count:
            break
        time.sleep(0.1)
    bill, worst = gateway.bill(), 0.0
    recorded = charged = 0.0
    for kind, behaviour in ((kind, behaviour) for kind in KINDS for behaviour in BEHAVIOURS):
        cost, calls = rows.get(f"{kind}-{behaviour}", (0.0, 0))
        row = bill.get(f"{behaviour}@{kind}", {"cost": "0", "calls": 0})
        own = float(str(row["cost"]))
        recorded, charged = recorded + cost, charged + own
        off = abs(cost - own) / own if own else float(cost != 0)
        worst = max(worst, off)
        if off > 0.001 or calls != row["calls"]:
            violations.append(f"{kind}-{behaviour}: {calls} calls for {cost} USD in the ledger, {row['calls']} for {own} USD on the bill")
    return {"exchanges": count, "recorded, USD": round(recorded, 6), "billed, USD": round(charged, 6), "worst difference of a model": worst}


def run(options: argparse.Namespace, folder: pathlib.Path) -> int:
    began, violations = time.monotonic(), []  # type: Tuple[float, List[str]]
    gateway = Gateway(options.executable, folder, options.kills // 4 + 2)
    try:
        figures = drive(gateway, options, violations)
        if options.exchanges:
            figures.update(compare(gateway, options.exchanges, violations))
    finally:
        gateway.stop()
    violations += gateway.service.unasked
    print("\n".join(violations[:50]), file=sys.stderr)
    figures.update({"seconds": round(time.monotonic() - began), "violations": len(violations)})
    print(", ".join(f"{name}: {value}" for name, value in figures.items()))
    print(json.dumps(figures))
    return 1 if violations else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--exchanges", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536) if most > 0 else 65536, most))
    print(f"seed {options.seed}", flush=True)
    folder = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="aios-kill-models-", dir="/var/tmp"))
    folder.mkdir(exist_ok=True)
    try:
        status = run(options, folder)
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
