"""What people did about a project's hours, as its page tells it: asked for, opened, added, declined, taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from peewee import JOIN, fn

from trackr.models import Entry, Line, Person, Project, Purchase, Ticket
from trackr.reach import Reach
from trackr.reach.scope import Requester

Creator, Opener, Canceller = Person.alias("creator"), Person.alias("opener"), Person.alias("canceller")


@dataclass(slots=True)
class Asked:
    """A request that waits on the home page of the staff."""

    slug: str
    client: str
    person: str
    minutes: int
    at: datetime


def told(reach: Reach, project: Project) -> list[Purchase]:
    """What people added or asked for, the newest first, with who it was, whatever became of it. One query."""
    if not reach.sees_hours(project):
        return []
    query = Purchase.select(Purchase, Creator, Opener, Canceller)
    for who, person, name in (
        (Purchase.created_by, Creator, "created_by"),
        (Purchase.opened_by, Opener, "opened_by"),
        (Purchase.cancelled_by, Canceller, "cancelled_by"),
    ):
        query = query.join_from(Purchase, person, JOIN.LEFT_OUTER, on=(who == person.id), attr=name)
    made = query.where((Purchase.project == project) & (Purchase.kind != "credit"))
    return list(made.order_by(Purchase.created_at.desc(), Purchase.id.desc()))


def asked(projects: list[Project]) -> list[Asked]:
    """The requests of these projects that nobody has answered, longest waiting first."""
    query = Purchase.select(Project.slug, Project.client, Requester.name, Purchase.minutes, Purchase.created_at)
    query = query.join(Project).join_from(Purchase, Requester, on=(Purchase.created_by == Requester.id))
    mine = Purchase.project.in_(projects) & (Purchase.state == "requested")
    return [Asked(*row) for row in query.where(mine).order_by(Purchase.created_at, Purchase.id).tuples()]


@dataclass(frozen=True, slots=True)
class Pack:
    """A purchase as the table of packs shows it; all minutes."""

    purchase: Purchase
    standing: str  # later, expired, used, open
    used: int
    left: int  # what is to be confirmed added back, as the meter shows it
    expired: int  # unused when its last day was over
    ticket: int | None  # of a credit: the ticket whose correction made it, where this person sees that


def packs(reach: Reach, project: Project, purchases: list[Purchase], today: date) -> list[Pack]:
    """The table of packs. Two queries, one where there is no credit."""
    expired = _expired(project, [pack.expires_on for pack in purchases if pack.standing(today) == "expired"])
    tickets = _corrected(reach, project, [pack.entry_id for pack in purchases if pack.is_credit])
    found = []
    for pack in purchases:
        standing, unused = pack.standing(today), expired.get(pack.id, 0)
        left = 0 if standing == "expired" else pack.left_minutes + max(pack.pending_minutes, 0)
        standing = "open" if standing == "used" and left else standing
        used = 0 if standing == "later" else pack.minutes - left - unused
        found.append(Pack(pack, standing, used, left, unused, tickets.get(pack.entry_id)))
    return found


def _expired(project: Project, days: list[date]) -> dict[int, int]:
    """What each purchase lost when its last day was over: the lines are dated that day."""
    lost = (Line.project == project) & Line.day.in_(days) & (Line.kind == "expired")
    query = Line.select(Line.purchase, fn.SUM(Line.minutes)).where(lost).group_by(Line.purchase)
    return {purchase: -minutes for purchase, minutes in query.tuples()} if days else {}


def _corrected(reach: Reach, project: Project, entries: list[int]) -> dict[int, int]:
    """The tickets of those entries, where they are this person's to see."""
    query = Entry.select(Entry.id, Entry.ticket).join(Ticket).where(Entry.id.in_(entries) & reach.tickets(project))
    return dict(query.tuples()) if entries else {}
