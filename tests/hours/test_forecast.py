"""When the hours run out: nothing is said where nothing can be known, and what is said is in order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.forecast import FARTHEST, FEWEST_WEEKS, FEWEST_WORKED, RunsOut, is_short, runs_out

TODAY = date(2026, 3, 14)  # a Saturday
EVEN = [60] * 13

week_minutes = st.integers(0, 40 * 60)
histories = st.lists(week_minutes, min_size=FEWEST_WEEKS, max_size=20)
minutes_left = st.integers(1, 200 * 60)


def forecast_on(day: date) -> RunsOut:
    return RunsOut(day, day, day)


def test_at_an_even_pace_the_day_is_certain() -> None:
    assert runs_out(EVEN, 600, TODAY) == forecast_on(TODAY + timedelta(weeks=10))


def test_an_uneven_pace_widens_the_days_between_which_it_falls() -> None:
    even, uneven = runs_out([60] * 6, 600, TODAY), runs_out([0, 120, 0, 120, 0, 120], 600, TODAY)
    assert even and uneven and even.on == uneven.on
    assert uneven.first < even.first and uneven.last > even.last


def test_four_weeks_of_an_hour_and_one_of_three_are_worked_out_by_hand() -> None:
    # The mean is 90 min, the deviation 60, 6 weeks are needed: give or take 1.2816 x 60 x sqrt(6) / 90 = 2.09 weeks.
    assert runs_out([60, 60, 60, 180], 540, TODAY) == RunsOut(
        TODAY + timedelta(days=42), TODAY + timedelta(days=27), TODAY + timedelta(days=57)
    )


def test_only_the_last_thirteen_weeks_count() -> None:
    assert runs_out([6000, 6000, *EVEN], 600, TODAY) == runs_out(EVEN, 600, TODAY)


@pytest.mark.parametrize(
    ("weeks", "left"),
    [([], 600), ([60] * 3, 600), ([60, 0, 60, 0, 0], 600), ([0] * 13, 600), (EVEN, 0), (EVEN, -60)],
    ids=["no history", "three weeks", "two of them worked", "no work", "nothing left", "over"],
)
def test_nothing_is_said_where_there_is_too_little_to_say(weeks: list[int], left: int) -> None:
    assert runs_out(weeks, left, TODAY) is None


def test_nor_where_the_end_is_too_far_to_see() -> None:
    assert runs_out([1, 1, 1, 1], 104, TODAY) is not None
    assert runs_out([1, 1, 1, 1], 105, TODAY) is None


@given(histories, minutes_left)
def test_the_days_are_in_order_and_none_is_past_or_out_of_sight(weeks: list[int], left: int) -> None:
    forecast = runs_out(weeks, left, TODAY)
    if forecast:
        assert TODAY <= forecast.first <= forecast.on <= forecast.last <= TODAY + FARTHEST


@given(histories, minutes_left, minutes_left)
def test_with_more_left_it_is_never_sooner(weeks: list[int], left: int, more: int) -> None:
    sooner, later = runs_out(weeks, left, TODAY), runs_out(weeks, left + more, TODAY)
    if sooner and later:
        assert sooner.on <= later.on and sooner.last <= later.last
    assert sooner or not later  # what is too far to see is not seen with more left


@given(histories, minutes_left, st.integers(0, 19))
def test_with_one_more_hour_worked_the_day_is_never_later(weeks: list[int], left: int, number: int) -> None:
    before = runs_out(weeks, left, TODAY)
    number %= len(weeks)
    after = runs_out([*weeks[:number], weeks[number] + 60, *weeks[number + 1 :]], left, TODAY)
    if before:
        assert after and after.on <= before.on


@given(st.lists(week_minutes, max_size=20), minutes_left)
def test_too_little_history_says_nothing(weeks: list[int], left: int) -> None:
    if len(weeks) < FEWEST_WEEKS or sum(week > 0 for week in weeks[-13:]) < FEWEST_WORKED:
        assert runs_out(weeks, left, TODAY) is None


@pytest.mark.parametrize(
    ("on", "short"),
    [("2026-03-14", True), ("2026-03-27", True), ("2026-03-28", False), ("2026-03-30", False), ("2026-06-01", False)],
)
def test_it_is_short_with_fewer_than_ten_working_days_before_the_day(on: str, short: bool) -> None:
    """From this Saturday the first working day is Monday the 16th; Friday the 27th would be the tenth."""
    assert is_short(forecast_on(date.fromisoformat(on)), TODAY) is short


def test_without_a_forecast_nothing_is_short() -> None:
    assert not is_short(None, TODAY)


@given(st.integers(0, 60), st.integers(0, 6))
def test_a_later_day_is_never_shorter(ahead: int, weekday: int) -> None:
    today = TODAY + timedelta(days=weekday)
    day = today + timedelta(days=ahead)
    assert is_short(forecast_on(day), today) or not is_short(forecast_on(day + timedelta(days=1)), today)
