"""The open tickets that wait for the reader's side to write, across all projects: how many, and which."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from peewee import JOIN, SQL, Query, Select, fn

from trackr.models import Membership, Participant, Project, Target, Ticket
from trackr.models.base import from_milliseconds
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach
from trackr.reach.scope import NOTHING, Requester

MOST_COUNTED = 100  # so that counting costs the same however many wait
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket that waits to be answered."""

    number: int
    title: str
    priority: str
    requester: str
    since: datetime
    project: Project  # with its meter
    answer_at: datetime | None = None  # by when it is to be answered, where the reader is shown that


def count(reach: Reach) -> int:
    """How many wait for staff, at most MOST_COUNTED. One query, which reads of tickets nothing but an index."""
    found: int = _count(reach.person.sees_every_project).value(person=reach.person.id)
    return found


def waiting(reach: Reach, projects: list[Project], most: int = MOST_SHOWN, *, by_due: bool = False) -> list[Waiting]:
    """Those of the reader's projects that are given, longest waiting first, or what is due first. One query."""
    person, by_id = reach.person, {project.id: project for project in projects}
    aimed = person.is_staff and any(project.has_targets for project in projects)
    prepared = _waiting(person.is_client, person.sees_every_project, aimed, by_due and aimed)
    return [
        Waiting(
            number, title, priority, requester, from_milliseconds(since), by_id[project], due and from_milliseconds(due)
        )
        for number, title, priority, requester, since, project, due in prepared.rows(person=person.id, most=most)
        if project in by_id
    ]


@cache
def _count(sees_every: bool) -> Prepared:
    def build() -> Query:
        waiting = _theirs(Ticket.select(Ticket.id), False, sees_every).limit(MOST_COUNTED)
        return Select([waiting], [fn.COUNT(SQL("*"))])

    return Prepared(build)


@cache
def _waiting(by_client: bool, sees_every: bool, aimed: bool, by_due: bool) -> Prepared:
    def build() -> Query:
        due = Target.due() if aimed else NOTHING
        about = (Ticket.id, Ticket.title, Ticket.priority, Requester.name, Ticket.turn_at, Ticket.project)
        query = Ticket.select(*about, due)
        query = _theirs(query, by_client, sees_every)
        query = query.join_from(Ticket, Requester, on=(Ticket.requester == Requester.id))
        first = [fn.COALESCE(due, SQL("9e15"))] if by_due else []
        return query.order_by(*first, Ticket.turn_at, Ticket.id).limit(parameter("most"))

    return Prepared(build)


def _theirs(query: Select, by_client: bool, sees_every: bool) -> Select:
    """Of the projects that are not archived: what the reader sees, and is the turn of."""
    # Not joined: SQLite would begin with the tickets, and read those of all years.
    going_on = Project.select(Project.id).where(Project.archived_at.is_null())
    turn = "theirs" if by_client else "ours"
    query = query.where(Ticket.project.in_(going_on) & Ticket.closed_at.is_null() & (Ticket.turn == turn))
    if not sees_every:
        member = (Membership.project == Ticket.project) & (Membership.person == parameter("person"))
        query = query.join_from(Ticket, Membership, JOIN.INNER, on=member)
    if by_client:
        query = query.where((Membership.sees == "all") | Participant.own(Ticket, parameter("person")))
    return query
