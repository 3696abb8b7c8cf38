"""When the hours run out at the pace of the last weeks, and between which days that most likely falls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, stdev

WEEKS = 13
FEWEST_WEEKS = 4
FEWEST_WORKED = 3  # of them
FARTHEST = timedelta(days=2 * 365)
SHORT_WORKING_DAYS = 10
WITHIN = 1.2816  # standard deviations on either side hold four cases of five
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class RunsOut:
    """The day on which nothing is left, and the days between which it falls in four cases of five."""

    on: date
    first: date
    last: date


def runs_out(weeks: Sequence[int], left_minutes: int, today: date) -> RunsOut | None:
    """The forecast from the valued minutes of each of the last whole weeks (at most 13, oldest first).

    Weeks are taken as independent and alike: after n of them about n x mean is used, give or take
    sqrt(n) x their standard deviation. None where there is too little history to say, nothing left, or no end in sight.
    """
    weeks = weeks[-WEEKS:]
    if left_minutes <= 0 or len(weeks) < FEWEST_WEEKS or sum(week > 0 for week in weeks) < FEWEST_WORKED:
        return None
    mean = fmean(weeks)
    if mean <= 0:  # corrections gave back more than was worked
        return None
    needed = left_minutes / mean
    spread = WITHIN * stdev(weeks) * sqrt(needed) / mean
    if needed * 7 > FARTHEST.days:
        return None
    last = min(needed + spread, FARTHEST.days / 7)
    return RunsOut(_after(today, needed), _after(today, max(0.0, needed - spread)), _after(today, last))


def is_short(forecast: RunsOut | None, today: date) -> bool:
    """Whether fewer than ten working days are left, counted from today."""
    if forecast is None or forecast.on - today > timedelta(days=2 * SHORT_WORKING_DAYS):
        return False
    days = (today + timedelta(days=number) for number in range((forecast.on - today).days))
    return sum(day.weekday() not in WEEKEND for day in days) < SHORT_WORKING_DAYS


def _after(today: date, weeks: float) -> date:
    return today + timedelta(days=round(weeks * 7))
