"""A period of a project that is over and on no statement yet: what a statement through its last day takes, and tells.

What is shown before it closes is what is sealed when it does: both are read here.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from peewee import JOIN, Expression, fn

from trackr.hours import allocation
from trackr.hours.allocation import Kind
from trackr.hours.closing import start_of_period
from trackr.hours.document import Document, Identity, Pack, Party, Ticket, Work
from trackr.models.agency import Agency
from trackr.models.base import Refused
from trackr.models.line import Line, entry_model, purchase_model
from trackr.models.meter import Meter
from trackr.models.project import Project
from trackr.models.statement import Statement


class Period:
    """`rows` are the lines of the ledger that it takes, with the bill of its deficit where the project writes one.

    To be made once the project is settled. Raises Refused("not_over", "through") where the day is still running,
    Refused("closed", "through") where it is closed already.
    """

    def __init__(self, project: Project, through: date, at: datetime | None = None) -> None:
        self.project, self.through, self.at = project, through, at
        self.before = Statement.last_of(project)
        if through >= project.today(at):
            raise Refused("not_over", "through")
        if self.before and through <= self.before.last_day:
            raise Refused("closed", "through")
        self.packs = purchase_model().of(project)
        self._moved = _moved(project)
        self.rows = self._taken()
        self._deficit = Meter.of(project).deficit_minutes + self._moved[None]
        standing = self._deficit - sum(row.minutes for row in self.rows if row.purchase is None)
        self.billed_minutes = max(standing, 0) if project.bills_deficit else 0
        if self.billed_minutes:
            self.rows.append(allocation.Line(through, Kind.BILLED, None, None, self.billed_minutes))

    @property
    def lines(self) -> Expression:
        """The condition for the stored lines that it takes: late ones too."""
        return Line.open_ones(self.project) & (Line.day <= self.through)

    @property
    def first_day(self) -> date:
        """The day after the statement before, so that from the first one on every day is on one.

        The first one begins with the week, month or quarter of its first line, or with the project.
        """
        if self.before:
            return self.before.last_day + timedelta(days=1)
        line = min([*(row.day for row in self.rows), self.through])
        opened = self.project.today(self.project.created_at)
        return min(line, max(start_of_period(self.project.closes, line), opened))

    @property
    def is_empty(self) -> bool:
        """Whether a statement of it would have nothing to tell."""
        return not self.rows

    def document(self, number: int) -> Document:
        """What the statement of that number tells."""
        project, agency = self.project, Agency.current() or Agency(name="")
        party = Party(agency.name, agency.address, agency.registration, agency.vat_number, agency.country)
        vat_number = project.client_vat_number
        client = Party(project.client, project.client_address, "", vat_number, _country(vat_number) or agency.country)
        opening = sum(self._opening_of(pack.id, pack.left_minutes) for pack in self.packs) - self._deficit
        return Document(
            number=number,
            project=project.slug,
            project_name=project.name,
            language=project.language,
            timezone=project.timezone,
            billing=project.billing,
            detail=project.detail,
            increment=project.increment,
            first_day=self.first_day,
            last_day=self.through,
            issued_on=project.today(self.at),
            issuer=party,
            client=client,
            client_reference=project.client_reference,
            identity=Identity.of(opening, self.rows),
            packs=tuple(self._told_packs()),
            tickets=tuple(self._told_tickets()),
            next_minutes=self._next_minutes(),
            logo=agency.logo,
            currency=agency.currency,
            rate_cents=project.rate_cents,
            vat_hundredths=agency.vat_hundredths,
            previous_number=self.before.number if self.before else None,
            previous_digest=self.before.digest if self.before else "",
        )

    def _taken(self) -> list[allocation.Line]:
        query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).where(self.lines)
        return [
            allocation.Line(day, Kind(kind), purchase, entry, minutes)
            for day, kind, purchase, entry, minutes in query.order_by(Line.day, Line.sequence).tuples()
        ]

    def _opening_of(self, purchase: int, left_minutes: int) -> int:
        """What was left in it when the period began: what is left now, with all open lines undone."""
        return left_minutes - self._moved[purchase]

    def _told_packs(self) -> Iterator[Pack]:
        """The purchases that it opened, drew from, or leaves with hours, in the order in which they began."""
        for pack in sorted(self.packs, key=lambda pack: (pack.valid_from, pack.id)):
            sums = dict.fromkeys(Kind, 0)
            rows = [row for row in self.rows if row.purchase == pack.id]
            for row in rows:
                sums[row.kind] += row.minutes
            opening = self._opening_of(pack.id, pack.left_minutes)
            if opening or rows:
                yield Pack(
                    id=pack.id,
                    kind=pack.kind,
                    reference=pack.reference,
                    minutes=pack.minutes,
                    bought_on=pack.bought_on,
                    valid_from=pack.valid_from,
                    expires_on=pack.expires_on,
                    opening_minutes=opening,
                    bought_minutes=sums[Kind.BOUGHT],
                    credited_minutes=sums[Kind.CREDITED] + sums[Kind.RETURNED],
                    drawn_minutes=-sums[Kind.DRAWN],
                    settled_minutes=-sums[Kind.SETTLED],
                    expired_minutes=-sums[Kind.EXPIRED],
                    left_minutes=opening + sum(sums.values()),
                )

    def _told_tickets(self) -> Iterator[Ticket]:
        """The tickets with the lines that the project tells, in the order of their numbers."""
        lines: dict[tuple[int, str, str], dict[object, Work]] = defaultdict(dict)
        for number, title, kind, entry, day, minutes, note, person, corrected, statement in self._entries():
            late = self.before is not None and day <= self.before.last_day
            first_name = person.split(" ")[0]
            work = Work(day, minutes, (note,) if note else (), (first_name,), (entry,), late, corrected, statement)
            key = entry if self.project.detail == "entry" else (day, minutes < 0, corrected, statement)
            told = lines[number, title, kind]
            told[key] = _added(told[key], work) if key in told else work
        for (number, title, kind), works in lines.items():
            whole = sum(work.minutes for work in works.values())
            told_lines = () if self.project.detail == "total" else tuple(works.values())
            yield Ticket(number, title, kind, whole, told_lines)

    def _entries(self) -> Iterator[tuple[int, str, str, int, date, int, str, str, date | None, int | None]]:
        """What clients may read of the entries that it takes. What is valued at nothing they never hear of."""
        entries = entry_model()
        tickets, people, corrected = entries.ticket.rel_model, entries.person.rel_model, entries.alias()
        taken = (entries.project == self.project) & entries.statement.is_null() & (entries.day <= self.through)
        query = (
            entries.select(
                tickets.id, tickets.title, tickets.kind, entries.id, entries.day, entries.valued_minutes, entries.note,
                people.name, corrected.day, Statement.number,
            )
            .join(tickets)
            .join_from(entries, people)
            .join_from(entries, corrected, JOIN.LEFT_OUTER, on=(entries.corrects == corrected.id))
            .join_from(corrected, Statement, JOIN.LEFT_OUTER, on=(corrected.statement == Statement.id))
            .where(taken & (entries.valued_minutes != 0))
            .order_by(tickets.id, entries.day, entries.id)
        )  # fmt: skip
        return iter(query.tuples())

    def _next_minutes(self) -> int:
        entries = entry_model()
        later = (entries.project == self.project) & entries.statement.is_null() & (entries.day > self.through)
        minutes: int = entries.select(fn.COALESCE(fn.SUM(entries.valued_minutes), 0)).where(later).scalar()
        return minutes


def _moved(project: Project) -> dict[int | None, int]:
    """The minutes of all open lines, by purchase; None: of the deficit."""
    query = Line.select(Line.purchase, fn.SUM(Line.minutes)).where(Line.open_ones(project)).group_by(Line.purchase)
    return defaultdict(int, query.tuples())


def _added(one: Work, other: Work) -> Work:
    """Both as one line of their day."""
    return Work(
        one.day,
        one.minutes + other.minutes,
        tuple(dict.fromkeys([*one.notes, *other.notes])),
        tuple(dict.fromkeys([*one.people, *other.people])),
        one.entries + other.entries,
        one.is_late,
        one.corrects_day,
        one.corrects_statement,
    )


def _country(vat_number: str) -> str:
    """The country that a VAT number begins with, which has another name for Greece; "" where it begins with none."""
    prefix = vat_number[:2].upper()
    return {"EL": "GR"}.get(prefix, prefix) if prefix.isascii() and prefix.isalpha() and len(prefix) == 2 else ""
