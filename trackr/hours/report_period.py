"""The period of a report: a month, a quarter, a year, or the last twelve months, as an address names it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

LAST_YEAR = "12-months"
_NAMES = re.compile(r"(?P<year>(?:199|20[0-9]|21[0-9])[0-9])(?:-(?:(?P<month>[0-9]{2})|q(?P<quarter>[1-4])))?")


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """`name`: 2026-03, 2026-q1, 2026 or 12-months. The last day may be one to come."""

    name: str
    first: date
    months_long: int

    @property
    def last(self) -> date:
        return month_plus(self.first, self.months_long) - timedelta(days=1)

    @property
    def kind(self) -> str:
        """month, quarter, year, rolling."""
        return "rolling" if self.name == LAST_YEAR else {1: "month", 3: "quarter", 12: "year"}[self.months_long]

    @property
    def quarter(self) -> int:
        return (self.first.month + 2) // 3

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        return [month_plus(self.first, number) for number in range(self.months_long)]

    def beside(self, times: int) -> "ReportPeriod":
        """The period of the same length so many before (below 0) or after; the last twelve months have none but one."""
        if self.name == LAST_YEAR:
            return self
        return of(self.kind, month_plus(self.first, times * self.months_long))


def read(text: str, today: date) -> ReportPeriod:
    """The period of that name; what is none is as the last twelve months, this one included."""
    found = _NAMES.fullmatch(text.strip().lower())
    if found and found["quarter"]:
        return of("quarter", date(int(found["year"]), int(found["quarter"]) * 3, 1))
    if found and found["month"] is None:
        return of("year", date(int(found["year"]), 1, 1))
    if found and 1 <= int(found["month"]) <= 12:
        return of("month", date(int(found["year"]), int(found["month"]), 1))
    return ReportPeriod(LAST_YEAR, month_plus(today.replace(day=1), -11), 12)


def offered(today: date) -> dict[str, list[ReportPeriod]]:
    """What there is to choose from, the latest first, by kind."""
    many = {"month": 12, "quarter": 8, "year": 5}
    latest = {kind: of(kind, today) for kind in many}
    found = {kind: [latest[kind].beside(-number) for number in range(count)] for kind, count in many.items()}
    return {"rolling": [read("", today)], **found}


def of(kind: str, day: date) -> ReportPeriod:
    """The month, quarter or year that the day is in."""
    if kind == "month":
        return ReportPeriod(f"{day:%Y-%m}", day.replace(day=1), 1)
    if kind == "quarter":
        quarter = (day.month + 2) // 3
        return ReportPeriod(f"{day.year}-q{quarter}", date(day.year, quarter * 3 - 2, 1), 3)
    return ReportPeriod(str(day.year), date(day.year, 1, 1), 12)


def month_plus(first: date, many: int) -> date:
    """The first day of the month so many months later."""
    months = first.year * 12 + first.month - 1 + many
    return date(months // 12, months % 12 + 1, 1)
