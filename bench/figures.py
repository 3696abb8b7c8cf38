"""The arithmetic of a comparison: medians of rounds, so that what disturbs the machine disturbs both sides alike."""

from collections.abc import Sequence
from math import ceil
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share (0 to 1) of the values lies, by the nearest rank. Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    rank = ceil(round(len(values) * share, 6))  # 0.1 * 30 is a little more than 3
    return sorted(values)[max(rank, 1) - 1]


def ratio(measured: Sequence[Sequence[float]], bare: Sequence[Sequence[float]]) -> float:
    """The median over the rounds of median measured / median bare: for each side one list of values a round."""
    return median(median(here) / median(there) for here, there in zip(measured, bare, strict=True))
