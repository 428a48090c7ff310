"""Containers, against `docker run` of the same image with the same limits: how many a second, and how soon.

The clock starts at the commit of the row, or when the command is started. Nothing but one static program is in the image.
"""

from contextlib import ExitStack
from typing import Iterator

from home import Home
from peers import aios
from peers.docker import IMAGE, Docker
from suite.bench import PARALLEL, Bench, LeftOut
from suite.contest import AIOS, PEER, Contender, Contest, Sample, hold, spread
from suite.stamps import Stamps

COUNT, SINGLE = 30, 6
JOBS = f"""
- {{name: nothing, type: trigger, image: "{IMAGE}", network: none, volumes: ["./out:/out"], command: [/stamp]}}
- {{name: stamp, type: trigger, image: "{IMAGE}", network: none, volumes: ["./out:/out"], command: [/stamp, /out/stamps]}}
"""


def waits(home: Home, stamps: Stamps) -> Sample:
    found = []
    for _ in range(SINGLE):
        found += aios.waits(home, stamps, 1, 0)
        # The engine takes a container away, which would slow down the next.
        home.wait_until_closed()
    return spread(found)


def measure(bench: Bench) -> Iterator[Contest]:
    rate = Contest("containers", "containers that do nothing", "runs a second", True)
    latency = Contest("latency_container", "insert to first instruction in a container", "ms", False)
    with ExitStack() as stack:
        home = stack.enter_context(Home(bench.executable, JOBS, "--max-parallel", str(PARALLEL), "--listen", "none"))
        out = home.path / "out"
        out.mkdir()
        stamps = stack.enter_context(Stamps(out / "stamps"))
        try:
            docker = stack.enter_context(Docker(bench, out))
        except LeftOut as reason:
            for contest in (rate, latency):
                contest.left_out["containers"] = str(reason)
                yield contest
            return
        aios.burst(home, "nothing", 2)
        docker.burst(2)
        rounds = min(3, bench.rounds)
        yield hold(rate, rounds, [
            Contender("AIOS", AIOS, lambda: aios.burst(home, "nothing", COUNT).value, "each durable"),
            Contender("docker run", PEER, lambda: docker.burst(COUNT), "records nothing"),
        ])
        yield hold(latency, rounds, [
            Contender("AIOS", AIOS, lambda: waits(home, stamps)),
            Contender("docker run", PEER, lambda: spread(docker.waits(stamps, SINGLE))),
        ])
