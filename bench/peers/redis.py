"""A Redis of its own, reached through a socket in the file system."""

import pathlib

from suite.bench import Bench, LeftOut
from suite.processes import Service, wait_for
from suite.provision import found


class Redis(Service):
    """With Redis's own settings, which keep what was accepted in memory and write it down minutes later; or, `is_durable`,
    with each accepted order on the disk before it is acknowledged."""

    def __init__(self, bench: Bench, is_durable: bool = False) -> None:
        folder = bench.new_folder("redis")
        self.socket: pathlib.Path = folder / "socket"
        durable = ["--appendonly", "yes", "--appendfsync", "always"] if is_durable else []
        super().__init__([found("redis-server"), "--port", "0", "--unixsocket", str(self.socket), "--dir", str(folder), *durable], folder)
        try:
            wait_for(self.socket.exists, "Redis", 10)
        except TimeoutError as error:
            raise LeftOut(str(error)) from error
