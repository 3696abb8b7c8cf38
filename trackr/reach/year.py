"""A year of a project at a glance, as its client reads it: made from valued time and from what clients see, alone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from peewee import Case, Expression, fn

from trackr.hours.answer_time import middle, minutes_to_answer
from trackr.hours.opening import Opening
from trackr.models import Agency, Comment, Entry, Person, Project, Satisfaction, Ticket
from trackr.models.day_off import DayOff, read_days
from trackr.models.satisfaction import ANSWERS

# Of fewer people than these, the numbers would say who said what: that is for the agency alone.
FEWEST_WHO_SAY = 3


@dataclass(slots=True)
class YearMonth:
    """Valued minutes by the kind of ticket, tickets, and how long each answer took."""

    first: date
    minutes: dict[str, int] = field(default_factory=lambda: {"support": 0, "assistance": 0})
    opened: int = 0
    closed: int = 0
    answers: list[int] = field(default_factory=list)  # minutes

    @property
    def all_minutes(self) -> int:
        return sum(self.minutes.values())

    @property
    def is_empty(self) -> bool:
        return not (self.all_minutes or self.opened or self.closed)

    @property
    def middle_minutes(self) -> int | None:
        return middle(self.answers)


@dataclass(frozen=True, slots=True)
class Year:
    """`satisfaction` is empty where too few people have said anything."""

    number: int
    months: list[YearMonth]  # from the project's beginning to today, and others in which something happened
    in_open_time: bool  # whether answers are counted in opening hours
    satisfaction: dict[str, int]

    @property
    def total(self) -> YearMonth:
        whole = YearMonth(date(self.number, 1, 1))
        for month in self.months:
            for kind, minutes in month.minutes.items():
                whole.minutes[kind] += minutes
            whole.opened += month.opened
            whole.closed += month.closed
            whole.answers += month.answers
        return whole

    @property
    def is_empty(self) -> bool:
        return self.total.is_empty


def years(project: Project) -> list[int]:
    """The years that there is something to tell of, the latest first. Three queries, each of one row."""
    valued = Entry.select(Entry.day).where(_valued(project)).limit(1)
    days = [valued.order_by(order).scalar() for order in (Entry.day.asc(), Entry.day.desc())]
    opened = Ticket.select(Ticket.opened_at).where(Ticket.project == project).order_by(Ticket.id).limit(1).scalar()
    days += [project.today(), opened and project.today(opened)]
    found = [day.year for day in days if day]
    return list(range(max(found), min(found) - 1, -1))


def read(project: Project, number: int) -> Year:
    """Seven queries at most, whatever there is."""
    months = {month: YearMonth(date(number, month, 1)) for month in range(1, 13)}
    for month, kind, minutes in _minutes(project, number):
        months[month].minutes[kind] = minutes
    for month, count in _by_month(project, Ticket.opened_at, number):
        months[month].opened = count
    for month, count in _by_month(project, Ticket.closed_at, number):
        months[month].closed = count
    opening = _opening() if project.has_targets and project.tells_targets else None
    for asked_at, answered_at in _first_answers(project, number):
        month = asked_at.astimezone(project.zone).month
        months[month].answers.append(minutes_to_answer(asked_at, answered_at, opening))
    began, today = project.today(project.created_at).replace(day=1), project.today()
    shown = [month for month in months.values() if began <= month.first <= today or not month.is_empty]
    return Year(number, shown, opening is not None, _satisfaction(project, number))


def _valued(project: Project) -> Expression:
    return (Entry.project == project) & (Entry.valued_minutes != 0)


def _minutes(project: Project, number: int) -> Iterator[tuple[int, str, int]]:
    """By month and kind of ticket: of the time that the page of the hours shows."""
    month = fn.SUBSTR(Entry.day, 6, 2).coerce(False)
    query = Entry.select(month, Ticket.kind, fn.SUM(Entry.valued_minutes)).join(Ticket)
    chosen = _valued(project) & (Ticket.project == project)
    chosen &= Entry.day.between(date(number, 1, 1), date(number, 12, 31))
    for name, kind, minutes in query.where(chosen).group_by(month, Ticket.kind).tuples():
        yield int(name), kind, minutes


def _bounds(number: int, zone: ZoneInfo) -> list[datetime]:
    """The instants at which the months of the year begin, and the next year."""
    firsts = [date(number, month, 1) for month in range(1, 13)] + [date(number + 1, 1, 1)]
    return [datetime.combine(first, time(), zone) for first in firsts]


def _by_month(project: Project, instant: Expression, number: int) -> Iterator[tuple[int, int]]:
    """How many of its tickets have that instant in each month."""
    first, *later = _bounds(number, project.zone)
    month = Case(None, [(instant < bound, nth) for nth, bound in enumerate(later, 1)])
    chosen = (Ticket.project == project) & (instant >= first) & (instant < later[-1])
    return iter(Ticket.select(month, fn.COUNT(Ticket.id)).where(chosen).group_by(month).tuples())


def _first_answers(project: Project, number: int) -> list[tuple[datetime, datetime]]:
    """Of what clients asked in the year: when, and when the agency first wrote to them about it."""
    bounds, asker = _bounds(number, project.zone), Person.alias()
    written = fn.MIN(Comment.created_at)
    query = Ticket.select(Ticket.opened_at, written).join(Comment, on=(Comment.ticket == Ticket.id))
    query = query.join_from(Comment, Person, on=(Comment.author == Person.id))
    query = query.join_from(Ticket, asker, on=(Ticket.requester == asker.id))
    asked = (Ticket.project == project) & (Ticket.opened_at >= bounds[0]) & (Ticket.opened_at < bounds[-1])
    answer = ~Comment.internal & Comment.deleted_at.is_null() & (Person.role != "client") & (asker.role == "client")
    return list(query.where(asked & answer).group_by(Ticket.id).tuples())


def _opening() -> Opening | None:
    house = Agency.current()
    if house is None:
        return None
    return Opening(ZoneInfo(house.timezone), house.week, read_days(DayOff.as_text().scalar()))


def _satisfaction(project: Project, number: int) -> dict[str, int]:
    bounds = _bounds(number, project.zone)
    said = (Satisfaction.said_at >= bounds[0]) & (Satisfaction.said_at < bounds[-1]) & (Ticket.project == project)
    query = Satisfaction.select(Satisfaction.person, Satisfaction.answer, fn.COUNT(Satisfaction.id)).join(Ticket)
    counts: dict[str, int] = defaultdict(int)
    people = set()
    for person, answer, count in query.where(said).group_by(Satisfaction.person, Satisfaction.answer).tuples():
        people.add(person)
        counts[answer] += count
    return {answer: counts[answer] for answer in ANSWERS} if len(people) >= FEWEST_WHO_SAY else {}
