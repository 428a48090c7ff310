"""`docker run`, with the same limits that AIOS gives a container; and an image that holds one program."""

import pathlib
import subprocess
import tarfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import List

from suite.bench import PARALLEL, Bench, LeftOut
from suite.contest import Sample
from suite.provision import found
from suite.stamps import Stamps

IMAGE = "aios-bench:1"
SAME = [
    "--init", "--read-only", "--tmpfs", "/tmp:rw,noexec,nosuid,nodev,mode=1777", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
    "--pids-limit", "512", "--network", "none", "--log-opt", "max-size=64m", "--log-opt", "max-file=2",
]


class Docker:
    """The engine that runs on this machine, if one does; it is not started for this."""

    def __init__(self, bench: Bench, out: pathlib.Path) -> None:
        if subprocess.run([found("docker"), "info"], capture_output=True).returncode:
            raise LeftOut("no Docker engine runs here")
        archive = bench.folder / "image.tar"
        with tarfile.open(archive, "w") as tar:
            tar.add(bench.compiled("stamp"), "stamp")
        subprocess.run(["docker", "import", str(archive), IMAGE], capture_output=True, check=True)
        self._command = ["docker", "run", "--rm", *SAME, "--mount", f"type=bind,source={out},target=/out", IMAGE, "/stamp"]

    def __enter__(self) -> "Docker":
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["docker", "rmi", IMAGE], capture_output=True)

    def burst(self, count: int) -> float:
        """Containers a second, as many commands at once as AIOS has runs."""
        began = time.monotonic()
        with ThreadPoolExecutor(PARALLEL) as threads:
            list(threads.map(lambda _: subprocess.run(self._command, check=True), range(count)))
        return count / (time.monotonic() - began)

    def waits(self, stamps: Stamps, count: int) -> List[float]:
        """Seconds from the start of the command to the first instruction in the container."""
        waits = []
        for _ in range(count):
            began = time.monotonic()
            process = subprocess.Popen([*self._command, f"/out/{stamps.path.name}"])
            waits.append(stamps.next()[0] - began)
            process.wait()
        return waits
