"""What the hours page is asked for in its address: a period, a ticket, a person, a page."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from peewee import Ordering
from werkzeug.datastructures import MultiDict

from trackr.models import Entry, Project
from trackr.reach import Reach

LAST_PAGE = 10_000
ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What cannot be read is as if it were not there. The period: `2026-03`, `2026`, or `all`."""

    period: str
    first: date | None = None  # of the period; none: from the beginning
    last: date | None = None
    ticket: str = ""  # id
    person: str = ""  # id, for staff
    page: int = 1

    @classmethod
    def read(cls, values: "MultiDict[str, str]", reach: Reach, project: Project, months: list[date]) -> "Filters":
        """months: those there are; the present one, which is shown where none is asked for, is among them."""

        def digits(name: str) -> str:
            text = values.get(name, "").strip().removeprefix("#")
            return text if text.isascii() and text.isdecimal() and len(text) <= 9 else ""

        present = project.today().replace(day=1)
        period, first, last = _period(values.get("period") or values.get("month", ""), months, present)
        return cls(
            period=period,
            first=first,
            last=last,
            ticket=digits("ticket"),
            person=digits("person") if reach.person.is_staff else "",
            page=min(max(int(digits("page") or 1), 1), LAST_PAGE),
        )

    def address(self, **changes: object) -> dict[str, object]:
        """The arguments of an address with some of them changed, the empty ones left out."""
        given = {"period": self.period, "ticket": self.ticket, "person": self.person, "page": self.page} | changes
        return {name: value for name, value in given.items() if value and (name, value) != ("page", 1)}

    @property
    def is_month(self) -> bool:
        return len(self.period) == len("2026-03")

    @property
    def is_whole(self) -> bool:
        """Whether nothing but the period narrows it."""
        return not (self.ticket or self.person)


def months(reach: Reach, project: Project) -> list[date]:
    """The first days of the months from the first entry to today or the last one, newest first. Two queries."""
    theirs = Entry.project == project
    if not reach.person.is_staff:
        theirs &= Entry.valued_minutes != 0

    def end(order: Ordering) -> date:
        found: date | None = Entry.select(Entry.day).where(theirs).order_by(order).limit(1).scalar()
        return found or project.today()

    last = max(end(Entry.day.desc()), project.today()).replace(day=1)
    first = min(end(Entry.day.asc()), project.today()).replace(day=1)
    found = [last]
    while found[-1] > first:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def asked(values: "MultiDict[str, str]") -> list[date]:
    """The first day of the month or year that is asked for, be there time in it or not."""
    found = re.fullmatch(r"(199[0-9]|20[0-9]{2})(?:-(0[1-9]|1[0-2]))?", values.get("period") or values.get("month", ""))
    return [date(int(found[1]), int(found[2] or 1), 1)] if found else []


def by_year(months: list[date]) -> list[tuple[int, list[date]]]:
    """The months under their years, to choose from."""
    return [(year, list(those)) for year, those in groupby(months, lambda month: month.year)]


def month_after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _period(asked: str, months: list[date], present: date) -> tuple[str, date | None, date | None]:
    if asked == ALL:
        return ALL, None, None
    for year in {month.year for month in months}:
        if asked == str(year):
            return asked, date(year, 1, 1), date(year, 12, 31)
    first = next((month for month in months if f"{month:%Y-%m}" == asked), present)
    return f"{first:%Y-%m}", first, month_after(first) - timedelta(days=1)
