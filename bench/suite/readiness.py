"""How a daemon says that it is ready: a datagram to the socket that NOTIFY_SOCKET names, as systemd has it."""

import pathlib
import socket
import subprocess
import time


class Readiness:
    """The socket. Who waits at it sleeps, and learns of the readiness at the very moment."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.path = folder / "notify"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.path))
        self._socket.settimeout(0.2)

    def __enter__(self) -> "Readiness":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self.path.unlink()

    def wait(self, process: subprocess.Popen, seconds: float = 60) -> float:
        """The monotonic time at which it said so."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if b"READY=1" in self._socket.recv(4096):
                    return time.monotonic()
            except socket.timeout:
                if process.poll() is not None:
                    raise RuntimeError(f"the daemon has ended with status {process.returncode}")
        raise RuntimeError(f"the daemon was not ready within {seconds:.0f} s")
