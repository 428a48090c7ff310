#!/usr/bin/env python3
"""Many who watch what happens, some of whom take nothing.

    dotnet publish -c Release -o out && bench/events.py out/aios [--readers 500] [--stalled 50] [--runs 1000]

All readers open an event stream on an idle daemon; then so many runs of /bin/true are asked for, some each second, which
make four events each. It shows, and fails if it is not so, that each reader that takes what comes gets every event, once and in order;
how much memory the daemon had before, with all readers, at most, and after they had gone; how long an event took from
its commit to the first reader; and what became of the stalled ones, which begin to read at the end.
"""

import argparse
import asyncio
import json
import re
import socket
import statistics
import sys
import time
from typing import List, Optional

from home import Home

JOBS = '- {name: nothing, type: trigger, command: ["/bin/true"]}'
EVENT = re.compile(rb"id: (\d+)\nevent: ([a-z.]+)\ndata: (.*)\n\n")
PORT = 24681
# Spread, for this client could not take it all at once.
BATCHES = 25


class Reader:
    """One event stream; it checks that no number is left out."""

    def __init__(self, is_timed: bool = False) -> None:
        self.last: Optional[int] = None
        self.events = 0
        self.dropped = 0
        self.gaps = 0
        self.delays: List[float] = []
        self._is_timed = is_timed
        self._rest = b""

    async def open(self, stalled: bool = False) -> None:
        connection = socket.socket()
        if stalled:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.setblocking(False)
        await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", PORT))
        self._reader, self._writer = await asyncio.open_connection(sock=connection, limit=1 << (12 if stalled else 20))
        self._writer.write(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = await self._reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        while self.last is None:
            self._take(await self._chunk())

    async def read_to(self, newest: "asyncio.Future[int]") -> None:
        """Until the last event of all has come, or the stream ends."""
        while not newest.done() or (self.last or 0) < newest.result():
            try:
                self._take(await asyncio.wait_for(self._chunk(), 1))
            except asyncio.TimeoutError:
                continue
            except (asyncio.IncompleteReadError, ConnectionError):
                return

    def close(self) -> None:
        self._writer.close()

    async def _chunk(self) -> bytes:
        size = int(await self._reader.readline(), 16)
        return (await self._reader.readexactly(size + 2))[:-2]

    def _take(self, data: bytes) -> None:
        if self.last is None:
            begin = re.search(rb"id: (\d+)\n\n", data)
            assert begin, data
            self.last = int(begin[1])
            return
        data = self._rest + data
        # A chunk may end anywhere.
        end = data.rfind(b"\n\n") + 2 if b"\n\n" in data else 0
        self._rest = data[end:]
        for event in EVENT.finditer(data, 0, end):
            number = int(event[1])
            if event[2] == b"dropped":
                self.dropped += 1
            elif number != self.last + 1:
                self.gaps += 1
            self.last = number
            self.events += 1
            if self._is_timed:
                at = json.loads(event[3])["at"].rstrip("Z")
                seconds, _, fraction = at.partition(".")
                committed = time.mktime(time.strptime(seconds + " UTC", "%Y-%m-%dT%H:%M:%S %Z")) - time.timezone
                self.delays.append(time.time() - committed - float("0." + (fraction or "0")))


async def watch(home: Home, arguments: argparse.Namespace) -> bool:
    await asyncio.sleep(2)
    before = home.memory_kb("Pss")
    readers = [Reader(is_timed=place == 0) for place in range(arguments.readers - arguments.stalled)]
    stalled = [Reader() for _ in range(arguments.stalled)]
    await asyncio.gather(*(reader.open() for reader in readers), *(reader.open(stalled=True) for reader in stalled))
    await asyncio.sleep(1)
    with_readers = home.memory_kb("Pss")
    newest: "asyncio.Future[int]" = asyncio.get_running_loop().create_future()
    reading = [asyncio.create_task(reader.read_to(newest)) for reader in readers]
    most = with_readers
    for _ in range(BATCHES):
        home.insert("nothing", arguments.runs // BATCHES)
        most = max(most, home.memory_kb("Pss"))
        await asyncio.sleep(1)
    while home.database.execute("SELECT count(*) FROM triggers WHERE processed IS NULL").fetchone()[0]:
        most = max(most, home.memory_kb("Pss"))
        await asyncio.sleep(0.2)
    newest.set_result(home.database.execute("SELECT max(id) FROM events").fetchone()[0])
    while not all(task.done() for task in reading):
        most = max(most, home.memory_kb("Pss"))
        await asyncio.sleep(0.2)
    await asyncio.gather(*reading)

    right = sum(reader.last == newest.result() and not reader.gaps and not reader.dropped for reader in readers)
    events = readers[0].events
    print(f"{right} of {len(readers)} readers got every one of {events} events")
    print(f"from commit to reader: median {statistics.median(readers[0].delays) * 1000:.0f} ms, worst {max(readers[0].delays) * 1000:.0f} ms")
    await asyncio.gather(*(reader.read_to(newest) for reader in stalled))
    late = sum(reader.last == newest.result() and not reader.gaps for reader in stalled)
    print(f"{late} of {len(stalled)} stalled readers, reading at last, got every event or were told what they missed")
    for reader in readers + stalled:
        reader.close()
    await asyncio.sleep(5)
    print(f"memory of the daemon (PSS): {before / 1024:.0f} MB before, {with_readers / 1024:.0f} MB with {arguments.readers} readers, {most / 1024:.0f} MB at most, {home.memory_kb('Pss') / 1024:.0f} MB after")
    return right == len(readers) and late == len(stalled)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--stalled", type=int, default=50)
    parser.add_argument("--runs", type=int, default=1000)
    arguments = parser.parse_args()
    with Home(arguments.executable, JOBS, "--listen", f"127.0.0.1:{PORT}") as home:
        if not asyncio.run(watch(home, arguments)):
            sys.exit("not every reader got everything")


if __name__ == "__main__":
    main()
