"""How the hours go down: the points of the chart, its lines and days, and the wedge of the forecast."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.burndown import Burndown, burndown
from trackr.hours.forecast import RunsOut

FIRST, TODAY = date(2026, 1, 8), date(2026, 2, 17)


def days(*changes: tuple[int, int]) -> list[tuple[date, int]]:
    """Changes so many days after the first one."""
    return [(FIRST + timedelta(days=after), minutes) for after, minutes in changes]


def drawn(*changes: tuple[int, int], left: int = 600, forecast: RunsOut | None = None) -> Burndown:
    chart = burndown(days(*changes), left, FIRST, TODAY, forecast)
    assert chart is not None
    return chart


def test_balances_are_worked_back_from_what_is_left() -> None:
    assert drawn((5, -60), (12, -45), (20, 300)).points == days((0, 405), (5, 345), (12, 300), (20, 600), (40, 600))


def test_what_is_dated_ahead_counts_as_todays() -> None:
    assert drawn((5, -60), (50, -30)).points == days((0, 690), (5, 630), (40, 600))


def test_where_nothing_has_gone_down_there_is_nothing_to_draw() -> None:
    assert burndown([], 600, FIRST, TODAY, None) is None
    assert burndown(days((5, 60)), 600, FIRST, TODAY, None) is None
    assert burndown(days((5, -60)), 600, TODAY, TODAY, None) is None


def test_lines_are_round_hours_from_above_the_highest_to_below_the_lowest() -> None:
    assert [line // 60 for line in drawn((5, -600)).lines] == [20, 15, 10, 5, 0]
    assert [line // 60 for line in drawn((5, -600), left=-90).lines] == [10, 5, 0, -5]
    assert [line // 60 for line in drawn((5, -30), left=10).lines] == [1, 0]


def test_below_nothing_is_filled_by_itself() -> None:
    assert drawn((5, -60)).over == ""
    over = drawn((5, -60), left=-30)
    assert over.fill.endswith("V500H0Z") and over.over.endswith("V500H0Z")


def test_the_steps_are_a_path_from_edge_to_today() -> None:
    chart = drawn((20, -600), left=600)
    assert (chart.end, chart.line) == (TODAY + timedelta(days=3), "M0 0H465.1V500H930.2V500")


def forecast(on: int, first: int, last: int) -> RunsOut:
    return RunsOut(*(TODAY + timedelta(days=after) for after in (on, first, last)))


def test_the_wedge_lies_between_the_days_of_the_forecast() -> None:
    chart = drawn((20, -600), forecast=forecast(25, 19, 37))
    assert chart.is_in_sight and chart.end == TODAY + timedelta(days=40 + 2)
    assert chart.way.startswith("M") and chart.way.endswith(" 1000")
    assert chart.wedge.count("1000") >= 2 and chart.wedge.endswith("Z")


def test_a_forecast_far_ahead_leaves_the_drawing_before_it_is_nothing() -> None:
    chart = drawn((20, -600), forecast=forecast(200, 100, 400))
    assert chart.end == TODAY + timedelta(days=60) and not chart.is_in_sight
    assert not chart.way.endswith(" 1000")


def test_months_are_few_enough_to_be_read() -> None:
    long_ago = burndown([(date(2025, 6, 1), -60)], 600, date(2025, 2, 20), TODAY, None)
    assert long_ago and len(long_ago.months) <= 5 and all(day.day == 1 for day in long_ago.months)


def test_month_ends_are_told_for_those_who_read() -> None:
    assert drawn((5, -60), (30, -40)).month_ends() == [(date(2026, 1, 31), 640), (TODAY, 600)]


@given(
    st.lists(st.tuples(st.integers(-20, 400), st.integers(-6000, 6000))), st.integers(-6000, 60_000), st.booleans(),
    st.tuples(st.integers(0, 700), st.integers(0, 700), st.integers(0, 700)),
)  # fmt: skip
def test_whatever_happened_it_is_within_the_drawing(
    changes: list[tuple[int, int]], left: int, foreseen: bool, ahead: tuple[int, int, int]
) -> None:
    first, on, last = sorted(ahead)
    seen = forecast(on, first, last) if foreseen and left > 0 else None
    chart = burndown(days(*changes), left, FIRST, TODAY, seen)
    if chart is None:
        return
    assert chart.points[-1] == (TODAY, left) and chart.points[0][0] == FIRST
    assert [day for day, _ in chart.points] == sorted({day for day, _ in chart.points})
    assert all(0 <= chart.down(minutes) <= 100 and 0 <= chart.across(day) <= 100 for day, minutes in chart.points)
    assert len(chart.lines) <= 7 and 0 in chart.lines
    assert (chart.wedge == "") == (chart.way == "") == (seen is None)
