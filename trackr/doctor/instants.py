"""The clock of the machine: nothing can have been stored later than now."""

from collections.abc import Iterator
from datetime import datetime

from peewee import fn

from trackr.doctor.finding import Finding, ok, wrong
from trackr.models import ALL
from trackr.models.base import InstantField, now

AHEAD = {"confirms_at", "due_at", "expires_at", "good_until", "stale_at"}  # what these tell is still to come


def examine() -> Finding:
    at, (newest, where) = now(), max(_stored(), default=(None, ""))
    if newest and newest > at:
        return wrong(
            "clock",
            f"it is {_told(at)}, but {where} holds {_told(newest)}: the clock went back, or it was ahead then."
            " Set it; if it is right now, this passes by itself",
        )
    return ok("clock", f"it is {_told(at)}, and nothing was stored later than that")


def _stored() -> Iterator[tuple[datetime, str]]:
    """The newest instant of each column that has any, and what the column is called."""
    for model in ALL:
        for field in model._meta.sorted_fields:
            if isinstance(field, InstantField) and field.name not in AHEAD:
                newest = model.select(fn.MAX(field)).scalar()
                if newest is not None:
                    yield newest, f"{model._meta.table_name}.{field.column_name}"


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
