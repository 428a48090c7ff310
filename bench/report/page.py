"""Fills docs/performance.md and its charts with the figures of a run."""

import pathlib
import re
from typing import Callable, Dict

from . import charts, steps, tables, targets
from .figures import Figures

ROOT = pathlib.Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "performance.md"
OVERVIEW = ["start", "latency", "latency_function", "functions", "executables", "containers", "restart", "lines", "flood"]

# What stands between <!-- NAME:begin --> and <!-- NAME:end -->.
SECTIONS: Dict[str, Callable[[Figures], str]] = {
    "machine": tables.machine,
    "targets": targets.tell,
    "overview": lambda figures: tables.overview(figures, OVERVIEW),
    "throughput": lambda figures: tables.contests(figures, "functions", "executables", "containers"),
    "latency": lambda figures: tables.contests(figures, "latency", "latency_function", "latency_loaded", "latency_container"),
    "restart": lambda figures: tables.contests(figures, "restart", "start"),
    "idle": lambda figures: tables.contests(figures, "idle_cpu", "idle_wakeups", "idle_memory"),
    "growth": tables.growth,
    "intake": lambda figures: tables.contests(figures, "intake"),
    "logs": lambda figures: tables.contests(figures, "lines", "flood"),
    "sizes": lambda figures: tables.contests(figures, "executable_size", "bytes_per_run"),
    "commits": lambda figures: tables.contests(figures, "commits"),
    "processor": steps.processor,
    "steps": steps.tell,
    "calls": steps.calls,
}
PICTURES: Dict[str, Callable[[Figures], str]] = {
    "runs.svg": lambda figures: charts.bars(figures, ["functions", "executables"], "Runs a second"),
    "growth-throughput.svg": lambda figures: charts.growth(figures, "rate", "Runs a second, by how much there is (the fewest: 100 %)"),
    "growth-latency.svg": lambda figures: charts.growth(figures, "latency", "How quick a start is, by how much there is (the fewest: 100 %)"),
}


def files(results: pathlib.Path) -> Dict[pathlib.Path, str]:
    """Each file that is made of the figures, with what it must hold."""
    figures = Figures(results)
    text = PAGE.read_text()
    for name, make in SECTIONS.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        pattern = re.compile(f"{begin}.*?{end}", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"{PAGE} has no {begin} ... {end}")
        text = pattern.sub(lambda _: f"{begin}\n{make(figures)}\n{end}", text)
    return {PAGE: text, **{PAGE.parent / "pictures" / name: make(figures) for name, make in PICTURES.items()}}
