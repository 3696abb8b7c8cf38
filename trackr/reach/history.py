"""What has happened, newest first, as one person may know it: on a ticket, in a project, in all of them.

The database keeps a line for every change (see models/event.py). A client is told of what is theirs, and of that no
more than the ticket's page tells them.
"""

import json
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from peewee import JOIN, Expression, Select, fn
from werkzeug.datastructures import MultiDict

from trackr.models import Event, Person, Project, Ticket
from trackr.models.base import from_milliseconds
from trackr.models.naming import people_named, with_names
from trackr.reach import Reach
from trackr.reach.stream import ESTIMATES, OF_HOURS, TOLD, TOLD_TO_CLIENTS, Notice

MOST = 50  # on a page
LATEST = 5000  # among which those are looked for who did something

# What may be asked for, by the first word of a kind.
GROUPS = {
    "tickets": ("ticket", "participant", "satisfaction"),
    "words": ("comment", "note", "file"),
    "time": ("entry", "estimate", "purchase", "statement"),
    "settings": ("project", "membership", "column", "template", "view", "activity", "opening", "day_off",
                 "canned_reply", "rates"),
}  # fmt: skip

# Of tickets more than the stream tells, in which they speak for themselves; and what is about no ticket.
WRITTEN = ("ticket.opened", "comment.written", "comment.edited", "note.written", "note.edited", "entry.logged",
           "entry.corrected", "ticket.left")  # fmt: skip
HOURS_BOUGHT = ("purchase.requested", "purchase.added", "purchase.opened", "purchase.declined", "purchase.cancelled")
SETTINGS = (
    "project.opened", "project.changed", "project.archived", "project.unarchived", "membership.granted",
    "membership.revoked", "column.added", "column.changed", "column.removed", "template.changed", "view.kept",
    "view.changed", "view.removed", "activity.added", "activity.changed", "activity.archived", "activity.unarchived",
    "opening.changed", "day_off.added", "day_off.removed", "canned_reply.added", "canned_reply.changed",
    "canned_reply.removed", "rates.changed",
)  # fmt: skip
FOR_STAFF = (*TOLD, *WRITTEN, *HOURS_BOUGHT, "statement.closed", *SETTINGS)

# What of each a client may read; those about hours only who sees them.
ABOUT_HOURS = {**dict.fromkeys(HOURS_BOUGHT, ("minutes",)), "statement.closed": ("number",)}
FOR_CLIENTS = {
    **TOLD_TO_CLIENTS, "ticket.opened": (), "comment.written": (), "comment.edited": (), **ABOUT_HOURS,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what cannot be read is as if it were not there."""

    kind: str = ""  # one of GROUPS
    person: int = 0
    before: int = 0  # older than this event

    @classmethod
    def read(cls, values: "MultiDict[str, str]") -> "Asked":
        kind = values.get("kind", "")
        return cls(kind if kind in GROUPS else "", _number(values, "person"), _number(values, "before"))

    def address(self, **changes: object) -> dict[str, Any]:
        wanted = {"kind": self.kind, "person": self.person, "before": self.before} | changes
        return {name: value for name, value in wanted.items() if value}


@dataclass(frozen=True, slots=True)
class Deed(Notice):
    """A change, with where it happened."""

    event: int = 0
    via: str = ""  # "": nothing for this reader
    number: int = 0  # of its ticket
    title: str = ""
    slug: str = ""
    project: str = ""


@dataclass(frozen=True)
class History:
    deeds: list[Deed]
    people: list[tuple[int, str]]  # who may be asked for
    older: int  # the event before which it goes on, 0: nowhere

    def days(self, zone: ZoneInfo) -> list[tuple[date, list[Deed]]]:
        """By the day it was there."""
        return [(day, list(those)) for day, those in groupby(self.deeds, lambda deed: deed.at.astimezone(zone).date())]


def history(reach: Reach, asked: Asked, project: Project | None = None, ticket: Ticket | None = None) -> History:
    """A page of what has happened on the ticket, in the project, or in all that the person sees. Two queries."""
    theirs = _theirs(reach, project, ticket)
    query = Event.select(
        Event.id, Event.kind, Event.data, people_named(), Event.created_at, Event.via, fn.COALESCE(Person.name, ""),
        Ticket.id, Ticket.title, Project.slug, Project.name,
    )  # fmt: skip
    rows = list(_narrowed(_joined(query).where(theirs), asked).order_by(Event.id.desc()).limit(MOST + 1).tuples())
    latest = _joined(Event.select(Event.actor)).where(theirs).order_by(Event.id.desc()).limit(LATEST)
    people = Person.select(Person.id, Person.name).where(Person.id.in_(latest)).order_by(fn.LOWER(Person.name))
    older = rows[MOST - 1][0] if len(rows) > MOST else 0
    return History(_deeds(reach, rows[:MOST]), list(people.tuples()), older)


def _theirs(reach: Reach, project: Project | None, ticket: Ticket | None) -> Expression:
    """The condition that keeps a query of events to those that the person may know."""
    if ticket:
        return (Event.ticket == ticket) & _told(reach, ticket.project)
    if project:
        mine = _sees(reach) if reach.person.is_staff else Event.ticket.is_null() | reach.tickets(project)
        return (Event.project == project) & mine & _told(reach, project)
    agency = Event.project.is_null() if reach.person.is_owner else Event.id < 0
    return (agency | (Event.project.is_null(False) & _sees(reach))) & _told(reach, None)


def _sees(reach: Reach) -> Expression:
    """Of staff: events of projects that are theirs, and about tickets that are still in one of them."""
    if reach.person.sees_every_project:
        return Event.id > 0
    projects = [project.id for project in (*reach.projects(), *reach.archived_projects())]
    return Event.project.in_(projects) & (Event.ticket.is_null() | Ticket.project.in_(projects))


def _told(reach: Reach, project: Project | None) -> Expression:
    if project is None or reach.person.is_staff:
        return Event.kind.in_(FOR_STAFF)
    of_hours: list[str] = []
    if reach.sees_hours(project):
        of_hours += [*ESTIMATES, *ABOUT_HOURS, *(OF_HOURS if project.detail != "total" else ())]
    about_them = Event.ticket.is_null(False) & Event.client
    return Event.kind.in_(tuple(FOR_CLIENTS)) & (about_them | Event.kind.in_(of_hours))


def _joined(query: Select) -> Select:
    query = query.join(Person, JOIN.LEFT_OUTER, on=(Event.actor == Person.id))
    query = query.join_from(Event, Ticket, JOIN.LEFT_OUTER, on=(Event.ticket == Ticket.id))
    return query.join_from(Event, Project, JOIN.LEFT_OUTER, on=(Event.project == Project.id))


def _narrowed(query: Select, asked: Asked) -> Select:
    if asked.kind:
        query = query.where(Event.kind.in_([kind for kind in FOR_STAFF if kind.split(".")[0] in GROUPS[asked.kind]]))
    if asked.person:
        query = query.where(Event.actor == asked.person)
    return query.where(Event.id < asked.before) if asked.before else query


def _deeds(reach: Reach, rows: list[tuple[Any, ...]]) -> list[Deed]:
    by_staff, found = reach.person.is_staff, list[Deed]()
    for event, kind, data, names, at, via, actor, *about in rows:
        later = found[-1].name if found else ""
        if later == "entry.revalued" and kind in ("entry.changed", "entry.removed"):
            continue  # the same change, told once
        told = data if by_staff else json.dumps(_of(kind, json.loads(data)))
        when = at if not isinstance(at, int) else from_milliseconds(at)
        number, title, slug, name = about
        where = (number or 0, title or "", slug or "", name or "")
        found.append(Deed(kind, actor, with_names(told, names), when, "notice", event, via if by_staff else "", *where))
    return found


def _of(kind: str, details: dict[str, Any]) -> dict[str, Any]:
    return {name: details[name] for name in FOR_CLIENTS[kind] if name in details}


def _number(values: "MultiDict[str, str]", name: str) -> int:
    text = values.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else 0
