"""What is to be billed, across projects: for the owner."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from peewee import JOIN
from werkzeug.datastructures import MultiDict

from trackr.hours.amounts import amount
from trackr.models import Charge, Project, Purchase, Statement
from trackr.models.charge import STATES
from trackr.reach import Reach
from trackr.reach.periods import month_after
from trackr.reach.statement_list import Summary, summaries

ALL = "all"
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What cannot be read is as if it were not there. The period: `2026-03` or `2026`, of when it became due."""

    state: str = "open"  # or all
    project: str = ""  # its slug
    period: str = ""

    @classmethod
    def read(cls, values: "MultiDict[str, str]") -> "Filters":
        state, period = values.get("state", ""), values.get("period", "").strip()
        return cls(
            state=state if state in (*STATES, ALL) else "open",
            project=values.get("project", ""),
            period=period if _days(period) else "",
        )

    def address(self) -> dict[str, str]:
        given = {"state": self.state, "project": self.project, "period": self.period}
        return {name: value for name, value in given.items() if value and (name, value) != ("state", "open")}


@dataclass(frozen=True, slots=True)
class Billed:
    """A charge with what it comes to, in whole cents without VAT; None where its project names no rate."""

    charge: Charge
    currency: str
    rate_cents: int | None

    @property
    def cents(self) -> int | None:
        return None if self.rate_cents is None else amount(self.charge.minutes, self.rate_cents)


def charge(reach: Reach, number: int) -> Charge | None:
    """One of them, with its project, statement and purchase."""
    if not reach.person.is_owner:
        return None
    found: Charge | None = _all().where(Charge.id == number).first()
    project = reach.project(found.project.slug) if found else None
    if found is None or project is None:
        return None
    found.project = project
    return found


def ticked(reach: Reach, numbers: list[int]) -> list[Charge]:
    """Those of these numbers, the first one first; nothing to who does not own the agency."""
    return list(_all().where(Charge.id.in_(numbers)).order_by(Charge.id)) if reach.person.is_owner else []


def charges(reach: Reach, filters: Filters, zone: ZoneInfo, currency: str) -> list[Billed]:
    """What the filters choose, the latest first; nothing to who does not own the agency. Two queries at most.

    zone: the agency's, by which a period begins; currency: of its packs, what statements tell in is their own.
    """
    query = _all().order_by(Charge.created_at.desc(), Charge.id.desc())
    if filters.state != ALL:
        query = query.where(Charge.state == filters.state)
    if filters.project:
        query = query.where(Project.slug == filters.project)
    days = _days(filters.period)
    if days:
        since, until = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in days)
        query = query.where((Charge.created_at >= since) & (Charge.created_at < until))
    found = list(query) if reach.person.is_owner else []
    told = summaries(one.statement for one in found if one.statement_id)
    return [_billed(one, told.get(one.statement_id), currency) for one in found]


def totals(billed: Iterable[Billed]) -> tuple[int, dict[str, int]]:
    """The minutes of all of it, and the cents by currency of what has a rate."""
    minutes, cents = 0, Counter[str]()
    for one in billed:
        minutes += one.charge.minutes
        if one.cents is not None:
            cents[one.currency] += one.cents
    return minutes, dict(cents)


def _billed(charge: Charge, told: Summary | None, currency: str) -> Billed:
    """A statement is billed at the rate that it names, a pack at that of its project."""
    if told:
        return Billed(charge, told.currency, told.rate_cents)
    return Billed(charge, currency, charge.project.rate_cents)


def _all() -> Any:
    told = [field for field in Statement._meta.sorted_fields if field.name != "document"]
    query = Charge.select(Charge, Project, Purchase, *told).join(Project)
    query = query.join_from(Charge, Statement, JOIN.LEFT_OUTER)
    return query.join_from(Charge, Purchase, JOIN.LEFT_OUTER)


def _days(period: str) -> tuple[date, date] | None:
    """The first day of a period and the one after its last; None where it is no period."""
    year, _, month = period.partition("-")
    if not (period.isascii() and len(year) == 4 and year.isdecimal() and "1990" <= year < "9999"):
        return None
    if not month:
        return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
    if not (len(month) == 2 and month.isdecimal() and 1 <= int(month) <= 12):
        return None
    first = date(int(year), int(month), 1)
    return first, month_after(first)


def months(today: date, many: int = 12) -> Iterator[date]:
    """The first days of this month and those before it, to choose from."""
    first = today.replace(day=1)
    for _ in range(many):
        yield first
        first = (first - timedelta(days=1)).replace(day=1)
