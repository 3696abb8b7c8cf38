"""The time of a project by ticket and day, as one person reads it: filtered by the address, a page at a time.

Its rows are what the project tells: entries for staff, for clients the days of tickets, entries, or months alone.
Every answer takes the same few queries, and reads no more rows than it shows.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peewee import JOIN, Case, Expression, fn

from trackr.models import Entry, Person, Project, Ticket
from trackr.models.base import now
from trackr.reach import Reach
from trackr.reach.periods import Filters

PER_PAGE = 200

Corrected = Entry.alias("corrected")


@dataclass(slots=True)
class Worked:
    """A row: one entry, or one day's time on a ticket, or a month's. Spent is None for a client."""

    day: date
    ticket: int | None
    title: str
    valued_minutes: int
    pending_minutes: int  # of the valued ones
    spent_minutes: int | None = None
    ids: list[int] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    corrects: list[date] = field(default_factory=list)  # the days of what it corrects


@dataclass(slots=True)
class WorkedTicket:
    """A ticket's rows on this page, and their number and time in the whole period."""

    number: int
    title: str
    count: int
    valued_minutes: int
    pending_minutes: int
    spent_minutes: int | None = None
    rows: list[Worked] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Total:
    """All that the filters choose, on whatever page."""

    rows: int
    valued_minutes: int
    pending_minutes: int
    spent_minutes: int | None


@dataclass(slots=True)
class Timesheet:
    """One page of it."""

    tickets: list[WorkedTicket]
    months: list[Worked]  # in the place of tickets, where the client is told totals only
    total: Total
    page: int = 1

    @property
    def first_row(self) -> int:
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last_row(self) -> int:
        return self.first_row - 1 + sum(len(ticket.rows) for ticket in self.tickets)

    @property
    def has_next(self) -> bool:
        return bool(self.tickets) and self.last_row < self.total.rows


def timesheet(reach: Reach, project: Project, filters: Filters) -> Timesheet:
    """The page that the filters ask for. Three queries, or one where totals are told."""
    book = _Book(reach, project, filters)
    if book.by_month:
        months = book.months()
        return Timesheet([], months, _total(months, len(months), by_staff=False))
    tickets = book.tickets()
    total = _total(tickets, sum(ticket.count for ticket in tickets), book.by_staff)
    page = min(filters.page, max((total.rows - 1) // PER_PAGE + 1, 1))
    shown, skipped = _on_page(tickets, (page - 1) * PER_PAGE)
    for row in book.rows(list(shown), skipped) if shown else ():
        shown[row.ticket or 0].rows.append(row)
    return Timesheet(list(shown.values()), [], total, page)


def everything(reach: Reach, project: Project, filters: Filters) -> list[Worked]:
    """All rows that the filters choose, for a file."""
    book = _Book(reach, project, filters)
    if book.by_month:
        return book.months()
    rows, last = book.rows(), dict[int | None, date]()
    for row in rows:
        last.setdefault(row.ticket, row.day)
    return sorted(rows, key=lambda row: (last[row.ticket], row.ticket), reverse=True)


def _total(summed: "list[Worked] | list[WorkedTicket]", rows: int, by_staff: bool) -> Total:
    valued, pending = (sum(getattr(one, name) for one in summed) for name in ("valued_minutes", "pending_minutes"))
    return Total(rows, valued, pending, sum(one.spent_minutes or 0 for one in summed) if by_staff else None)


def _on_page(tickets: list[WorkedTicket], first: int) -> tuple[dict[int, WorkedTicket], int]:
    """The tickets that stand on the page beginning with this row, and how many of their rows come before it."""
    shown: dict[int, WorkedTicket] = {}
    begins, skipped = 0, 0
    for ticket in tickets:
        if begins < first + PER_PAGE and begins + ticket.count > first:
            skipped = skipped if shown else first - begins
            shown[ticket.number] = ticket
        begins += ticket.count
    return shown, skipped


class _Book:
    """The queries of a timesheet, for one reader."""

    def __init__(self, reach: Reach, project: Project, filters: Filters) -> None:
        self.by_staff = reach.person.is_staff
        self.by_entry = self.by_staff or project.detail == "entry"
        self.by_month = not self.by_staff and project.detail == "total"
        self.chosen = _chosen(reach, project, filters, self.by_month)
        self.pending = fn.SUM(Case(None, [(Entry.confirms_at > now(), Entry.valued_minutes)], 0))

    @property
    def sums(self) -> list[Any]:
        """Valued, pending and, for staff, spent minutes."""
        return [fn.SUM(Entry.valued_minutes), self.pending, *([fn.SUM(Entry.spent_minutes)] if self.by_staff else [])]

    @property
    def key(self) -> list[Any]:
        """What makes a row."""
        return [Entry.ticket, Entry.day, *([Entry.id] if self.by_entry else [])]

    def months(self) -> list[Worked]:
        month = fn.SUBSTR(Entry.day, 1, 7).coerce(False)
        query = self._of_entries(Entry.select(month, *self.sums)).group_by(month).order_by(month.desc())
        return [Worked(date.fromisoformat(f"{first}-01"), None, "", *sums) for first, *sums in query.tuples()]

    def tickets(self) -> list[WorkedTicket]:
        """Each with its time, the one last worked on first."""
        count = fn.COUNT(Entry.id if self.by_entry else Entry.day.distinct())
        query = self._of_entries(Entry.select(Entry.ticket, Ticket.title, count, *self.sums)).group_by(Entry.ticket)
        return [WorkedTicket(*row) for row in query.order_by(fn.MAX(Entry.day).desc(), Entry.ticket.desc()).tuples()]

    def rows(self, tickets: list[int] | None = None, skipped: int = 0) -> list[Worked]:
        """The rows of a page, of these tickets in this order after so many of theirs; or all, by the day alone."""
        query = self._of_entries(Entry.select(*self.key[:2], Ticket.title, fn.MAX(Entry.id), *self.sums))
        query = query.group_by(*self.key)
        newest = [Entry.day.desc(), fn.MAX(Entry.id).desc()]
        if tickets is not None:
            newest.insert(0, Case(Entry.ticket, [(number, place) for place, number in enumerate(tickets)]))
            query = query.where(Entry.ticket.in_(tickets)).limit(PER_PAGE).offset(skipped)
        found: dict[tuple[Any, ...], Worked] = {}
        for ticket, day, title, last, *sums in query.order_by(*newest).tuples():
            found[(ticket, day, last) if self.by_entry else (ticket, day)] = Worked(day, ticket, title, *sums)
        self._describe(found, is_part=tickets is not None)
        return list(found.values())

    def _describe(self, rows: dict[tuple[Any, ...], Worked], *, is_part: bool) -> None:
        """Add who did it, what was noted, and what it corrects."""
        query = Entry.select(Entry.ticket, Entry.day, Entry.id, Person.name, Entry.note, Corrected.day)
        query = self._of_entries(query).join_from(Entry, Person)
        query = query.join_from(Entry, Corrected, JOIN.LEFT_OUTER, on=(Entry.corrects == Corrected.id))
        if is_part and rows:
            days = [key[1] for key in rows]
            within = Entry.ticket.in_({key[0] for key in rows}) & Entry.day.between(min(days), max(days))
            query = query.where(within & Entry.id.in_([key[2] for key in rows]) if self.by_entry else within)
        for ticket, day, number, person, note, corrected in query.order_by(Entry.id).tuples():
            row = rows.get((ticket, day, number) if self.by_entry else (ticket, day))
            if row is None:
                continue
            if person not in row.people:
                row.people.append(person)
            if note:
                row.notes.append(note)
            if corrected and corrected not in row.corrects:
                row.corrects.append(corrected)

    def _of_entries(self, query: Any) -> Any:
        return query.join(Ticket).where(self.chosen)


def _chosen(reach: Reach, project: Project, filters: Filters, by_month: bool) -> Expression:
    """The condition for the entries that the filters choose, of what this person may see."""
    chosen = Entry.project == project
    if filters.first and filters.last:
        chosen &= Entry.day.between(filters.first, filters.last)
    if filters.ticket and not by_month:
        chosen &= Entry.ticket == int(filters.ticket)
    if reach.person.is_staff:
        return chosen & (Entry.person == int(filters.person)) if filters.person else chosen
    return chosen & (Entry.valued_minutes != 0) & reach.tickets(project)
