"""What all records share: the database they live in, and how instants and days are stored."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from peewee import BigIntegerField, CharField, Model

from trackr import clock
from trackr.db import database

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


if TYPE_CHECKING:

    class _Typed:
        """peewee's fields stand for their values on a record; these say so to the type checker."""

        def __get__(self, record: Any, owner: Any = None) -> Any: ...
        def __set__(self, record: Any, value: Any) -> None: ...
else:

    class _Typed: ...


class InstantField(_Typed, BigIntegerField):
    """An instant in UTC, stored as whole milliseconds since 1970 (sorts and compares as a number)."""

    def db_value(self, value: Any) -> Any:
        return to_milliseconds(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else from_milliseconds(value)


class DayField(_Typed, CharField):
    """A calendar day, stored as ISO text (sorts as a day)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)

    def db_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> Any:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Record(Model):
    class Meta:
        database = database
        legacy_table_names = False


def to_milliseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MILLISECOND


def from_milliseconds(value: int) -> datetime:
    return EPOCH + value * MILLISECOND


def now() -> datetime:
    """This instant, in UTC, to the millisecond that is stored."""
    return from_milliseconds(to_milliseconds(clock.read()))


class Refused(Exception):
    """A domain verb that may not be done now, with a reason that a person can read.

    `code` names the reason (the pages translate it); `field` is the form field it belongs to, or "".
    """

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field
