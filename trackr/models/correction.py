"""Corrections: entries below 0 that give back hours of one that is on a statement, which itself stays as it is."""

from typing import TYPE_CHECKING

from peewee import fn

from trackr.models.base import Refused

if TYPE_CHECKING:
    from trackr.models.entry import Entry


def require_correctable(entry: "Entry", minutes: int, besides: "Entry | None" = None) -> None:
    """Refuse a correction that would give back that many minutes (besides: a correction that is being edited).

    Raises Refused: "not_closed" where the entry can simply be changed, "corrected" where it is a correction itself,
    "not_back" where nothing is given back, "too_much" where it is more than what is left of the entry.
    """
    if entry.corrects_id or not entry.is_closed:
        raise Refused("corrected" if entry.corrects_id else "not_closed", "corrects")
    if minutes <= 0:
        raise Refused("not_back", "valued")
    left = entry.valued_minutes + _given_back(entry, besides)
    if minutes > left:
        raise Refused("too_much", "valued", minutes=left)


def _given_back(entry: "Entry", besides: "Entry | None") -> int:
    """The valued minutes of its corrections, 0 or below."""
    model = type(entry)
    given = model.select(fn.COALESCE(fn.SUM(model.valued_minutes), 0)).where(model.corrects == entry)
    minutes: int = given.where(model.id != (besides.id if besides else 0)).scalar()
    return minutes
