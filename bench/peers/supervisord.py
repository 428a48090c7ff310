"""supervisord: keeps programs running; its own settings, but that a program need not live a second to count as started."""

import pathlib
import shlex
import socket
import subprocess
import time
from typing import List, Sequence

from suite.bench import Bench, LeftOut
from suite.processes import Service, wait_for
from suite.provision import found


class Supervisord(Service):
    def __init__(self, bench: Bench, command: Sequence[str] = (), idle_programs: int = 0) -> None:
        folder = bench.new_folder("supervisord")
        self._socket = folder / "socket"
        lines = [
            "[supervisord]", "nodaemon=true", f"logfile={folder}/log", f"pidfile={folder}/pid", f"childlogdir={folder}", "user=root",
            "[unix_http_server]", f"file={self._socket}",
            "[rpcinterface:supervisor]", "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
        ]
        if command:
            lines += ["[program:server]", f"command={shlex.join(command).replace('%', '%%')}", "autorestart=true", "startsecs=0"]
        for number in range(idle_programs):
            lines += [f"[program:job{number}]", "command=/bin/true", "autostart=false"]
        (folder / "conf").write_text("\n".join(lines) + "\n")
        began = time.monotonic()
        super().__init__([found("supervisord"), "-c", str(folder / "conf")], folder)
        wait_for(self._answers, "supervisord", 30, 0.001)
        # Seconds until its control socket takes a connection.
        self.start_took = time.monotonic() - began

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise LeftOut(f"supervisord has ended: {self.output.read_text()[-300:]}")
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(self._socket)) == 0
