"""Opening hours: adding open time to an instant, and counting the open time between two.

A week is seven days, Monday first, each with its spans: minutes of the day, (540, 720) from 9:00 to 12:00. A span is
what the clock on the wall says, so that it is shorter or longer in the night in which that is put forward or back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]

DAY_MINUTES = 24 * 60
LEAST_OPEN_MINUTES = 60  # in a week, so that every answer is due some day
MOST_TARGET_MINUTES = 400 * 60
MOST_SPANS = 6  # a day
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

_TIME = r"([0-9]{1,2})(?:\s*[:h.]\s*([0-9]{2})?)?"
_SPAN = re.compile(rf"\s*{_TIME}\s*[-–—]\s*{_TIME}\s*", re.IGNORECASE)


class BadSpans(ValueError):
    """A text that tells no opening hours of a day."""


class NeverOpen(ValueError):
    """A week that is open for less than LEAST_OPEN_MINUTES."""


@dataclass(frozen=True, slots=True)
class Opening:
    """When the agency can be asked to answer. Raises NeverOpen for a week with next to no open time."""

    zone: ZoneInfo
    week: Week
    days_off: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if sum(end - begin for spans in self.week for begin, end in spans) < LEAST_OPEN_MINUTES:
            raise NeverOpen

    def add(self, at: datetime, minutes: int) -> datetime:
        """The first instant, in UTC, by which so many open minutes have passed since `at`."""
        left = minutes * MINUTE
        for begin, end in self._spans(at):
            if end - begin >= left:
                return begin + left
            left -= end - begin
        raise OverflowError("further off than a calendar goes")

    def minutes_between(self, first: datetime, last: datetime) -> int:
        """The whole open minutes between two instants; 0 where the last is not later."""
        passed = timedelta()
        for begin, end in self._spans(first):
            if begin >= last:
                break
            passed += min(end, last) - begin
        return passed // MINUTE

    def _spans(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is open from an instant on, in order, in UTC; nothing in it is counted twice."""
        day, reached = since.astimezone(self.zone).date(), since.astimezone(UTC)
        while day < date.max - DAY:
            for begin, end in () if day in self.days_off else self.week[day.weekday()]:
                opens, closes = max(self._instant(day, begin), reached), self._instant(day, end)
                if opens < closes:
                    yield opens, closes
                    reached = closes
            day += DAY

    def _instant(self, day: date, minute: int) -> datetime:
        if minute == DAY_MINUTES:
            day, minute = day + DAY, 0
        return datetime.combine(day, time(*divmod(minute, 60)), self.zone).astimezone(UTC)


def read_spans(text: str) -> tuple[Span, ...]:
    """The spans of a day as people write them, at most MOST_SPANS: "9-12, 14:00-18:30", "9h–12h30", nothing for closed.

    Raises BadSpans where it cannot be read, or they overlap.
    """
    spans = sorted(_read_span(part) for part in re.split(r"[,;]", text) if part.strip())
    overlap = any(later[0] < earlier[1] for earlier, later in pairwise(spans))
    if overlap or len(spans) > MOST_SPANS:
        raise BadSpans(text)
    return tuple(spans)


def _read_span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if not found:
        raise BadSpans(text)
    hour, minute, last_hour, last_minute = (int(digits or 0) for digits in found.groups())
    begin, end = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or not begin < end <= DAY_MINUTES:
        raise BadSpans(text)
    return begin, end


def show_spans(spans: tuple[Span, ...]) -> str:
    """ "9:00-12:00, 14:00-18:30": read again, it gives the same."""
    return ", ".join(f"{_show(begin)}-{_show(end)}" for begin, end in spans)


def _show(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def read_week(text: str) -> Week:
    """A week as it is stored: seven days with a ";" between them."""
    return tuple(read_spans(day) for day in text.split(";"))


def show_week(week: Week) -> str:
    return ";".join(show_spans(day) for day in week)
