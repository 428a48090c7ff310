"""A contest: several do the same work in turns, so that whatever else the machine does meets all of them alike."""

import math
import statistics
from dataclasses import asdict, dataclass, field
from typing import Any, Callable, Dict, List, Optional, Union

from .bench import LeftOut

AIOS, PEER, LESSER, CEILING = "aios", "peer", "lesser", "ceiling"


@dataclass
class Sample:
    """What one contender did in one round."""

    value: float
    # Further figures of the same round, each under its name, such as "p99" or "cpu".
    details: Dict[str, float] = field(default_factory=dict)


@dataclass
class Contender:
    name: str
    # AIOS, a PEER that does the same work, a LESSER one that does less, or the CEILING that the machine sets.
    role: str
    # Does its work once and tells the figure of it.
    measure: Callable[[], Union[Sample, float]]
    # What must be known to judge the figure: what it does less, or more.
    note: str = ""
    # A slow one may take part in the first rounds only.
    most_rounds: Optional[int] = None


@dataclass
class Result:
    name: str
    role: str
    note: str
    rounds: List[float] = field(default_factory=list)
    details: Dict[str, List[float]] = field(default_factory=dict)

    def add(self, sample: Union[Sample, float]) -> None:
        sample = sample if isinstance(sample, Sample) else Sample(sample)
        self.rounds.append(rounded(sample.value))
        for name, value in sample.details.items():
            self.details.setdefault(name, []).append(rounded(value))

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


@dataclass
class Contest:
    """The figures of one measure."""

    key: str
    title: str
    unit: str
    is_more_better: bool
    results: List[Result] = field(default_factory=list)
    # Who could not take part, and why.
    left_out: Dict[str, str] = field(default_factory=dict)

    def as_json(self) -> Dict[str, Any]:
        return asdict(self)


def rounded(value: float) -> float:
    """Four digits that count: more would only be noise."""
    return float(f"{value:.4g}")


def hold(contest: Contest, rounds: int, contenders: List[Contender]) -> Contest:
    """Lets all do their work in turns, beginning with another one in each round."""
    results = [Result(contender.name, contender.role, contender.note) for contender in contenders]
    for number in range(rounds):
        for place in range(len(contenders)):
            turn = (place + number) % len(contenders)
            contender = contenders[turn]
            if contender.name in contest.left_out or (contender.most_rounds is not None and number >= contender.most_rounds):
                continue
            try:
                results[turn].add(contender.measure())
            except LeftOut as reason:
                contest.left_out[contender.name] = str(reason)
    contest.results.extend(result for result in results if result.rounds)
    return contest


def factors(contest: Contest, ours: Result, other: Result) -> List[float]:
    """In each round that both took part in: how many times as good the first was as the other."""
    pairs = [(mine, theirs) for mine, theirs in zip(ours.rounds, other.rounds) if mine and theirs]
    return [mine / theirs if contest.is_more_better else theirs / mine for mine, theirs in pairs]


def leader(contest: Contest) -> Optional[Result]:
    """The one of AIOS that others are compared with."""
    return next((result for result in contest.results if result.role == AIOS), None)


def spread(waits: List[float]) -> Sample:
    """The median of single waits in seconds as a figure in milliseconds, with what the unlucky ones had to wait."""
    ordered = sorted(wait * 1000 for wait in waits)

    def at(share: float) -> float:
        return ordered[math.ceil(len(ordered) * share) - 1]

    return Sample(at(0.5), {"p90": at(0.9), "p99": at(0.99), "most": ordered[-1]})
