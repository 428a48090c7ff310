"""Tables of where the time of a run goes."""

from suite.words import number

from .figures import Figures
from .tables import table


def tell(figures: Figures) -> str:
    """Each step of one run; the medians of the steps do not add up to the median of the whole, but nearly."""
    contest = figures.contests.get("steps")
    if contest is None or not contest.results:
        return "Not measured in this run."
    rows = [[result.name, number(result.median), number(result.details["p90"][0])] for result in contest.results]
    before = sum(result.median for result in contest.results[1:6])
    rows.append(["**from the commit to the first instruction**", f"**{number(before)}**", ""])
    rows.append(["**in all**", f"**{number(sum(result.median for result in contest.results))}**", ""])
    return table([contest.title, "µs, median", "p90"], rows)


def calls(figures: Figures) -> str:
    contest = figures.contests.get("calls")
    if contest is None or not contest.results:
        return "Not measured in this run."
    rows = [[f"`{result.name}`", number(result.median), number(result.details["us"][0])] for result in contest.results]
    return table([contest.title, contest.unit, "µs in it for a run, all threads"], rows)


def processor(figures: Figures) -> str:
    contest = figures.contests.get("processor")
    if contest is None:
        return "Not measured in this run."
    rows = [[result.name, number(result.median)] for result in contest.results]
    rows.append(["**in all**", f"**{number(sum(result.median for result in contest.results))}**"])
    return table([contest.title, contest.unit], rows)
