"""The people whom an event refers to: by number in the database, by name to those who read it.

A name is never written into an event, since events stay as they were written, and people may be forgotten.
"""

import json
from typing import Any

from peewee import SQL, Case, Expression, Select, fn

from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter

# The kinds that refer to people, and the details in which they do: a number, or several; 0 is nobody who is known.
KINDS = (
    "membership.granted", "membership.revoked", "participant.added", "participant.left", "ticket.changed",
    "rates.changed",
)  # fmt: skip
DETAILS = ("person", "people", "assignee", "requester")


def people_named() -> Expression:
    """A column for queries of events: the names of those whom the event refers to, by their numbers, as JSON."""
    numbers = Select([fn.json_tree(Event.data)], [SQL("value")]).where(SQL("type") == "integer")
    names = Person.alias()
    found = names.select(fn.json_group_object(names.id, names.name)).where(names.id.in_(numbers))
    return Case(None, [(Event.kind.in_(KINDS), found)], None)


def with_names(data: str, names: str | None) -> str:
    """The details of an event, as JSON, with names where they refer to people.

    names: what the column `people_named` holds. Who is in it nowhere has an empty name.
    """
    if not names:
        return data
    known, details = json.loads(names), json.loads(data)
    return json.dumps({key: _named(value, known) if key in DETAILS else value for key, value in details.items()})


def told(event: Event) -> str:
    """The event's details, as JSON, with names. One query."""
    return with_names(event.data, _of.value(event=event.id))


def _named(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_named(one, known) for one in value]
    return known.get(str(value), "") if isinstance(value, int) else value


_of = Prepared(lambda: Event.select(people_named()).where(Event.id == parameter("event")))
