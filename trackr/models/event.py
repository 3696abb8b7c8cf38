"""Events: a line for every change, and the versions that tell open pages to look again.

The database lets nobody change one, or delete it before its project or ticket. `via` says from where a change came:
from a page (web), or from one of the others in VIA. Addresses of machines are nobody's business, and are not kept.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from peewee import BooleanField, CharField, DeferredForeignKey, ForeignKeyField, Query, TextField

from trackr.models.base import InstantField, Record, now, to_milliseconds
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter

if TYPE_CHECKING:
    from trackr.models.project import Project
    from trackr.models.ticket import Ticket


VIA = ("web", "api", "mail", "cli")
_via = ContextVar("via", default="web")
_untold = ContextVar("untold", default=False)

# Changes of what an owner sets, which stand in the trail of the instance too.
SETTINGS = frozenset({
    "activity.added", "activity.archived", "activity.changed", "activity.unarchived", "column.removed",
    "day_off.added", "day_off.removed", "opening.changed", "project.archived", "project.changed", "project.opened",
    "project.unarchived", "template.changed",
})  # fmt: skip


@contextmanager
def coming(via: str, *, untold: bool = False) -> Iterator[None]:
    """Of all that changes within, say that it came this way (one of VIA).

    untold: nobody is told of it by mail, since it happened long ago.
    """
    before, told_before = _via.set(via), _untold.set(untold)
    try:
        yield
    finally:
        _via.reset(before)
        _untold.reset(told_before)


def way() -> str:
    """How what changes now is coming."""
    return _via.get()


class Event(Record):
    project = DeferredForeignKey("Project", on_delete="CASCADE", null=True, index=False)
    ticket = DeferredForeignKey("Ticket", on_delete="CASCADE", null=True, index=False)
    actor = ForeignKeyField(Person, null=True, index=False)
    kind = CharField()
    data = TextField(default="{}")
    client = BooleanField()  # whether a client may know of it
    via = CharField(default="web", max_length=8)  # one of VIA
    created_at = InstantField()

    class Meta:
        indexes = ((("ticket", "id"), False), (("project", "id"), False), (("actor", "created_at"), False))

    @classmethod
    def record(
        cls,
        project: "Project | None",
        kind: str,
        actor: Person | None,
        /,  # so that a change of a ticket's kind can be told
        *,
        ticket: "Ticket | None" = None,
        client: bool = True,
        meter: bool = False,
        shape: bool = False,
        news: bool = True,
        at: datetime | None = None,
        **data: Any,
    ) -> None:
        """Note a change and bump the versions of those who may see it.

        client: every client who sees the ticket sees it · meter: those who see hours do · shape: everybody of the
        project does (its name, its columns, its archive) · news: its ticket is unread for all others. Without a
        project it is the agency's, seen by all staff.
        Called inside the transaction of the change.
        """
        data |= {"untold": True} if _untold.get() else {}
        cls.create(
            project=project.id if project else None,
            ticket=ticket.id if ticket else None,
            actor=actor.id if actor else None,
            kind=kind,
            data=json.dumps(data, ensure_ascii=False) if data else "{}",
            client=client,
            via=_via.get(),
            created_at=at or now(),
        )
        if kind in SETTINGS:
            from trackr.models.audit import Audit

            Audit.record("settings", actor, project=project, what=kind)
        if project is None:
            _bump_all.run()
        else:
            _bump(client, meter, shape).run(project=project.id)
            if ticket:
                _change(project, ticket, actor if news else None, _stamp(client, news), at or now())

    @classmethod
    def tell_clients(cls, project: "Project") -> None:
        """Let the clients who see all of the project look again, where what has changed is about no single ticket."""
        _bump(True, False, False).run(project=project.id)

    @property
    def details(self) -> dict[str, Any]:
        return json.loads(self.data)


@cache
def _bump(client: bool, meter: bool, shape: bool) -> Prepared:
    projects = Event.project.rel_model
    versions = [projects.staff_version]
    versions += [projects.client_version] if client else []
    versions += [projects.meter_version] if meter else []
    versions += [projects.shape_version] if shape else []
    moved = {version: version + 1 for version in versions}
    return Prepared(lambda: projects.update(moved).where(projects.id == parameter("project")))


def _query_bump_all() -> Query:
    projects = Event.project.rel_model
    return projects.update({projects.staff_version: projects.staff_version + 1})


def _change(project: "Project", ticket: "Ticket", reader: Person | None, stamp: Prepared, at: datetime) -> None:
    """Put the instant on the ticket, which stays read for the reader: whoever did it."""
    if reader:
        from trackr.models.sight import Sight

        Sight.keep(reader, ticket, at)
    stamp.run(project=project.id, ticket=ticket.id, at=to_milliseconds(at))


@cache
def _stamp(client: bool, news: bool) -> Prepared:
    """Put the instant on the ticket, for a client the project's version too: the newest of theirs is what they see."""

    def build() -> Query:
        projects, tickets = Event.project.rel_model, Event.ticket.rel_model
        newest = projects.select(projects.client_version).where(projects.id == parameter("project"))
        stamps = {tickets.changed_at: parameter("at") if news else tickets.changed_at}
        if client and news:
            stamps[tickets.client_changed_at] = parameter("at")
        if client:
            stamps[tickets.client_version] = newest
        return tickets.update(stamps).where(tickets.id == parameter("ticket"))

    return Prepared(build)


_bump_all = Prepared(_query_bump_all)
