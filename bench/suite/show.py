"""A contest's figures for the terminal."""

import statistics

from .contest import Contest, factors, leader
from .words import number, times


def tell(contest: Contest) -> None:
    print(f"{contest.title} ({contest.unit})")
    ours = leader(contest)
    for result in contest.results:
        details = "".join(f", {name} {number(statistics.median(values))}" for name, values in result.details.items())
        compared = f"; AIOS {times(factors(contest, ours, result))} as good" if ours and result is not ours else ""
        print(f"  {result.name}: {number(result.median)} ({number(min(result.rounds))} to {number(max(result.rounds))}){details}{compared}")
    for name, reason in contest.left_out.items():
        print(f"  {name}: left out: {reason}")
