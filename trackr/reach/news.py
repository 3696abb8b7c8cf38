"""What has happened on a ticket as one person may read it now: what was deleted or taken back meanwhile is no news."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from trackr.models import Event, Ticket, naming
from trackr.reach import Reach
from trackr.reach.files import OPENING, Files, files
from trackr.reach.stream import ESTIMATES, TOLD_TO_CLIENTS, Notice, told_to_clients

WRITTEN = ("comment.written", "note.written")
NOTICED = ("ticket.closed", "ticket.reopened", "ticket.changed", "file.added", "participant.added",
           "satisfaction.said", *ESTIMATES)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A text that somebody wrote: the ticket's own, a comment, or a note."""

    author: str
    html: str
    text: str  # as it was typed
    at: datetime
    anchor: str  # its place on the ticket's page
    internal: bool = False
    files: tuple[str, ...] = ()

    @property
    def actor(self) -> str:
        return self.author


def news(reach: Reach, ticket: Ticket, events: Iterable[Event]) -> list[Said | Notice]:
    """What these events tell the person, in their order. `ticket` is the one that the reach gave."""
    events = list(events)
    brought = files(reach, ticket) if events else {}
    return [item for event in events for item in _read(reach, ticket, event, events, brought)]


def _read(reach: Reach, ticket: Ticket, event: Event, others: list[Event], brought: Files) -> Iterator[Said | Notice]:
    if event.kind == "ticket.opened":
        names = _names(brought, OPENING)
        yield Said(ticket.requester.name, ticket.body_html, ticket.body, ticket.opened_at, "", files=names)
    elif event.kind in WRITTEN:
        yield from _written(reach, ticket, event, brought)
    elif event.kind in NOTICED and _may_know(reach, ticket, event) and _holds(ticket, event, others, brought):
        told = naming.told(event)
        told = told if reach.person.is_staff else told_to_clients(event.kind, told)
        yield Notice(event.kind, event.actor.name if event.actor else "", told, event.created_at)


def _written(reach: Reach, ticket: Ticket, event: Event, brought: Files) -> Iterator[Said]:
    key = event.details.get("key", "")
    comment = reach.comment(ticket, key)
    if comment is None or (comment.internal and not reach.person.is_staff):
        return
    names = _names(brought, key)
    author, at = comment.author.name, comment.created_at
    yield Said(author, comment.body_html, comment.body, at, f"comment-{key}", bool(comment.internal), names)


def _may_know(reach: Reach, ticket: Ticket, event: Event) -> bool:
    if reach.person.is_staff:
        return True
    hours = event.kind in ESTIMATES and reach.sees_hours(ticket.project)
    return event.kind in TOLD_TO_CLIENTS and (event.client or hours)


def _holds(ticket: Ticket, event: Event, others: list[Event], brought: Files) -> bool:
    """Whether it is still so."""
    kind = event.kind
    if kind in ("ticket.closed", "ticket.reopened"):
        return ticket.is_closed == (kind == "ticket.closed")
    if kind == "ticket.changed":
        given = event.details.get("assignee", [None, None])[1]
        return bool(given and ticket.assignee_id == given)
    if kind == "file.added":
        return bool(set(event.details["names"]) & set(_names(brought, OPENING)))
    if kind == "estimate.proposed":
        instead = (Event.ticket == ticket) & (Event.id > event.id)
        undone = Event.kind.in_(("estimate.proposed", "estimate.withdrawn"))
        return not Event.select().where(instead & undone).exists()
    if kind == "estimate.withdrawn":  # no news to who had not heard of it
        return not any(other.kind == "estimate.proposed" for other in others)
    return True


def _names(brought: Files, key: str) -> tuple[str, ...]:
    return tuple(file.name for file in brought.get(key, ()))
