"""Queries that every request asks: their SQL is worked out once, and their rows become records without ceremony.

Building and compiling a query takes peewee several times as long as SQLite takes to answer it.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from peewee import SQL, AutoField, CharField, Field, ForeignKeyField, IntegerField, Model, Query, TextField

from trackr.db import database


class Parameter:
    """A place in a prepared query for a value that is given each time."""

    def __init__(self, name: str) -> None:
        self.name = name


def parameter(name: str) -> SQL:
    """A parameter to be used where a value would stand: `Project.slug == parameter("slug")`."""
    return SQL("?", [Parameter(name)])


class Prepared:
    """A query made by `build`, compiled when first asked."""

    def __init__(self, build: Callable[[], Query]) -> None:
        self._build = build

    @cached_property
    def _compiled(self) -> tuple[str, list[Any]]:
        sql, parameters = self._build().sql()
        return sql, parameters

    def rows(self, **values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows as the database has them: instants as milliseconds, days as text."""
        sql, parameters = self._compiled
        given = [values[each.name] if isinstance(each, Parameter) else each for each in parameters]
        return iter(database.execute_sql(sql, given))

    def run(self, **values: Any) -> None:
        """Carry out a statement that gives no rows."""
        self.rows(**values)

    def value(self, **values: Any) -> Any:
        """The first field of the first row, None where there is none."""
        row = self.first(**values)
        return row[0] if row else None

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        return next(self.rows(**values), None)


class Maker:
    """Makes records of one model from part of a row: the given fields (all of them, unless given), from `start` on."""

    def __init__(self, model: type[Model], fields: list[Field] | None = None, start: int = 0) -> None:
        self.model = model
        self._given = fields
        self._start = start

    @cached_property
    def _fields(self) -> list[Field]:
        # Asked late: a field that refers to a model defined further on comes with that model.
        return self._given or self.model._meta.sorted_fields

    @cached_property
    def _part(self) -> slice:
        return slice(self._start, self.end)

    @cached_property
    def end(self) -> int:
        return self._start + len(self._fields)

    @cached_property
    def _names(self) -> list[str]:
        return [field.name for field in self._fields]

    @cached_property
    def _converted(self) -> list[tuple[str, Callable[[Any], Any]]]:
        """Instants, days and truth values; numbers and texts are what the database gives."""
        plain = (IntegerField, CharField, TextField, AutoField, ForeignKeyField)
        return [(field.name, field.python_value) for field in self._fields if type(field) not in plain]

    def make(self, row: tuple[Any, ...]) -> Any:
        """The record, or None where a left join found none (its first field, the id, is null)."""
        values = row[self._part]
        if values[0] is None:
            return None
        record = self.model(__no_default__=1)
        data = record.__data__
        data.update(zip(self._names, values, strict=True))
        for name, convert in self._converted:
            if data[name] is not None:
                data[name] = convert(data[name])
        return record


def makers(*parts: tuple[type[Model], list[Field]]) -> list[Maker]:
    """One maker for each model of a joined query, in the order in which its fields are selected."""
    made: list[Maker] = []
    for model, fields in parts:
        made.append(Maker(model, fields, made[-1].end if made else 0))
    return made
