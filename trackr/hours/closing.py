"""When a project's periods end, and when they close by themselves: weeks, months or quarters as its calendar has them.

A period closes once the review window of its last day is over. Days are those of the project's time zone, where one
may last 23 or 25 hours; a window is so many hours by the clock that is never set.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WAYS = ("weekly", "monthly", "quarterly")  # those in which it closes by itself
BY_HAND = ("hand", "never")

DAY = timedelta(days=1)


def end_of_period(way: str, day: date) -> date:
    """The last day of the week (which ends on Sunday), month or quarter that the day is in."""
    if way == "weekly":
        return day + timedelta(days=6 - day.weekday())
    month = day.month if way == "monthly" else (day.month + 2) // 3 * 3
    return date(day.year, month, monthrange(day.year, month)[1])


def start_of_period(way: str, day: date) -> date:
    """The first day of the week, month or quarter that the day is in; where none is, the day itself."""
    if way == "weekly":
        return day - timedelta(days=day.weekday())
    if way == "monthly":
        return day.replace(day=1)
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) if way == "quarterly" else day


def closes_at(last_day: date, zone: ZoneInfo, review_hours: int) -> datetime:
    """The instant, in UTC, from which on a period that ends on that day closes."""
    over = datetime.combine(last_day + DAY, time.min, zone).astimezone(UTC)
    return over + timedelta(hours=review_hours)


def due(way: str, first_day: date, zone: ZoneInfo, review_hours: int, at: datetime) -> Iterator[date]:
    """The last days of the periods that are to be closed by that instant, in order; the first one begins on
    `first_day`, and may be part of one alone. None where it does not close by itself."""
    while way in WAYS:
        last_day = end_of_period(way, first_day)
        if closes_at(last_day, zone, review_hours) > at:
            return
        yield last_day
        first_day = last_day + DAY
