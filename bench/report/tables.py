"""Markdown tables of the figures."""

import statistics
from typing import List, Sequence

from suite.contest import AIOS, CEILING, PEER, Contest, factors, leader
from suite.words import number, times

from .figures import Figures

DETAILS = {"p90": "p90", "p99": "p99", "most": "most", "cpu_us": "CPU µs for a run", "mb_per_second": "MB a second"}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine(figures: Figures) -> str:
    facts = figures.machine
    versions = ", ".join(f"{name} {version}" for name, version in facts["peers"].items() if version)
    return table(["", ""], [
        ["measured", f"{facts['date']}, commit `{facts['commit']}`, {figures.seconds} s for the whole suite"],
        ["machine", f"{facts['processor']}, {facts['processors']} processors, {facts['memory_gb']} GB; Linux {facts['kernel']}, {facts['system']}"],
        ["AIOS", str(facts["aios"])],
        ["peers", versions],
    ])


def contest(one: Contest) -> str:
    """All who took part, each with the ratio to AIOS in the same rounds."""
    ours = leader(one)
    details = [name for name in DETAILS if any(name in result.details for result in one.results)]
    has_notes = any(result.note for result in one.results)
    rows: List[List[str]] = []
    for result in one.results:
        compared = "–" if ours is None or result.role == AIOS else times(factors(one, ours, result))
        rows.append([
            f"**{result.name}**" if result is ours else f"{result.name} (the limit)" if result.role == CEILING and ours else result.name,
            number(result.median),
            *(number(statistics.median(result.details[name])) if name in result.details else "–" for name in details),
            *([compared] if len(one.results) > 1 and ours else []),
            *([result.note] if has_notes else []),
        ])
    head = [
        one.title, one.unit, *(DETAILS[name] for name in details),
        *(["AIOS, times as good"] if len(one.results) > 1 and ours else []), *(["what it does"] if has_notes else []),
    ]
    told = "".join(f"\n\n{name} was left out: {reason}." for name, reason in one.left_out.items())
    return table(head, rows) + told


def contests(figures: Figures, *keys: str) -> str:
    return "\n\n".join(contest(figures.contests[key]) for key in keys if key in figures.contests)


def overview(figures: Figures, keys: Sequence[str]) -> str:
    """Each measure in a line: AIOS, the best of the peers, and the limit of the machine."""
    rows = []
    for key in keys:
        one = figures.contests.get(key)
        ours = leader(one) if one else None
        if one is None or ours is None:
            continue
        best = [max((r for r in one.results if r.role == role), key=lambda r: statistics.median(factors(one, r, ours) or [0]), default=None) for role in (PEER, CEILING)]
        cells = [f"{number(r.median)} ({r.name}): {times(factors(one, ours, r)[:1] and [statistics.median(factors(one, ours, r))])}" if r else "–" for r in best]
        rows.append([one.title, f"{number(ours.median)} {one.unit}", *cells])
    return table(["", "AIOS", "the best peer that does the same work, and how many times as good AIOS is", "the limit, likewise"], rows)


def growth(figures: Figures) -> str:
    """For each kind: the throughput and the latency of each size as a share of those of the smallest."""
    rows = []
    for key, rate in figures.contests.items():
        if not (key.startswith("growth_") and key.endswith("_rate")):
            continue
        kind = key[len("growth_"):-len("_rate")]
        latency, start = figures.contests[f"growth_{kind}_latency"], figures.contests[f"growth_{kind}_start"]
        for position, (fast, quick, begin) in enumerate(zip(rate.results, latency.results, start.results)):
            rows.append([
                f"{fast.name} {rate.title.partition('by the number of ')[2]}",
                number(fast.median), times(factors(rate, fast, rate.results[0])) if position else "–",
                number(quick.median), number(statistics.median(quick.details["p90"])), times(factors(latency, quick, latency.results[0])) if position else "–",
                number(begin.median),
            ])
    return table(["with", "runs a second", "times as good as with the fewest", "latency p50, ms", "p90", "times as good", "start until it rests, s"], rows)
