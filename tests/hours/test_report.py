"""Spent against valued: sums, periods and drawings, held against sums that are made one by one."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackr.hours import report_period
from trackr.hours.drawing import MonthSteps, along, grid
from trackr.hours.report import Cell, Rates, Sum, add_up, by

CELLS = st.lists(
    st.builds(
        Cell,
        st.sampled_from(["2026-01", "2026-02"]),
        st.integers(1, 2),
        st.integers(1, 2),
        st.sampled_from([None, 1]),
        st.integers(0, 5000),
        st.integers(-600, 5000),
        st.integers(0, 50),
    ),
    max_size=12,
)
CENTS = st.one_of(st.none(), st.integers(0, 20_000))


@settings(max_examples=60, deadline=None)
@given(CELLS, st.dictionaries(st.integers(1, 2), CENTS), st.dictionaries(st.integers(1, 2), CENTS))
def test_every_sum_is_what_adding_one_by_one_comes_to(cells: list[Cell], rates: dict, costs: dict) -> None:
    for key, whole in by(cells, lambda cell: (cell.month, cell.project), Rates(rates, costs)).items():
        spent, valued, value, cost = 0, 0, Fraction(0), Fraction(0)
        for cell in cells:
            if (cell.month, cell.project) != key:
                continue
            spent, valued = spent + cell.spent_minutes, valued + cell.valued_minutes
            rate, price = rates.get(cell.project), costs.get(cell.person)
            value = (
                None
                if value is None or (rate is None and cell.valued_minutes)
                else value + Fraction(cell.valued_minutes * (rate or 0), 60)
            )
            cost = (
                None
                if cost is None or (price is None and cell.spent_minutes)
                else cost + Fraction(cell.spent_minutes * (price or 0), 60)
            )
        assert (whole.spent_minutes, whole.margin_minutes) == (spent, valued - spent)
        for told, exact in ((whole.value_cents, value), (whole.cost_cents, cost)):
            assert (told is None) == (exact is None) and (exact is None or abs(told - exact) <= Fraction(1, 2))
        assert (whole.margin_cents is None) == (value is None or cost is None)


def test_nothing_comes_to_nothing_and_most_spent_stands_first() -> None:
    assert add_up([], Rates()) == Sum()
    cells = [Cell("2026-01", project, 1, None, project * 10, 0, 0) for project in (1, 3, 2)]
    assert list(by(cells, lambda cell: cell.project, Rates())) == [3, 2, 1]


@pytest.mark.parametrize(
    ("name", "first", "last", "before"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31), "2026-02"),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31), "2025-q4"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2023"),
        ("12-months", date(2025, 4, 1), date(2026, 3, 31), "12-months"),
    ],
)
def test_a_period_is_named_and_read_again(name: str, first: date, last: date, before: str) -> None:
    period = report_period.read(name, date(2026, 3, 14))
    assert (period.name, period.first, period.last, period.beside(-1).name) == (name, first, last, before)
    assert period.months[-1] + timedelta(days=31) > last and period.beside(-1).beside(1) == period


@pytest.mark.parametrize("text", ["", "2026-13", "2026-q5", "0000", "9999", "2026-3", "x" * 99, "２０２６"])
def test_what_is_no_period_is_the_last_twelve_months(text: str) -> None:
    assert report_period.read(text, date(2026, 3, 14)).name == "12-months"


def test_every_period_that_is_offered_is_read_again_by_its_name() -> None:
    today = date(2026, 3, 14)
    offered = [one for those in report_period.offered(today).values() for one in those]
    assert [report_period.read(one.name, today) for one in offered] == offered


def test_steps_have_the_width_of_a_month_and_stay_within_the_drawing() -> None:
    chart = MonthSteps([date(2026, month, 1) for month in (1, 2)], [[600, -60], [0, 300]])
    assert chart.lines == [600, 300, 0, -300] and (chart.across(0), chart.across(1)) == (25.0, 75.0)
    assert chart.line(0) == "M0 0H500V733.3H1000" and chart.fill(1).endswith("V666.7H0Z")
    assert grid([]) == [60, 0]


def test_a_dot_stands_within_its_row_whatever_it_tells() -> None:
    assert [along(minutes, 100) for minutes in (-5, 0, 50, 100, 300)] == [3, 3, 50, 97, 97]
    assert along(0, 0) == 3
