"""Where a started program says that it has reached its first instruction."""

import os
import pathlib
import select
import time
from typing import Tuple


class Stamps:
    """A named pipe. Who reads it sleeps until a program writes, so the measuring takes nothing from what is measured."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        os.mkfifo(path)
        # Programs in containers may be somebody else.
        path.chmod(0o666)
        # Open for both, so that it never ends and nobody waits for the other side to open.
        self._file = os.open(path, os.O_RDWR)
        self._rest = b""

    def __enter__(self) -> "Stamps":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)
        os.unlink(self.path)

    def next(self, seconds: float = 120) -> Tuple[float, int]:
        """When the next program began, in the monotonic time of all processes, and its id."""
        until = time.monotonic() + seconds
        while b"\n" not in self._rest:
            if not select.select([self._file], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError(f"no program began within {seconds:.0f} s")
            self._rest += os.read(self._file, 65536)
        line, self._rest = self._rest.split(b"\n", 1)
        at, pid = line.split()
        return float(at), int(pid)
