"""The files of a ticket as one person sees them, by what they came with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from peewee import JOIN, Query

from trackr.models import Attachment, Comment, Ticket
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach

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
    for id, name, size, width, height, author, number, internal in prepared.rows(ticket=ticket.id):
        key = OPENING if number is None else f"n{number}" if internal else str(number)
        file = File(id, name, size, width, height, person.is_owner or author == person.id)
        found[key] = (*found.get(key, ()), file)
    return found


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


def _query(with_internal: bool) -> Query:
    query = (
        Attachment.select(
            Attachment.id, Attachment.name, Attachment.size, Attachment.width, Attachment.height,
            Attachment.created_by, Comment.number, Comment.internal,
        )
        .join(Comment, JOIN.LEFT_OUTER)
        .where((Attachment.ticket == parameter("ticket")) & Attachment.deleted_at.is_null())
        .order_by(Attachment.id)
    )  # fmt: skip
    return query if with_internal else query.where(~Attachment.internal)


_all = Prepared(lambda: _query(with_internal=True))
_public = Prepared(lambda: _query(with_internal=False))
