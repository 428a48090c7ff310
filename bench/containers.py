"""From the claim of a trigger to the first instruction in its container, against `docker run` of the same image.

    bench/containers.py AIOS [ROUNDS]

Both sides make the same container, turn and turn about, so that the machine's
other load meets both alike. Its program touches a file as its first and only
act, and the file's time is taken. For `docker run` the clock starts when the
command is started, for AIOS at the claim (runs.started). Needs an engine with
the images that tests/images/make makes.
"""

import pathlib
import statistics
import subprocess
import sys
import time

from home import Home

IMAGE = "aios-test/busybox:1"
TOUCH = ["touch", "/out/now"]
SAME = [
    "--init", "--read-only", "--tmpfs", "/tmp:rw,noexec,nosuid,nodev,mode=1777", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
    "--pids-limit", "512", "--network", "none", "--log-opt", "max-size=64m", "--log-opt", "max-file=2",
]


def docker_run(out: pathlib.Path) -> float:
    """Seconds from the start of Docker's own command to the first instruction."""
    began = time.time()
    mounts = ["--mount", f"type=bind,source={out},target=/out", "--mount", f"type=bind,source={out},target=/aios/run"]
    subprocess.run(["docker", "run", "--rm", *SAME, *mounts, "--entrypoint", TOUCH[0], IMAGE, *TOUCH[1:]], check=True)
    return (out / "now").stat().st_mtime - began


def aios_run(home: Home, out: pathlib.Path) -> float:
    """Seconds from the claim of a trigger to the first instruction."""
    trigger = home.insert("touch")
    home.wait_until_closed()
    started, status = home.database.execute("SELECT started, status FROM runs WHERE trigger_id = ?", (trigger,)).fetchone()
    assert status == "succeeded", status
    return (out / "now").stat().st_mtime - started


def main() -> None:
    """Take turns, and print the medians."""
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    jobs = f'[{{name: touch, type: trigger, image: "{IMAGE}", network: none, volumes: ["./out:/out"], command: {TOUCH}}}]'.replace("'", '"')
    docker, aios = [], []
    with Home(sys.argv[1], jobs) as home:
        out = home.path / "out"
        out.mkdir()
        for turn in range(rounds + 2):
            pair = docker_run(out), aios_run(home, out)
            # The first two warm both sides up.
            if turn > 1:
                docker.append(pair[0])
                aios.append(pair[1])
    for name, times in (("docker run", docker), ("AIOS", aios)):
        print(f"{name}: median {statistics.median(times) * 1000:.0f} ms, least {min(times) * 1000:.0f} ms")
    print(f"AIOS takes {statistics.median(aios) / statistics.median(docker):.2f} times as long (median of {rounds} each)")


if __name__ == "__main__":
    main()
