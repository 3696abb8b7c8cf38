"""The home page's rows: every project of a person with its meter and what waits there."""

from dataclasses import dataclass
from datetime import date

from peewee import fn

from trackr.models import Column, Entry, Person, Project, Statement, Ticket, ledger
from trackr.reach import Reach, unread


@dataclass(slots=True)
class ProjectRow:
    project: Project
    open_tickets: int
    new_tickets: int
    unread_tickets: int
    valued_minutes: int = 0  # this month
    spent_minutes: int = 0  # this month, internal


def project_rows(reach: Reach) -> list[ProjectRow]:
    """The projects with their open tickets and this month's time (staff only). Five queries, whatever their number."""
    projects = reach.projects()
    for project in projects:
        ledger.keep_up(project)
    _look_up_statements([project for project in projects if project.is_postpaid])
    theirs = Ticket.project.in_(projects)
    for project in projects:
        if not reach.sees_all(project):
            theirs &= (Ticket.project != project) | reach.tickets(project)
    query = (
        Ticket.select(Ticket.project, Column.role, fn.COUNT(Ticket.id))
        .join(Column)
        .where(Ticket.closed_at.is_null() & theirs)
        .group_by(Ticket.project, Column.role)
    )
    counts: dict[int, dict[str, int]] = {}
    for project, role, count in query.tuples():
        counts.setdefault(project, {})[role] = count
    new = unread.counts(reach, theirs)
    times = month_times(projects) if reach.person.is_staff else {}
    return [
        ProjectRow(
            project,
            sum(counts.get(project.id, {}).values()),
            counts.get(project.id, {}).get("new", 0),
            new.get(project.id, 0),
            *times.get(project.id, (0, 0)),
        )
        for project in projects
    ]


def last_asked(person: Person, projects: list[Project]) -> Project | None:
    """The one of the projects in which the person has opened a ticket last, else the first one."""
    mine = (Ticket.requester == person) & Ticket.project.in_(projects)
    last = Ticket.select(Ticket.project).where(mine).order_by(Ticket.id.desc()).limit(1).scalar() if projects else None
    return next((project for project in projects if project.id == last), next(iter(projects), None))


def _look_up_statements(postpaid: list[Project]) -> None:
    """Their meters count since the last statement: asked for all at once (see Reach.unbilled_since)."""
    closed = Statement.closed_through_of(postpaid) if postpaid else {}
    for project in postpaid:
        project.closed_through = closed.get(project.id)


def month_times(projects: list[Project]) -> dict[int, tuple[int, int]]:
    """Valued and spent minutes of this month by project."""
    by_first: dict[date, list[Project]] = {}
    for project in projects:  # at the turn of a month not all time zones have the same one
        by_first.setdefault(project.today().replace(day=1), []).append(project)
    times: dict[int, tuple[int, int]] = {}
    for first, those in by_first.items():
        query = Entry.select(Entry.project, fn.SUM(Entry.valued_minutes), fn.SUM(Entry.spent_minutes))
        query = query.where(Entry.project.in_(those) & (Entry.day >= first)).group_by(Entry.project)
        times |= {project: (valued, spent) for project, valued, spent in query.tuples()}
    return times
