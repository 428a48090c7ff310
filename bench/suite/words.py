"""Figures as one reads them."""

import statistics
from typing import List


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
