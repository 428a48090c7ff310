"""A contest's figures for the terminal."""

import statistics
from typing import Optional

from .contest import AIOS, Contest, Result, factors, leader
from .words import number, times


def tell(contest: Contest) -> None:
    print(f"{contest.title} ({contest.unit})")
    ours = leader(contest)
    for result in contest.results:
        details = "".join(f", {name} {number(statistics.median(values))}" for name, values in result.details.items())
        print(f"  {result.name}: {number(result.median)} ({number(min(result.rounds))} to {number(max(result.rounds))}){details}{_compared(contest, ours, result)}")
    for name, reason in contest.left_out.items():
        print(f"  {name}: left out: {reason}")


def _compared(contest: Contest, ours: Optional[Result], result: Result) -> str:
    if ours is None or result is ours:
        return ""
    if result.role == AIOS:
        return f"; {times(factors(contest, result, ours))} as good as the first"
    return f"; AIOS is {times(factors(contest, ours, result))} as good"
