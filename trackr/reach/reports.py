"""The figures of the agency over a period: for the owner all of them, for staff their own, and none of them in money.

Every table takes the same few queries, whatever there is; what is summed is summed by the database.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from peewee import Case, Expression, fn

from trackr.hours import report
from trackr.hours.report import Cell, Rates, Sum
from trackr.hours.report_period import ReportPeriod
from trackr.models import Activity, Charge, Entry, Person, Project, Purchase, Satisfaction, Ticket, ledger
from trackr.models.punctuality import Tally, kept_and_missed
from trackr.models.satisfaction import ANSWERS
from trackr.reach import Reach
from trackr.reach.open_tickets import Age, Waits, ages, waits

OF_STAFF = ("months", "projects", "activities", "ages")
OF_THE_OWNER = (*OF_STAFF, "people", "hours", "waiting", "targets", "satisfaction")


def table(reach: Reach, name: str) -> str | None:
    """The name of a table that the person may have as a file."""
    return (
        name if name in (OF_THE_OWNER if reach.person.is_owner else OF_STAFF if reach.person.is_staff else ()) else None
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of spent against valued."""

    name: str  # "": none, or a month
    sum: Sum
    slug: str = ""  # of a project that is open
    month: date | None = None  # its first day


class Report:
    """One period, for one reader. Each table is read when it is asked for, the time once for all of its tables."""

    def __init__(self, reach: Reach, period: ReportPeriod, zone: ZoneInfo, today: date) -> None:
        self.reach, self.period, self.zone, self.today = reach, period, zone, today
        self.is_whole = reach.person.is_owner

    @cached_property
    def open_projects(self) -> list[Project]:
        """Those that are not archived, with their meters as they are now."""
        projects = self.reach.projects()
        for project in projects:
            ledger.keep_up(project)
        return projects

    @cached_property
    def all_projects(self) -> dict[int, Project]:
        return {project.id: project for project in (*self.open_projects, *self.reach.archived_projects())}

    @cached_property
    def agency_people(self) -> list[Person]:
        """Whoever works, or has worked, for the agency."""
        return agency_people()

    @cached_property
    def rates(self) -> Rates:
        """None of them for staff: money is the owner's."""
        if not self.is_whole:
            return Rates()
        rates = {number: project.rate_cents for number, project in self.all_projects.items()}
        return Rates(rates, {person.id: person.cost_cents for person in self.agency_people})

    @property
    def tells_money(self) -> bool:
        return self.rates.tell

    @cached_property
    def unrated(self) -> list[str]:
        """The projects and people with time in the period, without whose rate a figure in money is not known."""
        projects = {cell.project for cell in self.cells if cell.valued_minutes}
        people = {cell.person for cell in self.cells if cell.spent_minutes}
        named = [(self.all_projects[each].name, self.rates.of_projects.get(each)) for each in projects]
        named += [(person.name, person.cost_cents) for person in self.agency_people if person.id in people]
        return sorted({name for name, rate in named if rate is None}, key=str.casefold)

    @cached_property
    def cells(self) -> list[Cell]:
        """The time of the period, in one query; of staff their own."""
        month = fn.SUBSTR(Entry.day, 1, 7).coerce(False)
        unvalued = fn.SUM(Case(None, [(Entry.valued_minutes == 0, Entry.spent_minutes)], 0))
        group = (month, Entry.project, Entry.person, Entry.activity)
        query = Entry.select(*group, fn.SUM(Entry.spent_minutes), fn.SUM(Entry.valued_minutes), unvalued)
        chosen = Entry.project.in_(list(self.all_projects)) & Entry.day.between(self.period.first, self.period.last)
        if not self.is_whole:
            chosen &= Entry.person == self.reach.person
        return [Cell(*row) for row in query.where(chosen).group_by(*group).tuples()]

    @cached_property
    def total(self) -> Sum:
        return report.add_up(self.cells, self.rates)

    @cached_property
    def months(self) -> list[Row]:
        """Every month of the period that has begun, and those to come that have time already."""
        sums = report.by(self.cells, lambda cell: cell.month, self.rates)
        return [
            Row("", sums.get(f"{first:%Y-%m}", Sum()), month=first)
            for first in self.period.months
            if first <= self.today or f"{first:%Y-%m}" in sums
        ]

    @property
    def projects(self) -> list[Row]:
        sums = report.by(self.cells, lambda cell: cell.project, self.rates)
        found = [(self.all_projects[number], whole) for number, whole in sums.items()]
        return [Row(project.name, whole, "" if project.is_archived else project.slug) for project, whole in found]

    @property
    def people(self) -> list[Row]:
        sums = report.by(self.cells, lambda cell: cell.person, self.rates)
        names = {person.id: person.name for person in self.agency_people}
        return [Row(names.get(number, "?"), whole) for number, whole in sums.items()]

    @property
    def activities(self) -> list[Row]:
        """By kind of work; time that was logged as none has no name."""
        sums = report.by(self.cells, lambda cell: cell.activity, self.rates)
        names: Mapping[int, str] = dict(Activity.select(Activity.id, Activity.name).tuples())
        return [Row(names.get(number, ""), whole) for number, whole in sums.items()]

    @property
    def hours(self) -> list[Project]:
        """The open projects, those first whose hours end first."""

        def order(project: Project) -> tuple[int, date, str]:
            reading = project.meter.reading()
            rank = 3 if reading.state in ("none", "postpaid") else 0 if reading.state == "over" else 2
            runs_out = reading.runs_out.on if reading.runs_out else None
            return (1 if rank == 2 and runs_out else rank, runs_out or date.max, project.name.casefold())

        return sorted(self.open_projects, key=order)

    @cached_property
    def targets(self) -> list[Tally]:
        return kept_and_missed(list(self.all_projects.values()), self.period.first, self.period.last)

    @property
    def target_months(self) -> list[tuple[date, int, int]]:
        """How many answers were kept and missed by month."""
        months = sorted({tally.month for tally in self.targets})
        those = {month: [tally for tally in self.targets if tally.month == month] for month in months}
        return [
            (month, sum(one.kept for one in some), sum(one.missed for one in some)) for month, some in those.items()
        ]

    @property
    def ages(self) -> list[Age]:
        return ages(self._open_tickets())

    @property
    def waiting(self) -> list[tuple[Project, Waits]]:
        """By project, those first that wait for us longest."""
        found, asked, bills = waits(self._open_tickets()), self._asked_minutes(), self._to_bill()
        mine = [
            (one, replace(found.get(one.id, Waits()), asked_minutes=asked[one.id], to_bill=bills[one.id]))
            for one in self.open_projects
            if one.id in {*found, *asked, *bills}
        ]
        return sorted(mine, key=lambda pair: (pair[1].oldest_at is None, pair[1].oldest_at, pair[0].name.casefold()))

    def _asked_minutes(self) -> Counter[int]:
        mine = Purchase.project.in_(self.open_projects) & (Purchase.state == "requested")
        query = Purchase.select(Purchase.project, fn.SUM(Purchase.minutes)).where(mine).group_by(Purchase.project)
        return Counter(dict(query.tuples()))

    def _to_bill(self) -> Counter[int]:
        mine = Charge.project.in_(self.open_projects) & (Charge.state == "open")
        query = Charge.select(Charge.project, fn.COUNT(Charge.id)).where(mine).group_by(Charge.project)
        return Counter(dict(query.tuples()))

    def _open_tickets(self) -> Expression:
        theirs = Ticket.project.in_(self.open_projects) & Ticket.closed_at.is_null()
        return theirs if self.is_whole else theirs & (Ticket.assignee == self.reach.person)

    @property
    def satisfaction(self) -> list[tuple[Project, dict[str, int]]]:
        """What clients said in the period of how tickets went, by project."""
        first, last = (
            datetime.combine(day, time(), self.zone)
            for day in (self.period.first, self.period.last + timedelta(days=1))
        )
        query = Satisfaction.select(Ticket.project, Satisfaction.answer, fn.COUNT(Satisfaction.id)).join(Ticket)
        said = (Satisfaction.said_at >= first) & (Satisfaction.said_at < last)
        found: dict[int, dict[str, int]] = {}
        for number, answer, count in query.where(said).group_by(Ticket.project, Satisfaction.answer).tuples():
            found.setdefault(number, dict.fromkeys(ANSWERS, 0))[answer] = count
        told = [
            (self.all_projects[number], answers) for number, answers in found.items() if number in self.all_projects
        ]
        return sorted(told, key=lambda pair: pair[0].name.casefold())


def agency_people() -> list[Person]:
    """The agency's people by name, those who left among them."""
    return list(Person.select().where(Person.role != "client").order_by(fn.LOWER(Person.name), Person.id))
