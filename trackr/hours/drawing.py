"""What drawings of minutes share: the lines behind them, and numbers as SVG writes them.

A drawing is SIZE wide and SIZE high, and is stretched to its place; what is a share is a percentage of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

SIZE = 1000
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)  # hours between two lines
MOST_LINES = 4
INSET = 3  # percent at either end of a row, so that a dot at its edge is whole


def grid(minutes: Iterable[int]) -> list[int]:
    """The minutes at which a line is drawn behind these, the highest first; 0 is among them."""
    shown = [0, *minutes]
    highest, lowest = max(shown), min(shown)
    enough = (step * 60 for step in STEPS if highest - lowest <= step * 60 * MOST_LINES)
    step = next(enough, STEPS[-1] * 60)
    return [n * step for n in range(max(ceil(highest / step), 1), floor(lowest / step) - 1, -1)]


def plain(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


def along(minutes: int, most: int) -> float:
    """How far along its row a dot stands, in percent: what is below 0 stands at the beginning."""
    share = min(max(minutes, 0) / most, 1) if most > 0 else 0
    return round(INSET + (100 - 2 * INSET) * share, 2)


@dataclass(frozen=True, slots=True)
class MonthSteps:
    """Sums by month, as steps that have the width of a month each: one way of steps for each of `series`."""

    months: Sequence[date]  # their first days, in order
    series: Sequence[Sequence[int]]  # minutes, as many as months

    @property
    def lines(self) -> list[int]:
        return grid(minutes for one in self.series for minutes in one)

    def across(self, number: int) -> float:
        """The middle of a month, in percent of the width."""
        return round(100 * (number + 0.5) / len(self.months), 2)

    def down(self, minutes: float) -> float:
        """How far below the top so many minutes are, in percent."""
        top, bottom = self.lines[0], self.lines[-1]
        return round(100 * (top - minutes) / (top - bottom), 2)

    def line(self, which: int) -> str:
        """The steps of one of the series, as a path."""
        width = SIZE / len(self.months)
        first, *more = self.series[which]
        steps = "".join(f"H{plain(width * n)}V{self._y(minutes)}" for n, minutes in enumerate(more, 1))
        return f"M0 {self._y(first)}{steps}H{SIZE}"

    def fill(self, which: int) -> str:
        """What is between those steps and nothing, as a path."""
        return f"{self.line(which)}V{self._y(0)}H0Z"

    def _y(self, minutes: float) -> str:
        return plain(self.down(minutes) * SIZE / 100)
