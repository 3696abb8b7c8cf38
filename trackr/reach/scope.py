"""Finding a project or a ticket within what a person may see: the two queries that nearly every request begins with.

Which rows are theirs is decided in the query itself, and a client's ticket is read without its internal columns.
"""

from datetime import timedelta
from functools import cache
from typing import Any

from peewee import JOIN, SQL, Expression, Query, Select, fn

from trackr.models import (
    Alert,
    Column,
    Dismissal,
    Membership,
    Meter,
    Participant,
    Person,
    Project,
    Purchase,
    Sight,
    Ticket,
)
from trackr.models.base import now, to_milliseconds
from trackr.models.prepared import Maker, Prepared, makers, parameter

Requester = Person.alias("requester")
Assignee = Person.alias("assignee")

NOTHING = SQL("NULL")  # selected in the place of what the reader may not see

INTERNAL = ("spent_minutes", "changed_at")

NEWS = timedelta(days=90)  # a warning that is older is no news: a pack may last for years

_project_fields = Project._meta.sorted_fields
_meter_fields = Meter._meta.sorted_fields
_membership_fields = Membership._meta.sorted_fields
_column_fields = Column._meta.sorted_fields
_staff_fields = Ticket._meta.sorted_fields
_client_fields = [field for field in _staff_fields if field.name not in INTERNAL]
# Of a requester and an assignee no more than a page shows.
_person_names = ("id", "name", "role")
_person_fields = [field for field in Person._meta.sorted_fields if field.name in _person_names]

_scope = ((Project, _project_fields), (Meter, _meter_fields), (Membership, _membership_fields))


def project(person: Person, slug: str) -> Project | None:
    """The project of that slug as the person sees it, else None."""
    row = _project_by_slug(person.is_client, person.sees_every_project).first(
        person=person.id, slug=slug, since=news_since()
    )
    return _project_of(row) if row else None


def projects(person: Person, *, archived: bool) -> list[Project]:
    """All of the person's projects, by name."""
    prepared = _all_projects(person.is_client, person.sees_every_project, archived)
    return [_project_of(row) for row in prepared.rows(person=person.id, since=news_since())]


def ticket(person: Person, number: int) -> Ticket | None:
    """The ticket of that number with project, column, requester and assignee, as the person sees it, else None."""
    prepared = _ticket_by_number(person.is_client, person.sees_every_project)
    row = prepared.first(person=person.id, number=number, since=news_since())
    if row is None:
        return None
    made = _ticket_makers(person.is_client)
    project, meter, membership, column, requester, assignee, found = (maker.make(row) for maker in made)
    _join(project, meter, membership)
    project.alerted, found.seen_at = row[-2], row[-1] or 0
    found.__rel__.update(project=project, column=column, requester=requester)
    if assignee is not None:
        found.__rel__["assignee"] = assignee
    return found


def tickets(person: Person) -> Expression:
    """The condition that keeps a query of tickets to what the person sees, in all projects."""
    if person.sees_every_project:
        return Ticket.id > 0
    mine = Membership.select(Membership.project).where(Membership.person == person)
    if not person.is_client:
        return Ticket.project.in_(mine)
    own = Ticket.project.in_(mine) & Participant.own(Ticket, person)
    return Ticket.project.in_(mine.where(Membership.sees == "all")) | own


def alerted(person: Person, project: Project) -> int | None:
    """The mark of the warnings of the project that the person has not put away; None where there are none."""
    return _alerted.value(person=person.id, project=project.id, since=news_since())


def news_since() -> int:
    return to_milliseconds(now() - NEWS)


def visible(tickets: Any, by_client: bool, sees_every: bool) -> Any:
    """The condition that keeps a query of tickets, of whatever project, to those that the person may see.

    tickets: the model or its alias. The query then has the parameter `person`.
    """
    if sees_every:
        return tickets.id.is_null(False)
    member = (Membership.project == tickets.project) & (Membership.person == parameter("person"))
    if by_client:
        member &= (Membership.sees == "all") | Participant.own(tickets, parameter("person"))
    return fn.EXISTS(Membership.select(Membership.id).where(member))


def workers(project: Project) -> list[Person]:
    """The agency's people who can work on the project, by name; of each what a page shows."""
    return [_worker.make(row) for row in _workers.rows(project=project.id)]


@cache
def _project_by_slug(by_client: bool, sees_every: bool) -> Prepared:
    return Prepared(lambda: _projects(by_client, sees_every).where(Project.slug == parameter("slug")))


@cache
def _all_projects(by_client: bool, sees_every: bool, archived: bool) -> Prepared:
    def build() -> Query:
        query = _projects(by_client, sees_every).where(Project.archived_at.is_null(not archived))
        return query.order_by(fn.LOWER(Project.name), Project.id)

    return Prepared(build)


@cache
def _ticket_by_number(by_client: bool, sees_every: bool) -> Prepared:
    def build() -> Query:
        own = _client_fields if by_client else _staff_fields
        people = [getattr(alias, name) for alias in (Requester, Assignee) for name in _person_names]
        query = Ticket.select(*_selected(), *_column_fields, *people, *own, _mark(Project.id), _seen_at).join(Project)
        query = (
            _within(query, sees_every)
            .join_from(Ticket, Column)
            .join_from(Ticket, Requester, on=(Ticket.requester == Requester.id))
            .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
            .where(Ticket.id == parameter("number"))
        )
        if by_client:
            query = query.where((Membership.sees == "all") | Participant.own(Ticket, parameter("person")))
        return query

    return Prepared(build)


@cache
def _ticket_makers(by_client: bool) -> list[Maker]:
    fields = _client_fields if by_client else _staff_fields
    people = ((Person, _person_fields), (Person, _person_fields))
    return makers(*_scope, (Column, _column_fields), *people, (Ticket, fields))


_scope_makers = makers(*_scope)
_seen_at = Sight.select(Sight.seen_at).where((Sight.ticket == Ticket.id) & (Sight.person == parameter("person")))


def _projects(by_client: bool, sees_every: bool) -> Select:
    selected: list[Any] = [*_selected(), _mark(Project.id)]
    if by_client:
        # For a reader of some tickets: the newest version among them.
        mine = (Ticket.project == Project.id) & Participant.own(Ticket, parameter("person"))
        selected.append(Ticket.select(fn.MAX(Ticket.client_version)).where(mine & (Membership.sees == "own")))
    return _within(Project.select(*selected), sees_every)


def _selected() -> list[Any]:
    return [*_project_fields, *_meter_fields, *_membership_fields]


def _mark(project: Any) -> Select:
    """One number for all warnings that the person has not put away: another one whenever they are others."""
    read = Dismissal.select().where((Dismissal.alert == Alert.id) & (Dismissal.person == parameter("person")))
    query = Alert.select(fn.SUM(Alert.id)).join(Purchase, on=(Alert.purchase == Purchase.id))
    mine = (Alert.project == project) & (Alert.raised_at > parameter("since"))
    return query.where(mine & (Purchase.state == "open") & ~fn.EXISTS(read))


def _within(query: Select, sees_every: bool) -> Select:
    """Join meter and membership; without a membership only those see a project who see every one."""
    mine = (Membership.project == Project.id) & (Membership.person == parameter("person"))
    kind = JOIN.LEFT_OUTER if sees_every else JOIN.INNER
    return query.join_from(Project, Meter).join_from(Project, Membership, kind, on=mine)


def _project_of(row: tuple[Any, ...]) -> Project:
    project, meter, membership = (maker.make(row) for maker in _scope_makers)
    _join(project, meter, membership)
    project.alerted, *own_version = row[_scope_makers[-1].end :]
    if own_version:
        project.own_version = own_version[0]
    return project


def _join(project: Project, meter: Meter, membership: Membership | None) -> None:
    project.meter, project.membership = meter, membership
    meter.__rel__["project"] = project


def somebody(*about: object) -> Person:
    """A person of whom id, name and role are known: what a page shows."""
    person: Person = _worker.make(about)
    return person


def _query_workers() -> Query:
    member = Membership.select(Membership.person).where(Membership.project == parameter("project"))
    works = (Person.role == "owner") | ((Person.role == "staff") & (~Person.limited | Person.id.in_(member)))
    return Person.select(*_person_fields).where(works & Person.active).order_by(fn.LOWER(Person.name), Person.id)


_alerted = Prepared(lambda: _mark(parameter("project")))
_workers = Prepared(_query_workers)
_worker = Maker(Person, _person_fields)
