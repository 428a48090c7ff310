"""What a measure is given: the executable, how much to do, and tools that are made once."""

import pathlib
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Callable, ContextManager, Dict, List, TypeVar

PROGRAMS = pathlib.Path(__file__).parent.parent / "programs"
# All run so many at once, as AIOS does by itself on a small machine.
PARALLEL = 10


class LeftOut(Exception):
    """A peer cannot take part here; the message says why."""


@dataclass
class Bench:
    executable: str
    # Holds what the measures make, on the disk whose speed counts; removed at the end.
    folder: pathlib.Path
    rounds: int
    is_full: bool
    _compiled: Dict[str, str] = field(default_factory=dict)

    def compiled(self, name: str) -> str:
        """The path of one of the C programs; without any library to load, so that its start is the kernel's work alone."""
        if name not in self._compiled:
            path = str(self.folder / name)
            subprocess.run(["cc", "-O2", "-static", "-o", path, str(PROGRAMS / f"{name}.c")], check=True)
            self._compiled[name] = path
        return self._compiled[name]

    def script(self, name: str) -> List[str]:
        """The command that runs one of the Python programs."""
        return [sys.executable, str(PROGRAMS / name)]

    def new_folder(self, name: str) -> pathlib.Path:
        """A folder of its own for somebody who takes part."""
        number = sum(1 for path in self.folder.iterdir() if path.name.startswith(name))
        path = self.folder / f"{name}-{number}"
        path.mkdir()
        return path


Peer = TypeVar("Peer", bound=ContextManager)


def lazily(stack: ExitStack, make: Callable[[], Peer]) -> Callable[[], Peer]:
    """A peer that is started when it is first asked for, and ended with the stack; one that is left out stays so."""
    made: List[Peer] = []
    why: List[LeftOut] = []

    def get() -> Peer:
        if why:
            raise why[0]
        if not made:
            try:
                made.append(stack.enter_context(make()))
            except LeftOut as reason:
                why.append(reason)
                raise
        return made[0]

    return get
