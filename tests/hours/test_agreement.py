"""What was agreed against what is valued."""

import pytest

from trackr.hours.agreement import Standing, standing


@pytest.mark.parametrize(
    ("valued", "expected"),
    [(0, "within"), (95, "within"), (96, "near"), (120, "near"), (121, "over"), (-15, "within")],
)
def test_from_four_fifths_of_the_ceiling_on_it_is_near_and_beyond_it_over(valued: int, expected: Standing) -> None:
    assert standing(120, valued) == expected
