"""PM2: keeps programs running, in Node.js."""

import json
import os
import pathlib
import subprocess
import time
from typing import Dict, Sequence

from suite.bench import Bench, LeftOut
from suite.processes import wait_for
from suite.provision import NODE


class Pm2:
    """A PM2 with a home of its own, and at most one program."""

    def __init__(self, bench: Bench, command: Sequence[str] = ()) -> None:
        self._program = NODE / "node_modules" / ".bin" / "pm2"
        if not self._program.exists():
            raise LeftOut("npm could not install pm2")
        self._home = bench.new_folder("pm2")
        self._environment: Dict[str, str] = {**os.environ, "PM2_HOME": str(self._home)}
        began = time.monotonic()
        self._order("ping")
        # Seconds until its daemon has answered; a user has no other way to start it.
        self.start_took = time.monotonic() - began
        self.pid = int((self._home / "pm2.pid").read_text())
        if command:
            app = {"name": "server", "script": command[0], "args": list(command[1:]), "interpreter": "none", "exec_mode": "fork", "min_uptime": 200}
            path = self._home / "server.config.json"
            path.write_text(json.dumps({"apps": [app]}))
            self._order("start", str(path))

    def __enter__(self) -> "Pm2":
        return self

    def __exit__(self, *_: object) -> None:
        self._order("kill")
        wait_for(lambda: not pathlib.Path(f"/proc/{self.pid}").exists(), "the end of PM2", 20)

    def _order(self, *words: str) -> None:
        done = subprocess.run([str(self._program), *words], env=self._environment, cwd=self._home, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise LeftOut(f"pm2 {words[0]} failed: {(done.stderr or done.stdout).strip()[-300:]}")
