"""What a person's calendar and feed reader are told: the days that are theirs to know, and what has happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nlargest

from trackr.models import Feed, Project, Ticket
from trackr.models.base import now
from trackr.models.closing import outlook
from trackr.reach import Reach
from trackr.reach.history import MOST, Asked, Deed, history
from trackr.reach.statements import reads, statements

MOST_DUE = 500
MOST_STATEMENTS = 24  # of a project, the latest


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a calendar; `key` stays the same whatever becomes of it."""

    key: str  # ticket-12
    on: date
    kind: str  # due, expiry, statement, period
    project: Project
    at: datetime  # when it came to be so, or was changed
    number: int = 0  # of the ticket or the statement
    text: str = ""  # title of the ticket, reference of the pack
    minutes: int = 0  # of the pack
    first_day: date | None = None  # of the statement or period, whose last one `on` is
    closes_on: date | None = None


def feed(reach: Reach, number: int) -> Feed | None:
    """One of their own that is not revoked."""
    return next((one for one in Feed.of(reach.person) if one.id == number), None)


def days(reach: Reach, project: Project | None) -> list[Day]:
    """Due days of open tickets, last days of hours, ends of periods: of one project, or of all that go on."""
    projects = [project] if project else reach.projects()
    found = list(_due(reach, projects))
    for one in projects:
        found += _expiries(reach, one)
        if reads(reach, one):
            found += _periods(reach, one)
    return sorted(found, key=lambda day: (day.on, day.key))


def deeds(reach: Reach, project: Project | None) -> list[Deed]:
    """What happened last, in one project or in all of them, as the pages of activity tell it, the newest first."""
    if project or reach.person.is_staff:
        return history(reach, Asked(), project).deeds
    # What a client may know differs from project to project.
    found = [deed for one in reach.projects() for deed in history(reach, Asked(), one).deeds]
    return nlargest(MOST, found, key=lambda deed: deed.event)


def _due(reach: Reach, projects: list[Project]) -> Iterator[Day]:
    by_id = {project.id: project for project in projects}
    # When internal work has touched a ticket is no business of a client's.
    changed_at = Ticket.client_changed_at if reach.person.is_client else Ticket.changed_at
    query = Ticket.select(Ticket.id, Ticket.title, Ticket.due_on, Ticket.project, Ticket.opened_at, changed_at)
    theirs = reach.everywhere() & Ticket.project.in_(list(by_id))
    query = query.where(theirs & Ticket.due_on.is_null(False) & Ticket.closed_at.is_null())
    for ticket in query.order_by(Ticket.due_on, Ticket.id).limit(MOST_DUE):
        at = getattr(ticket, changed_at.name) or ticket.opened_at
        key, project = f"ticket-{ticket.id}", by_id[ticket.project_id]
        yield Day(key, ticket.due_on, "due", project, at, number=ticket.id, text=ticket.title)


def _expiries(reach: Reach, project: Project) -> Iterator[Day]:
    for pack in reach.purchases(project):
        if pack.expires_on and pack.state == "open" and pack.standing(project.today()) in ("open", "later"):
            at, key = pack.opened_at or pack.created_at, f"purchase-{pack.id}"
            yield Day(key, pack.expires_on, "expiry", project, at, text=pack.reference, minutes=pack.minutes)


def _periods(reach: Reach, project: Project) -> Iterator[Day]:
    """Of statements, and of the period that closes next."""
    for one in statements(reach, project)[:MOST_STATEMENTS]:
        key, last, first = f"statement-{one.number}", one.last_day, one.first_day
        yield Day(key, last, "statement", project, one.closed_at, number=one.number, first_day=first)
    ahead = None if project.is_archived else outlook(project, now())
    if ahead:
        key = f"period-{project.id}-{ahead.last_day}"
        closes_on, first = ahead.closes_at.astimezone(project.zone).date(), ahead.first_day
        yield Day(key, ahead.last_day, "period", project, project.created_at, first_day=first, closes_on=closes_on)
