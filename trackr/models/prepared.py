"""Queries that every request asks: their SQL is worked out once, and their rows become records without ceremony.

Building and compiling a query takes peewee several times as long as SQLite takes to answer it.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from peewee import SQL, Field, Model, Query

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

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        return next(self.rows(**values), None)


class Maker:
    """Makes records of one model from part of a row: the given fields, from `start` on."""

    def __init__(self, model: type[Model], fields: list[Field], start: int = 0) -> None:
        self.model = model
        self.part = slice(start, start + len(fields))
        self.end = start + len(fields)
        self._names = [field.name for field in fields]
        # Numbers and texts come as they are; instants, days and truth values are converted.
        plain = {"AUTO", "INT", "VARCHAR", "TEXT"}
        self._converted = [
            (field.name, field.python_value)
            for field in fields
            if field.field_type not in plain or type(field).__name__.endswith(("InstantField", "DayField"))
        ]

    def make(self, row: tuple[Any, ...]) -> Any:
        """The record, or None where a left join found none (its first field, the id, is null)."""
        values = row[self.part]
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
