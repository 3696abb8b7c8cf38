"""Time stands still here: see tests/clock.py."""

import pytest

from tests.clock import Clock


@pytest.fixture(autouse=True)
def stand_still(clock: Clock) -> None:
    pass
