"""The conversation of tickets that were merged into one, as one person reads it there."""

from collections.abc import Iterator, Sequence
from functools import cache

from peewee import Query

from trackr.models import Comment, Person, Ticket
from trackr.models.base import from_milliseconds
from trackr.models.merging import family
from trackr.models.prepared import Prepared
from trackr.reach import Reach
from trackr.reach.beside import Merged
from trackr.reach.files import OPENING, brought_files
from trackr.reach.scope import visible
from trackr.reach.stream import Message


def brought_along(reach: Reach, ticket: Ticket, merged: Sequence[Merged]) -> Iterator[Message]:
    """What was written on merged tickets: to be read here, and changed there. It begins with what was asked."""
    if not merged:
        return
    person, files = reach.person, brought_files(reach, ticket)
    for one in merged:
        asked = (one.requester, one.by_staff, one.html, one.opened_at)
        here = files.get((one.number, OPENING), ())
        yield Message("0", False, *asked, edited=False, mine=False, files=here, origin=one.number)
    prepared = _merged_comments(person.is_client, person.sees_every_project)
    for number, internal, name, role, html, at, edited, origin in prepared.rows(ticket=ticket.id, person=person.id):
        key, said = f"n{number}" if internal else str(number), from_milliseconds(at)
        told = (bool(internal), name, role != "client", html, said, edited is not None)
        yield Message(key, *told, mine=False, files=files.get((origin, key), ()), origin=origin)


@cache
def _merged_comments(by_client: bool, sees_every: bool) -> Prepared:
    def build() -> Query:
        table, ids = family()
        told = (Comment.number, Comment.internal, Person.name, Person.role, Comment.body_html, Comment.created_at)
        query = Comment.select(*told, Comment.edited_at, Comment.ticket).join(Person).join_from(Comment, Ticket)
        query = query.where(Comment.deleted_at.is_null() & Comment.ticket.in_(ids))
        query = query.where(visible(Ticket, by_client, sees_every)).with_cte(table)
        return query.where(~Comment.internal) if by_client else query

    return Prepared(build)
