"""How long clients wait for a first answer: in open time where that is promised, else as the clock runs."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from trackr.hours.opening import Opening


def minutes_to_answer(asked_at: datetime, answered_at: datetime, opening: Opening | None) -> int:
    """The whole minutes between; of them those in which the agency was open, where that is given."""
    if opening:
        return opening.minutes_between(asked_at, answered_at)
    return max(answered_at - asked_at, timedelta()) // timedelta(minutes=1)


def middle(minutes: Iterable[int]) -> int | None:
    """The median in whole minutes: as many took longer as took less. None of nothing."""
    found = list(minutes)
    return int(median(found)) if found else None
