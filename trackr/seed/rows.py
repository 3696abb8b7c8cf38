"""Rows by the hundred thousand, past the models: values as the database stores them, instants in milliseconds."""

from collections.abc import Iterable
from typing import Any

from peewee import Field, Model

from trackr.db import database


def insert(model: type[Model], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of the named fields; the others take the default that the model gives them."""
    given = [model._meta.fields[name] for name in names]
    others = {other: other.default for other in model._meta.sorted_fields if _has_default(other, names)}
    columns = ", ".join(f'"{each.column_name}"' for each in (*given, *others))
    marks = ", ".join("?" * (len(given) + len(others)))
    defaults = tuple(each.db_value(value() if callable(value) else value) for each, value in others.items())
    statement = f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({marks})'  # noqa: S608 - our own names
    database.connection().executemany(statement, (row + defaults for row in rows))


def _has_default(field: Field, names: tuple[str, ...]) -> bool:
    return field.name not in names and field.default is not None
