"""The forecast holds whatever the weeks were, those in which corrections gave back more than was worked too."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.forecast import FARTHEST, runs_out

TODAY = date(2026, 3, 14)


@pytest.mark.parametrize("corrected", [-180, -181, -600])
def test_weeks_that_come_to_nothing_have_no_end_in_sight(corrected: int) -> None:
    assert runs_out([60, 60, 60, corrected], 100, TODAY) is None


@given(st.lists(st.integers(-600, 3000), max_size=20), st.integers(-600, 60000))
def test_a_forecast_lies_between_its_bounds_and_before_the_farthest(weeks: list[int], left: int) -> None:
    forecast = runs_out(weeks, left, TODAY)
    if forecast:
        assert TODAY <= forecast.first <= forecast.on <= forecast.last <= TODAY + FARTHEST + timedelta(days=1)
