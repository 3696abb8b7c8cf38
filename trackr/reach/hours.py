"""The hours of a project as one person reads them: the time by ticket and day, month by month, and the ledger."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from peewee import fn

from trackr.models import Entry, Line, Person, Project, Purchase, Ticket
from trackr.models.base import now
from trackr.reach import Reach
from trackr.reach.scope import NOTHING


@dataclass(slots=True)
class Worked:
    """A line of the hours page: one day's time on a ticket, or one entry. Spent is None for a client."""

    day: date
    valued_minutes: int
    pending: bool  # whether some of it is
    spent_minutes: int | None = None
    pending_minutes: int = 0  # of the valued ones
    people: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class WorkedTicket:
    number: int
    title: str
    days: list[Worked] = field(default_factory=list)

    @property
    def valued_minutes(self) -> int:
        return sum(day.valued_minutes for day in self.days)

    @property
    def spent_minutes(self) -> int:
        return sum(day.spent_minutes or 0 for day in self.days)


@dataclass(slots=True)
class Month:
    """The time of one month, by ticket, the last worked on first."""

    first: date
    tickets: list[WorkedTicket] = field(default_factory=list)
    by_ticket: bool = True  # false where the client is told totals only

    @property
    def days(self) -> list[Worked]:
        return [day for ticket in self.tickets for day in ticket.days]

    @property
    def valued_minutes(self) -> int:
        return sum(day.valued_minutes for day in self.days)

    @property
    def spent_minutes(self) -> int:
        return sum(day.spent_minutes or 0 for day in self.days)

    @property
    def pending_minutes(self) -> int:
        return sum(day.pending_minutes for day in self.days)


@dataclass(frozen=True, slots=True)
class Account:
    """A month of the ledger in a line: opening + bought - used - expired = closing, in minutes."""

    before: date
    last: date
    opening: int
    bought: int
    used: int
    expired: int
    closing: int


def months(reach: Reach, project: Project) -> list[date]:
    """The first days of the months from the first entry to today, newest first."""
    theirs = Entry.project == project
    if not reach.person.is_staff:
        theirs &= Entry.valued_minutes != 0
    first = Entry.select(fn.MIN(Entry.day)).where(theirs).scalar()
    month = project.today().replace(day=1)
    start = (first if isinstance(first, date) else date.fromisoformat(first)).replace(day=1) if first else month
    found = [month]
    while found[-1] > start:
        found.append(_before(found[-1]))
    return found


def month(reach: Reach, project: Project, first: date) -> Month:
    """What was worked in the month that begins on `first`, in the detail that this person may see."""
    by_staff = reach.person.is_staff
    after = _after(first)
    query = (
        Entry.select(
            Entry.ticket, Ticket.title, Entry.day, Entry.valued_minutes, Entry.spent_minutes, Entry.confirms_at,
            Entry.note, Person.name,
        )
        .join(Ticket)
        .join_from(Entry, Person)
        .where((Entry.project == project) & (Entry.day >= first) & (Entry.day < after))
        .order_by(Entry.day.desc(), Entry.id.desc())
    )  # fmt: skip
    if not by_staff:
        query = query.where((Entry.valued_minutes != 0) & reach.tickets(project))
    by_entry = by_staff or project.detail == "entry"
    tickets: dict[int, WorkedTicket] = {}
    at = now()
    for number, title, day, valued, spent, confirms, note, person in query.tuples():
        ticket = tickets.setdefault(number, WorkedTicket(number, title))
        if by_entry or not ticket.days or ticket.days[-1].day != day:
            ticket.days.append(Worked(day, 0, False, 0 if by_staff else None))
        worked = ticket.days[-1]
        worked.valued_minutes += valued
        if confirms > at:
            worked.pending = True
            worked.pending_minutes += valued
        if by_staff:
            worked.spent_minutes = (worked.spent_minutes or 0) + spent
        if person not in worked.people:
            worked.people.append(person)
        if note:
            worked.notes.insert(0, note)
    return Month(first, list(tickets.values()), by_ticket=by_staff or project.detail != "total")


def account(project: Project, first: date) -> Account:
    """The ledger's balance over the month that begins on `first`, worked back from the balance as it stands."""
    after = _after(first)
    since = Line.select(Line.kind, Line.day < after, fn.SUM(Line.minutes))
    since = since.where((Line.project == project) & (Line.day >= first)).group_by(Line.kind, Line.day < after)
    within: dict[str, int] = defaultdict(int)
    later = 0
    for kind, is_within, minutes in since.tuples():
        if is_within:
            within[kind] = minutes
        else:
            later += minutes
    closing = project.meter.balance_minutes - later
    return Account(
        before=first - timedelta(days=1),
        last=min(after - timedelta(days=1), project.today()),
        opening=closing - sum(within.values()),
        bought=within["bought"] + within["credited"] + within["returned"],
        used=-within["drawn"] - within["overdrawn"],
        expired=-within["expired"],
        closing=closing,
    )


def lines(reach: Reach, project: Project) -> list[dict[str, Any]]:
    """The ledger as rows of day, kind, purchase, entry and minutes, oldest first.

    Clients who are not told entry by entry get the lines of a day, kind and purchase as one, without entry; those who
    are get entries numbered anew, since gaps between ids would tell of entries that are not valued.
    """
    mine = Line.project == project
    if reach.person.is_staff or project.detail == "entry":
        query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).where(mine)
        query = query.order_by(Line.day, Line.sequence)
    else:
        query = Line.select(Line.day, Line.kind, Line.purchase, NOTHING, fn.SUM(Line.minutes)).where(mine)
        query = query.group_by(Line.day, Line.kind, Line.purchase).order_by(Line.day, fn.MIN(Line.sequence))
    numbers: dict[int, int] = {}
    found = []
    for day, kind, purchase, entry, minutes in query.tuples():
        if entry and not reach.person.is_staff:
            entry = numbers.setdefault(entry, len(numbers) + 1)
        found.append({"day": day.isoformat(), "kind": kind, "purchase": purchase, "entry": entry, "minutes": minutes})
    return found


def as_json(reach: Reach, project: Project, purchases: list[Purchase]) -> dict[str, Any]:
    """The hours page for programs."""
    return {
        "lines": lines(reach, project),
        "purchases": [
            {
                "id": purchase.id,
                "minutes": purchase.minutes,
                "left_minutes": purchase.left_minutes,
                "bought_on": purchase.bought_on.isoformat(),
                "valid_from": purchase.valid_from.isoformat(),
                "expires_on": purchase.expires_on.isoformat() if purchase.expires_on else None,
                "kind": purchase.kind,
                "state": purchase.state,
                "reference": purchase.reference,
            }
            for purchase in reversed(purchases)
        ],
        "balance_minutes": project.meter.balance_minutes,
        "deficit_minutes": project.meter.deficit_minutes,
    }


def _after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _before(first: date) -> date:
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
