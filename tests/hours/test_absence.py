"""When somebody left a timer running."""

from datetime import UTC, datetime, timedelta

import pytest

from trackr.hours.absence import left_at

NINE = datetime(2026, 3, 14, 9, tzinfo=UTC)


def signs(*hours: float) -> list[datetime]:
    return [NINE + timedelta(hours=hour) for hour in hours]


@pytest.mark.parametrize(
    ("hours", "left"),
    [((0, 1), None), ((0, 4), None), ((0, 4.01), 0), ((0, 3, 6, 9), None), ((0, 2, 7), 2), ((0, 5, 6, 12), 0)],
)
def test_a_silence_of_more_than_four_hours_is_an_absence(hours: tuple[float, ...], left: float | None) -> None:
    assert left_at(signs(*hours), over_midnight=False) == (None if left is None else signs(left)[0])


@pytest.mark.parametrize(("hours", "left"), [((0, 1), 0), ((0, 1, 2), 1), ((0, 5, 6), 0)])
def test_over_midnight_there_is_one_however_short_the_silence(hours: tuple[float, ...], left: float) -> None:
    assert left_at(signs(*hours), over_midnight=True) == signs(left)[0]
