"""Reports what the jobs did in the last 24 hours: runs by job and outcome, failures with reasons, the slowest runs.

The report is printed, its figures are the run's result, and the text is kept as reports/YYYY-MM-DD.md.
"""

from __future__ import annotations

import heapq
import os
import sys
import time
from collections import Counter
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple

import history

RUNS_A_READ = 1000
SLOWEST_SHOWN = 5
FAILURES_SHOWN = 10
MOST_WAITING_COUNTED = 1000
LONGEST_REASON = 200
FAILED = ("failed", "timed_out", "lost")
ORDER_OF_OUTCOMES = ("succeeded",) + FAILED + ("canceled", "skipped", "running")


class Run(NamedTuple):
    id: int
    job: str
    status: str
    started: Optional[float]
    ended: Optional[float]

    def seconds(self) -> float:
        return 0.0 if self.started is None or self.ended is None else self.ended - self.started


class Summary(NamedTuple):
    outcomes: Dict[str, Counter[str]]
    slowest: List[Run]
    failures: List[Tuple[Run, str]]
    silent_jobs: List[str]
    waiting: int

    def total(self) -> Counter[str]:
        return sum(self.outcomes.values(), Counter())


def report(hours: float = 24) -> Dict[str, Any]:
    """Looks back `hours` hours from now."""
    now = time.time()
    summary = summarise(runs_since(now - hours * 3600))
    text = as_markdown(summary, now, hours)
    print(text, end="", flush=True)
    return dict(figures(summary), file=keep(text, now))


def runs_since(since: float) -> Iterator[Run]:
    """All runs that went on after `since`, this one excepted. Old runs are looked at too, for a long one may have ended just now."""
    own_id = os.environ.get("AIOS_RUN_ID")
    before_id = sys.maxsize
    while True:
        page = [Run(*row) for row in history.rows(
            "SELECT id, job_name, status, started, ended FROM runs WHERE id < ? ORDER BY id DESC LIMIT ?",
            before_id, RUNS_A_READ)]
        if not page:
            return
        before_id = page[-1].id
        for run in page:
            last_seen = run.ended if run.ended is not None else run.started
            if str(run.id) != own_id and (run.status == "running" or (last_seen or 0) >= since):
                yield run


def summarise(runs: Iterable[Run]) -> Summary:
    outcomes: Dict[str, Counter[str]] = {}
    slowest: List[Run] = []
    failures: List[Tuple[Run, str]] = []
    for run in runs:
        outcomes.setdefault(run.job, Counter())[run.status] += 1
        if run.ended is not None:
            slowest = heapq.nlargest(SLOWEST_SHOWN, slowest + [run], key=Run.seconds)
        if run.status in FAILED and len(failures) < FAILURES_SHOWN:
            failures.append((run, reason_of(run)))
    return Summary(outcomes, slowest, failures, jobs_other_than(outcomes), count_waiting())


def reason_of(run: Run) -> str:
    found = history.rows("SELECT reason, exit_code FROM runs WHERE id = ?", run.id)
    reason, exit_code = found[0] if found else (None, None)
    if reason:
        return " ".join(str(reason).split())[:LONGEST_REASON]
    return "no reason is stored" if exit_code is None else "exit code {}".format(exit_code)


def jobs_other_than(seen: Iterable[str]) -> List[str]:
    known = {str(name) for name, in history.rows("SELECT job_name FROM jobs")}
    return sorted(known.difference(seen))


def count_waiting() -> int:
    return len(history.rows("SELECT 1 FROM triggers WHERE processed IS NULL LIMIT ?", MOST_WAITING_COUNTED))


def figures(summary: Summary) -> Dict[str, Any]:
    total = summary.total()
    return {
        "runs": sum(total.values()),
        "failed": sum(total[status] for status in FAILED),
        "jobs": {job: dict(counts) for job, counts in sorted(summary.outcomes.items())},
        "failures": [{"run": run.id, "job": run.job, "reason": reason} for run, reason in summary.failures],
        "slowest": [{"run": run.id, "job": run.job, "seconds": round(run.seconds(), 3)} for run in summary.slowest],
        "silent_jobs": summary.silent_jobs,
        "waiting": summary.waiting,
    }


def as_markdown(summary: Summary, now: float, hours: float) -> str:
    return "\n".join(
        ["# Report of {}".format(history.clock(now, "%Y-%m-%d, %H:%M")), "",
         "The last {:g} hours: {}.".format(hours, in_words(summary.total()))]
        + outcome_table(summary.outcomes)
        + section("Failures, newest first", [
            "{} **{}** {}: {}".format(clock_of(run.ended), plain(run.job), run.status, plain(reason))
            for run, reason in summary.failures])
        + section("Slowest runs", [
            "**{}** took {}, from {}".format(plain(run.job), history.duration(run.seconds()), clock_of(run.started))
            for run in summary.slowest])
        + section("Did not run", [plain(job) for job in summary.silent_jobs])
        + section("Waiting", [waiting_in_words(summary.waiting)] if summary.waiting else [])
    ) + "\n"


def waiting_in_words(count: int) -> str:
    number = "{} or more".format(count) if count >= MOST_WAITING_COUNTED else str(count)
    return "requests that are not closed yet: " + number


def in_words(total: Counter[str]) -> str:
    if not total:
        return "nothing has run"
    return "{} runs, {}".format(
        sum(total.values()), ", ".join("{} {}".format(total[status], status) for status in in_order(total)))


def outcome_table(outcomes: Dict[str, Counter[str]]) -> List[str]:
    if not outcomes:
        return []
    statuses = in_order(set().union(*outcomes.values()))
    lines = [["job"] + statuses, ["---"] * (len(statuses) + 1)]
    lines += [[plain(job)] + [str(counts[status]) for status in statuses] for job, counts in sorted(outcomes.items())]
    return [""] + ["| {} |".format(" | ".join(line)) for line in lines]


def in_order(statuses: Iterable[str]) -> List[str]:
    known = {status: place for place, status in enumerate(ORDER_OF_OUTCOMES)}
    return sorted(statuses, key=lambda status: (known.get(status, len(known)), status))


def section(title: str, items: List[str]) -> List[str]:
    return ["", "## " + title, ""] + ["- " + item for item in items] if items else []


def clock_of(moment: Optional[float]) -> str:
    return history.clock(moment, "%a %H:%M")


def plain(text: str) -> str:
    """Keeps a name or a reason from being read as Markdown."""
    return "".join("\\" + character if character in "\\|*_`<>[]#" else character for character in text)


def keep(text: str, now: float) -> str:
    folder = history.home() / "reports"
    folder.mkdir(exist_ok=True)
    file = folder / (history.clock(now, "%Y-%m-%d") + ".md")
    growing = file.with_name(file.name + ".part")
    growing.write_text(text, encoding="utf-8")
    os.replace(growing, file)  # So a reader sees the old report or the new one, never half of one.
    return str(file.relative_to(history.home()))


if __name__ == "__main__":
    report()
