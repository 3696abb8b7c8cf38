"""A person's week as somebody may read it: time by ticket and day, what is missing, what was touched without time."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peewee import Expression, Field, Select, fn

from trackr.models import Entry, Event, Membership, Person, Project, Ticket
from trackr.reach import Reach

# What a person does to a ticket that may have taken time; logging it is told by the entry.
TOUCHES = (
    "comment.written", "note.written", "ticket.opened", "ticket.changed", "ticket.moved", "ticket.closed",
    "ticket.reopened",
)  # fmt: skip
DAY = timedelta(days=1)
MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose week it is about, the day that was chosen, and which day and zone it is for the reader."""

    person: Person
    on: date
    today: date
    zone: ZoneInfo

    @property
    def monday(self) -> date:
        return self.on - DAY * self.on.weekday()


@dataclass(frozen=True, slots=True)
class Worked:
    """An entry of the week."""

    id: int
    day: date
    spent_minutes: int
    valued_minutes: int
    note: str
    internal_note: str
    number: int
    title: str
    project: str


@dataclass(slots=True)
class Touched:
    """A ticket that the person worked with on a day without logging time on it."""

    number: int
    title: str
    project: str
    last_at: datetime
    kinds: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A ticket of the week, with the spent minutes of each day that has any."""

    number: int
    title: str
    project: str
    minutes: dict[date, int] = field(default_factory=dict)

    @property
    def spent_minutes(self) -> int:
        return sum(self.minutes.values())


@dataclass(slots=True)
class Day:
    day: date
    is_today: bool
    is_ahead: bool
    expected_minutes: int
    entries: list[Worked] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)

    @property
    def spent_minutes(self) -> int:
        return sum(entry.spent_minutes for entry in self.entries)

    @property
    def valued_minutes(self) -> int:
        return sum(entry.valued_minutes for entry in self.entries)

    @property
    def missing_minutes(self) -> int:
        """What is not logged of a working day that is over: nothing is missed on a weekend, today, or ahead."""
        if self.is_today or self.is_ahead or self.day.weekday() > 4:
            return 0
        return max(0, self.expected_minutes - self.spent_minutes)


@dataclass(slots=True)
class Week:
    ask: Ask
    days: list[Day]  # Monday to Friday, and of the weekend what has time, is today, or was chosen
    rows: list[Row]

    @property
    def chosen(self) -> Day:
        return next(day for day in self.days if day.day == self.ask.on)

    def after(self, days: int) -> date:
        """So many days after the chosen one."""
        return self.ask.on + DAY * days

    @property
    def spent_minutes(self) -> int:
        return sum(day.spent_minutes for day in self.days)

    @property
    def valued_minutes(self) -> int:
        return sum(day.valued_minutes for day in self.days)

    @property
    def gaps(self) -> list[Day]:
        return [day for day in self.days if day.missing_minutes]

    @property
    def is_now(self) -> bool:
        """Whether it is the week that today is in."""
        return self.ask.monday <= self.ask.today < self.ask.monday + 7 * DAY


def read(reach: Reach, ask: Ask) -> Week:
    """The week in two queries, whatever is in it: the entries, and what else the person did."""
    days = [
        Day(day, day == ask.today, day > ask.today, ask.person.day_minutes)
        for day in (ask.monday + DAY * number for number in range(7))
    ]
    rows: dict[int, Row] = {}
    for worked in _entries(reach, ask):
        days[worked.day.weekday()].entries.append(worked)
        row = rows.setdefault(worked.number, Row(worked.number, worked.title, worked.project))
        row.minutes[worked.day] = row.minutes.get(worked.day, 0) + worked.spent_minutes
    for day, touched in _touched(reach, ask).items():
        one = days[day.weekday()]
        one.touched = [ticket for ticket in touched if day not in rows.get(ticket.number, Row(0, "", "")).minutes]
    shown = [day for day in days if day.day.weekday() < 5 or day.entries or day.is_today or day.day == ask.on]
    return Week(ask, shown, list(rows.values()))


def _entries(reach: Reach, ask: Ask) -> list[Worked]:
    query = (
        Entry.select(
            Entry.id, Entry.day, Entry.spent_minutes, Entry.valued_minutes, Entry.note, Entry.internal_note,
            Ticket.id, Ticket.title, Project.name,
        )
        .join(Ticket)
        .join_from(Entry, Project)
        .where((Entry.person == ask.person) & (Entry.day >= ask.monday) & (Entry.day < ask.monday + 7 * DAY))
        .where(_within(reach, Entry.project))
        .order_by(Entry.day, Entry.id)
    )  # fmt: skip
    return [Worked(*row) for row in query.tuples()]


def _touched(reach: Reach, ask: Ask) -> dict[date, list[Touched]]:
    """By day, what was touched, the first first. The days are those of the reader's zone."""
    since, until = (datetime.combine(ask.monday + days, time(), ask.zone) for days in (0 * DAY, 7 * DAY))
    query = (
        Event.select(Event.created_at, Event.kind, Ticket.id, Ticket.title, Project.name)
        .join(Ticket, on=(Event.ticket == Ticket.id))
        .join_from(Ticket, Project)
        .where((Event.actor == ask.person) & (Event.created_at >= since) & (Event.created_at < until))
        .where(Event.kind.in_(TOUCHES) & _within(reach, Ticket.project))
        .order_by(Event.created_at, Event.id)
    )
    found: dict[date, dict[int, Touched]] = defaultdict(dict)
    for at, kind, number, title, project in query.tuples():
        touched = found[at.astimezone(ask.zone).date()].setdefault(number, Touched(number, title, project, at))
        touched.last_at = at
        if kind not in touched.kinds:
            touched.kinds.append(kind)
    return {day: list(tickets.values()) for day, tickets in found.items()}


def find(reach: Reach, words: str) -> list[Ticket]:
    """The tickets that somebody may mean by a number ("142", "#142 The form") or words of the title: some, at most."""
    number = re.match(r"#?([0-9]{1,9})(?:\s|$)", words, re.ASCII)
    named = reach.ticket(int(number[1])) if number else None
    if named or not words:
        return [named] if named else []
    query = _in_use(reach).where(Ticket.title.contains(words))
    same = fn.LOWER(Ticket.title) == words.lower()
    numbers = query.order_by(same.desc(), Ticket.closed_at.is_null().desc(), Ticket.id.desc()).limit(4)
    found = [ticket for (id_,) in numbers.tuples() if (ticket := reach.ticket(id_))]
    exact = [ticket for ticket in found if ticket.title.lower() == words.lower()]
    return exact if len(exact) == 1 else found


def offered(reach: Reach) -> list[tuple[int, str, str]]:
    """Number, title and project of the open tickets that time may go to, the person's own first."""
    query = _in_use(reach).select(Ticket.id, Ticket.title, Project.name).where(Ticket.closed_at.is_null())
    mine = fn.COALESCE(Ticket.assignee, 0) == reach.person.id
    return list(query.order_by(mine.desc(), Ticket.id.desc()).limit(MOST_OFFERED).tuples())


def team(reach: Reach) -> list[Person]:
    """The agency's people whose weeks this person may read besides their own, by name: for the owner, all of them."""
    if not reach.person.is_owner:
        return [reach.person]
    return list(Person.select().where(Person.role.in_(("owner", "staff"))).order_by(fn.LOWER(Person.name), Person.id))


def _in_use(reach: Reach) -> Select:
    """The tickets of the projects that are not archived."""
    query = Ticket.select(Ticket.id).join(Project).where(Project.archived_at.is_null())
    return query.where(_within(reach, Ticket.project))


def _within(reach: Reach, project: Field) -> Expression:
    """The condition that keeps a query to the projects that this person, who is staff, sees."""
    if reach.person.sees_every_project:
        return project.is_null(False)
    return project.in_(Membership.select(Membership.project).where(Membership.person == reach.person))
