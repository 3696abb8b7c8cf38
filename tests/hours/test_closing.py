"""Which periods end when, and from when on they close by themselves."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trackr.hours.closing import WAYS, closes_at, due, end_of_period, start_of_period

PARIS = ZoneInfo("Europe/Paris")
ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "America/Havana", "Asia/Beirut", "Pacific/Apia", "Asia/Kolkata")]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("way", "day", "last_day"),
    [
        ("weekly", date(2026, 3, 9), date(2026, 3, 15)),
        ("weekly", date(2026, 3, 15), date(2026, 3, 15)),
        ("weekly", date(2026, 12, 31), date(2027, 1, 3)),
        ("monthly", date(2028, 2, 1), date(2028, 2, 29)),
        ("monthly", date(2026, 12, 31), date(2026, 12, 31)),
        ("quarterly", date(2026, 1, 31), date(2026, 3, 31)),
        ("quarterly", date(2026, 11, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_ends_as_the_calendar_says(way: str, day: date, last_day: date) -> None:
    assert end_of_period(way, day) == last_day
    first_day = start_of_period(way, day)
    assert first_day <= day and end_of_period(way, first_day) == last_day
    assert end_of_period(way, first_day - timedelta(days=1)) == first_day - timedelta(days=1)


def test_it_closes_when_its_last_day_is_over_where_the_project_is_and_the_review_with_it() -> None:
    assert closes_at(date(2026, 2, 28), PARIS, 0) == instant("2026-02-28 23:00")
    assert closes_at(date(2026, 3, 31), PARIS, 48) == instant("2026-04-02 22:00")
    # The clocks went forward, or back, on the last day.
    assert closes_at(date(2024, 3, 31), PARIS, 0) == instant("2024-03-31 22:00")
    assert closes_at(date(2027, 10, 31), PARIS, 24) == instant("2027-11-01 23:00")
    # There was no midnight after it: the next day began at one, or was left out.
    assert closes_at(date(2025, 3, 29), ZoneInfo("Asia/Beirut"), 0) == instant("2025-03-29 22:00")
    assert closes_at(date(2011, 12, 29), ZoneInfo("Pacific/Apia"), 0) == instant("2011-12-30 10:00")


def test_what_was_missed_is_due_in_order_the_first_of_it_in_part() -> None:
    at = instant("2026-04-02 21:59")
    assert list(due("monthly", date(2026, 1, 20), PARIS, 48, at)) == [date(2026, 1, 31), date(2026, 2, 28)]
    assert list(due("monthly", date(2026, 3, 1), PARIS, 48, at + timedelta(minutes=1))) == [date(2026, 3, 31)]
    assert list(due("quarterly", date(2026, 1, 20), PARIS, 0, at)) == [date(2026, 3, 31)]
    assert list(due("hand", date(2026, 1, 20), PARIS, 0, at)) == []
    # A clock that was set back finds nothing to close.
    assert list(due("weekly", date(2026, 4, 6), PARIS, 0, at - timedelta(days=30))) == []


@given(
    way=some.sampled_from(WAYS),
    first_day=some.dates(date(2010, 1, 1), date(2027, 12, 31)),
    zone=some.sampled_from(ZONES),
    review_hours=some.integers(0, 744),
    days=some.integers(0, 500),
)
def test_periods_follow_each_other_and_none_closes_before_its_day_is_over(
    way: str, first_day: date, zone: ZoneInfo, review_hours: int, days: int
) -> None:
    at = datetime(first_day.year, first_day.month, first_day.day, 12, tzinfo=UTC) + timedelta(days=days)
    ends = list(due(way, first_day, zone, review_hours, at))
    assert all(end_of_period(way, before + timedelta(days=1)) == after for before, after in pairwise(ends))
    assert all(end < (at - timedelta(hours=review_hours)).astimezone(zone).date() for end in ends)
    following = end_of_period(way, ends[-1] + timedelta(days=1) if ends else first_day)
    assert following >= (at - timedelta(hours=review_hours)).astimezone(zone).date()
