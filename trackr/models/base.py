"""What all records share: the database they live in, and how instants and days are stored."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from peewee import BigIntegerField, CharField, Field, Model

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
    """A stored record. Single rows are written by statements made once for each model, not compiled each time."""

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def create(cls, **values: Any) -> Self:
        record = cls(**values)
        cursor = database.execute_sql(_insertion(cls._meta), _stored(record, _fields(cls._meta)))
        record.id = record.id or cursor.lastrowid
        record._dirty.clear()
        return record

    def store(self, *names: str) -> None:
        """Write these fields of the record, or all of them, to its row."""
        fields = [self._meta.fields[name] for name in names] or _fields(self._meta)[1:]
        columns = ", ".join(f'"{field.column_name}" = ?' for field in fields)
        statement = f'UPDATE "{self._meta.table_name}" SET {columns} WHERE "id" = ?'  # noqa: S608 -- names of ours
        database.execute_sql(statement, [*_stored(self, fields), self.id])


@cache
def _fields(meta: Any) -> list[Field]:
    """The fields of the model that this is the `_meta` of, the id first."""
    return sorted(meta.sorted_fields, key=lambda field: field.name != "id")


@cache
def _insertion(meta: Any) -> str:
    names = ", ".join(f'"{field.column_name}"' for field in _fields(meta))
    places = ", ".join("?" * len(_fields(meta)))
    return f'INSERT INTO "{meta.table_name}" ({names}) VALUES ({places})'  # noqa: S608 -- names of ours


def _stored(record: Model, fields: list[Field]) -> list[Any]:
    data = record.__data__
    return [field.db_value(data.get(field.name)) for field in fields]


def to_milliseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MILLISECOND


def from_milliseconds(value: int) -> datetime:
    return EPOCH + value * MILLISECOND


def now() -> datetime:
    """This instant, in UTC, to the millisecond that is stored."""
    return from_milliseconds(to_milliseconds(clock.read()))


class Refused(Exception):
    """A domain verb that may not be done now, with a reason that a person can read.

    `code` names the reason (the pages translate it); `field` is the form field it belongs to, or ""; `minutes` is the
    amount that it is about, if any.
    """

    def __init__(self, code: str, field: str = "", minutes: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.minutes = minutes
