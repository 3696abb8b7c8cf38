"""The files of a ticket as one person sees them, by what they came with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from peewee import JOIN, Query, Select

from trackr.models import Attachment, Comment, Ticket
from trackr.models.merging import family
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach
from trackr.reach.scope import visible

OPENING = ""  # the key of the ticket's own text, beside those of its comments


@dataclass(frozen=True, slots=True)
class File:
    id: int
    name: str
    size: int  # bytes
    width: int | None  # of its picture, where there is one
    height: int | None
    may_delete: bool


Files = dict[str, tuple[File, ...]]


def files(reach: Reach, ticket: Ticket) -> Files:
    """All files of the ticket that the person may see, under the keys of their comments. One query."""
    person, found = reach.person, Files()
    prepared = _all if person.is_staff else _public
    for author, _, number, internal, id, name, size, width, height in prepared.rows(ticket=ticket.id):
        key = _key(number, internal)
        file = File(id, name, size, width, height, person.is_owner or author == person.id)
        found[key] = (*found.get(key, ()), file)
    return found


def brought_files(reach: Reach, ticket: Ticket) -> dict[tuple[int, str], tuple[File, ...]]:
    """Those of the tickets that were merged into it, under these and the keys of their comments. One query.

    They are shown here, and deleted there.
    """
    person, found = reach.person, dict[tuple[int, str], tuple[File, ...]]()
    prepared = _brought(person.is_client, person.sees_every_project)
    rows = prepared.rows(ticket=ticket.id, person=person.id)
    for _, origin, number, internal, id, name, size, width, height in rows:
        key = (origin, _key(number, internal))
        found[key] = (*found.get(key, ()), File(id, name, size, width, height, may_delete=False))
    return found


def _key(number: int | None, internal: bool) -> str:
    if number is None:
        return OPENING
    return f"n{number}" if internal else str(number)


def with_files(items: Iterable[Any], files: Files) -> list[Any]:
    """The items of a stream, the messages with the files that came with them."""
    return [
        replace(item, files=files[item.key]) if item.kind == "message" and item.key in files else item for item in items
    ]


def attachment(reach: Reach, number: int) -> Attachment | None:
    """A file with its ticket and project; None where it is deleted, or not theirs to see."""
    found = Attachment.get_or_none((Attachment.id == number) & Attachment.deleted_at.is_null())
    if found is None or (found.internal and not reach.person.is_staff):
        return None
    ticket = reach.ticket(found.ticket_id)
    if ticket is None:
        return None
    found.ticket = ticket
    return found


def _query(with_internal: bool) -> Select:
    query = (
        Attachment.select(
            Attachment.created_by, Attachment.ticket, Comment.number, Comment.internal,
            Attachment.id, Attachment.name, Attachment.size, Attachment.width, Attachment.height,
        )
        .join(Comment, JOIN.LEFT_OUTER)
        .where(Attachment.deleted_at.is_null())
        .order_by(Attachment.id)
    )  # fmt: skip
    return query if with_internal else query.where(~Attachment.internal)


@cache
def _brought(by_client: bool, sees_every: bool) -> Prepared:
    def build() -> Query:
        table, ids = family()
        query = _query(with_internal=not by_client).join_from(Attachment, Ticket)
        theirs = Attachment.ticket.in_(ids) & visible(Ticket, by_client, sees_every)
        return query.where(theirs).with_cte(table)

    return Prepared(build)


def _of_ticket(with_internal: bool) -> Query:
    return _query(with_internal).where(Attachment.ticket == parameter("ticket"))


_all = Prepared(lambda: _of_ticket(with_internal=True))
_public = Prepared(lambda: _of_ticket(with_internal=False))
