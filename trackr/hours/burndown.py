"""How the hours go down: the balance day by day, and the forecast, as a drawing that any size stretches.

The drawing is 1000 wide and 1000 high; what is a share is a percentage of its width or height.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trackr.hours.drawing import SIZE, grid, plain
from trackr.hours.forecast import RunsOut

MOST_MONTHS = 5
SHORTEST_AHEAD = 30  # days that are drawn after today, at least where a forecast needs them

Point = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Burndown:
    """`points`: the balance from the first day on, one for each day that changed it, the last of them today's."""

    points: list[Point]
    forecast: RunsOut | None

    @property
    def first(self) -> date:
        return self.points[0][0]

    @property
    def today(self) -> date:
        return self.points[-1][0]

    @property
    def left(self) -> int:
        return self.points[-1][1]

    @property
    def end(self) -> date:
        """The right edge: a little after the forecast, but not so far that the past is pressed together."""
        past = max((self.today - self.first).days, 1)
        if not self.forecast:
            return self.today + timedelta(days=max(past // 12, 1))
        ahead = (self.forecast.last - self.today).days * 11 // 10 + 2
        return self.today + timedelta(days=min(ahead, max(past * 3 // 2, SHORTEST_AHEAD)))

    @property
    def lines(self) -> list[int]:
        """The balances, in minutes, at which a line is drawn, the highest first; 0 is among them."""
        return grid(minutes for _, minutes in self.points)

    @property
    def months(self) -> list[date]:
        """The first days of months to be written below, apart enough to be read."""
        month = self.first.replace(day=1)
        firsts = []
        while month <= self.end:
            firsts.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        every = -(-len(firsts) // MOST_MONTHS)
        return [first for first in firsts[::-1][::every][::-1] if 8 < self.across(first) < 93]

    def across(self, day: date) -> float:
        """How far to the right a day is, in percent."""
        return round(100 * (day - self.first).days / (self.end - self.first).days, 2)

    def down(self, minutes: float) -> float:
        """How far below the top a balance is, in percent."""
        top, bottom = self.lines[0], self.lines[-1]
        return round(100 * (top - minutes) / (top - bottom), 2)

    @property
    def line(self) -> str:
        """The steps, as a path."""
        return self._steps(self.points)

    @property
    def fill(self) -> str:
        """What is between the steps and nothing left, as a path."""
        return self._closed([(day, max(minutes, 0)) for day, minutes in self.points])

    @property
    def over(self) -> str:
        """The same below nothing left, "" where it never was."""
        if min(minutes for _, minutes in self.points) >= 0:
            return ""
        return self._closed([(day, min(minutes, 0)) for day, minutes in self.points])

    @property
    def wedge(self) -> str:
        """Where the next weeks most likely fall, as a path."""
        if not self.forecast:
            return ""
        ends = [*self._way_to(self.forecast.first), *reversed(self._way_to(self.forecast.last))]
        return self._path([(self.today, self.left), *ends]) + "Z"

    @property
    def way(self) -> str:
        """The forecast itself, as a path."""
        return self._path([(self.today, self.left), self._way_to(self.forecast.on)[0]]) if self.forecast else ""

    @property
    def is_in_sight(self) -> bool:
        """Whether the day on which nothing is left is within the drawing."""
        return self.forecast is not None and self.forecast.on <= self.end

    def month_ends(self) -> list[Point]:
        """The balance at the end of each month and today, for those who read it."""
        found: list[Point] = []
        for (day, minutes), (following, _) in zip(self.points, self.points[1:], strict=False):
            end = _month_end(day)
            while end < following:
                found.append((end, minutes))
                end = _month_end(end + timedelta(days=1))
        return [*found, (self.today, self.left)]

    def _way_to(self, day: date) -> list[tuple[date, float]]:
        """Where a straight line from today's balance to nothing on that day ends in the drawing."""
        if day <= self.end:
            return [(day, 0), *([(self.end, 0)] if self.forecast and day == self.forecast.first else [])]
        gone = (self.end - self.today) / (day - self.today)
        return [(self.end, self.left * (1 - gone))]

    def _steps(self, points: Iterable[tuple[date, int]]) -> str:
        (first, minutes), *more = points
        start = f"M{self._x(first)} {self._y(minutes)}"
        return start + "".join(f"H{self._x(day)}V{self._y(minutes)}" for day, minutes in more)

    def _closed(self, points: list[Point]) -> str:
        return f"{self._steps(points)}V{self._y(0)}H0Z"

    def _path(self, points: Iterable[tuple[date, float]]) -> str:
        return "M" + "L".join(f"{self._x(day)} {self._y(minutes)}" for day, minutes in points)

    def _x(self, day: date) -> str:
        return plain(self.across(day) * SIZE / 100)

    def _y(self, minutes: float) -> str:
        return plain(self.down(minutes) * SIZE / 100)


def burndown(
    changes: Iterable[Point], left: int, first: date, today: date, forecast: RunsOut | None
) -> Burndown | None:
    """The drawing of the balances that lead to what is left today; None where nothing went down since `first`.

    changes: the minutes that came (above 0) and went, by day; what is dated ahead counts as today's, since what is
    left counts it already.
    """
    came: dict[date, int] = {}
    has_gone = False
    for day, minutes in changes:
        day, has_gone = min(day, today), has_gone or minutes < 0
        came[day] = came.get(day, 0) + minutes
    if first >= today or not has_gone:
        return None
    points, balance = [], left
    for day in sorted(came, reverse=True):
        if day <= first:
            break
        points.append((day, balance))
        balance -= came[day]
    points = [(first, balance), *reversed(points)]
    if points[-1][0] < today:
        points.append((today, left))
    return Burndown(points, forecast)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
