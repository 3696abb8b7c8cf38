"""How the last word of a search may go on: the names of filters, and of each the values that are there to be found."""

from collections.abc import Iterable

from peewee import Select, fn

from trackr.models import Column, Person, Project, Ticket
from trackr.reach import Reach
from trackr.reach.ask import FILTERS, LONGEST, begins

MOST = 12


def suggest(reach: Reach, line: str) -> list[str]:
    """Whole lines that begin with what was typed, its last word completed."""
    before, key, value = _last(line[:LONGEST])
    if key:
        return [f"{before}{key}:{_quoted(name)}" for name in _values(reach, key) if begins(name, value)][:MOST]
    return [f"{before}{name}:" for name in FILTERS if name.startswith(value.lower())]


def _last(line: str) -> tuple[str, str, str]:
    """What stands before the last word, the filter it names, if any, and what of it is typed."""
    start = line.rfind(" ") + 1
    if line.count('"') % 2:  # a value with spaces that is not closed yet
        start = line.rfind(" ", 0, line.rfind('"')) + 1
    key, colon, value = line[start:].partition(":")
    is_filter = bool(colon) and key.lower() in FILTERS
    return line[:start], key.lower() if is_filter else "", value.strip('"') if is_filter else line[start:]


def _values(reach: Reach, key: str) -> Iterable[str]:
    if FILTERS[key]:
        return FILTERS[key]
    seen = Ticket.select().where(reach.everywhere())
    if key == "project":
        return _distinct(seen.select(Project.slug).join(Project), Project.slug)
    if key == "column":
        return _distinct(seen.select(Column.name).join(Column), Column.name)
    on = Ticket.assignee if key == "assignee" else Ticket.requester
    return ["me", *_distinct(seen.select(Person.name).join(Person, on=(on == Person.id)), Person.name)]


def _distinct(query: Select, name: object) -> list[str]:
    return [value for (value,) in query.distinct().order_by(fn.LOWER(name)).limit(1000).tuples()]


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
