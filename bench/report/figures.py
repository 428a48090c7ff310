"""The figures of a run, as they were written down, and what follows from them."""

import json
import pathlib
import statistics
from typing import Any, Dict, List, Optional

from suite.contest import AIOS, Contest, Result


class Figures:
    def __init__(self, path: pathlib.Path) -> None:
        document = json.loads(path.read_text())
        self.machine: Dict[str, Any] = document["machine"]
        self.seconds: int = sum(document["seconds"].values())
        self.contests: Dict[str, Contest] = {}
        for key, measure in document["measures"].items():
            measure["results"] = [Result(**result) for result in measure["results"]]
            self.contests[key] = Contest(**measure)

    def result(self, key: str, name: str) -> Optional[Result]:
        contest = self.contests.get(key)
        return next((result for result in contest.results if result.name == name), None) if contest else None


def factors(contest: Contest, ours: Result, other: Result) -> List[float]:
    """In each round that both took part in: how many times as good the first was as the other."""
    pairs = [(mine, theirs) for mine, theirs in zip(ours.rounds, other.rounds) if mine and theirs]
    return [mine / theirs if contest.is_more_better else theirs / mine for mine, theirs in pairs]


def leader(contest: Contest) -> Optional[Result]:
    """The one of AIOS that others are compared with."""
    return next((result for result in contest.results if result.role == AIOS), None)


def number(value: float) -> str:
    """As one reads it: three digits that count, and no more behind the point than it takes."""
    if value >= 1000:
        return f"{value:,.0f}"
    for least, digits in ((100, 0), (10, 1), (1, 2)):
        if value >= least:
            return f"{value:.{digits}f}"
    return f"{value:.2g}"


def times(values: List[float]) -> str:
    """The median of ratios and how far they lie apart."""
    if not values:
        return "–"
    middle = f"{number(statistics.median(values))} ×"
    return middle if len(values) == 1 else f"{middle} ({number(min(values))} to {number(max(values))})"
