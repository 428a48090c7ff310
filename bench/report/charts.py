"""Charts in SVG, in colours that can be read on white and on black."""

import math
import statistics
from typing import Dict, List, Sequence, Tuple
from xml.sax.saxutils import escape

from suite.contest import AIOS, CEILING, factors
from suite.words import number

from .figures import Figures

COLORS = ["#3b82f6", "#e07a1f", "#22a06b", "#c04cd0", "#8b6f47"]
TEXT, GRID = "#7d8590", "#7d859055"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 360, 70, 45, 44, 52
KINDS = {"tag": "waiting for a tag", "later": "waiting for their time", "limit": "in line behind a limit", "history": "runs of history", "jobs": "jobs"}


def growth(figures: Figures, measure: str, title: str) -> str:
    """A line for each kind of growth: how good each size is, where the smallest is 100 %."""
    lines: Dict[str, List[Tuple[float, float]]] = {}
    for kind, words in KINDS.items():
        contest = figures.contests.get(f"growth_{kind}_{measure}")
        if contest:
            points = [(float(result.name.replace(",", "")), statistics.median(factors(contest, result, contest.results[0]) or [0])) for result in contest.results]
            lines[words] = [(size, share * 100) for size, share in points]
    top = max([120.0, *(share for points in lines.values() for _, share in points)])
    top = math.ceil(top / 20) * 20

    def x(size: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * max(0.0, math.log10(max(size, 1))) / 7

    def y(share: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share / top

    parts = [label(WIDTH / 2, 22, title, "middle", 15)]
    for share in range(0, int(top) + 1, 20):
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(share):.1f}" y2="{y(share):.1f}" stroke="{GRID}"/>')
        parts.append(label(LEFT - 8, y(share) + 4, f"{share} %", "end"))
    for power in range(8):
        parts.append(label(x(10**power), HEIGHT - BOTTOM + 18, f"{10**power:,}" if power else "0 or 1", "middle", 11))
    for place, (words, points) in enumerate(lines.items()):
        color = COLORS[place % len(COLORS)]
        path = " ".join(f"{x(size):.1f},{y(share):.1f}" for size, share in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(size):.1f}" cy="{y(share):.1f}" r="3.5" fill="{color}"/>' for size, share in points]
        at = LEFT + place * (WIDTH - LEFT) / len(lines)
        parts.append(f'<rect x="{at:.0f}" y="{HEIGHT - 20}" width="10" height="10" fill="{color}"/>')
        parts.append(label(at + 14, HEIGHT - 11, words, "start", 11))
    return drawing(HEIGHT, parts)


def bars(figures: Figures, keys: Sequence[str], title: str) -> str:
    """A bar for each who took part, one measure below the other."""
    rows = [(key, result) for key in keys if key in figures.contests for result in figures.contests[key].results]
    parts, at, former = [label(WIDTH / 2, 22, title, "middle", 15)], 34.0, ""
    for key, result in rows:
        contest = figures.contests[key]
        if key != former:
            parts.append(label(10, at + 20, f"{contest.title}, {contest.unit}", "start", 13))
            at, former = at + 30, key
        most = max(other.median for other in contest.results)
        width = (WIDTH - 300) * result.median / most
        color = COLORS[0] if result.role == AIOS else TEXT if result.role == CEILING else COLORS[1]
        parts.append(label(210, at + 12, result.name, "end", 12))
        parts.append(f'<rect x="218" y="{at:.0f}" width="{max(width, 1):.1f}" height="16" fill="{color}"/>')
        parts.append(label(224 + width, at + 12, number(result.median), "start", 12))
        at += 22
    return drawing(int(at) + 10, parts)


def label(x: float, y: float, words: str, anchor: str, size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{TEXT}">{escape(words)}</text>'


def drawing(height: int, parts: List[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="system-ui, sans-serif">'
    return "\n".join([head, *parts, "</svg>"]) + "\n"
