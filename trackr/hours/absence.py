"""When somebody left a timer running: a long silence in the signs of life that they gave since it was started."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

LONGEST_SILENCE = timedelta(hours=4)


def left_at(signs: Sequence[datetime], *, over_midnight: bool) -> datetime | None:
    """The last sign before the first silence of more than four hours; None where somebody was there all along.

    signs: ascending, from the start of the timer to now. Over midnight it counts as left at the last sign before now,
    however short the silence was: who works at night is asked once, who forgot a timer never pays for it.
    """
    for sign, following in pairwise(signs):
        if following - sign > LONGEST_SILENCE:
            return sign
    return signs[-2] if over_midnight else None
