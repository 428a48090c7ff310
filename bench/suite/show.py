"""A contest's figures for the terminal."""

import statistics

from .contest import AIOS, Contest, Result


def ratio(ours: Result, other: Result) -> float:
    """The median of the ratios of the rounds that both took part in."""
    return statistics.median(mine / theirs for mine, theirs in zip(ours.rounds, other.rounds) if theirs)


def tell(contest: Contest) -> None:
    print(f"{contest.title} ({contest.unit})")
    ours = next((result for result in contest.results if result.role == AIOS), None)
    for result in contest.results:
        details = "".join(f", {name} {statistics.median(values):.4g}" for name, values in result.details.items())
        compared = f", AIOS/this {ratio(ours, result):.3g}" if ours and result is not ours else ""
        print(f"  {result.name}: {result.median:.4g} ({min(result.rounds):.4g} to {max(result.rounds):.4g}){details}{compared}", flush=True)
    for name, reason in contest.left_out.items():
        print(f"  {name}: left out: {reason}")
