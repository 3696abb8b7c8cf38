"""The tables of a report as CSV: for a spreadsheet, and for who adds up by other means.

Comma separated, with a byte order mark, by which spreadsheets know it for UTF-8. Beside hours stand the minutes, which
are exact; amounts are decimals with a point, without VAT; days are ISO, and a month is one such as 2026-03.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime

from flask_babel import gettext as _

from trackr.documents.cells import harmless
from trackr.hours.report import Sum
from trackr.reach.reports import Report

Line = list[object]


def as_csv(report: Report, table: str) -> bytes:
    """The table of that name with a head."""
    text = io.StringIO()
    csv.writer(text).writerows(_TABLES[table](report))
    return text.getvalue().encode("utf-8-sig")


def _months(report: Report) -> Iterator[Line]:
    yield [_("Month"), *_head(report)]
    for row in report.months:
        yield [f"{row.month:%Y-%m}", *_sums(report, row.sum)]


def _projects(report: Report) -> Iterator[Line]:
    yield [_("Project"), *_head(report)]
    for row in report.projects:
        yield [harmless(row.name), *_sums(report, row.sum)]


def _people(report: Report) -> Iterator[Line]:
    yield [_("Person"), *_head(report)]
    for row in report.people:
        yield [harmless(row.name), *_sums(report, row.sum)]


def _activities(report: Report) -> Iterator[Line]:
    yield [_("Activity"), *_head(report)]
    for row in report.activities:
        yield [harmless(row.name), *_sums(report, row.sum)]


def _hours(report: Report) -> Iterator[Line]:
    yield [
        _("Project"), _("Client"), _("Way of paying"), _("Hours left"), _("Minutes left"), _("Minutes to be confirmed"),
        _("Minutes agreed"), _("Runs out about"), _("Earliest"), _("Latest"), _("Expires"),
    ]  # fmt: skip
    for project in report.hours:
        reading = project.meter.reading()
        left = [] if project.is_postpaid else [f"{reading.left_minutes / 60:.2f}", reading.left_minutes]
        out = reading.runs_out
        yield [
            harmless(project.name), harmless(project.client), project.billing, *(left or ("", "")),
            reading.pending_minutes, reading.committed_minutes, *((out.on, out.first, out.last) if out else ("",) * 3),
            reading.next_expiry_on or "",
        ]  # fmt: skip


def _targets(report: Report) -> Iterator[Line]:
    yield [_("Month"), _("Priority"), _("Answer"), _("Kept"), _("Missed")]
    for tally in report.targets:
        yield [f"{tally.month:%Y-%m}", tally.priority, tally.kind, tally.kept, tally.missed]


def _ages(report: Report) -> Iterator[Line]:
    yield [_("Younger than days"), _("Open tickets"), _("Wait for us")]
    for age in report.ages:
        yield [age.under or "", age.count, age.ours]


def _waiting(report: Report) -> Iterator[Line]:
    heads = (_("Open tickets"), _("Wait for us"), _("Wait for the client"), _("Longest since"))
    yield [_("Project"), *heads, _("Minutes asked for"), _("To bill")]
    for project, waits in report.waiting:
        since = waits.oldest_at
        tickets = [waits.count, waits.ours, waits.theirs, _day(report, since) if since else ""]
        yield [harmless(project.name), *tickets, waits.asked_minutes, waits.to_bill]


def _satisfaction(report: Report) -> Iterator[Line]:
    yield [_("Project"), _("Thank you"), _("It was fine"), _("Not what I hoped")]
    for project, answers in report.satisfaction:
        yield [harmless(project.name), *answers.values()]


_TABLES: dict[str, Callable[[Report], Iterator[Line]]] = {
    "months": _months, "projects": _projects, "people": _people, "activities": _activities, "hours": _hours,
    "targets": _targets, "ages": _ages, "waiting": _waiting, "satisfaction": _satisfaction,
}  # fmt: skip


def _head(report: Report) -> Line:
    head: Line = [_("Internal hours"), _("Internal minutes"), _("Hours"), _("Minutes"), _("Difference in minutes")]
    head += [_("Unvalued minutes")]
    return [*head, _("Value"), _("Cost"), _("Margin")] if report.tells_money else head


def _sums(report: Report, whole: Sum) -> Line:
    line: Line = [f"{whole.spent_minutes / 60:.2f}", whole.spent_minutes, f"{whole.valued_minutes / 60:.2f}"]
    line += [whole.valued_minutes, whole.margin_minutes, whole.unvalued_minutes]
    money = [whole.value_cents, whole.cost_cents, whole.margin_cents] if report.tells_money else []
    return [*line, *("" if cents is None else f"{cents / 100:.2f}" for cents in money)]


def _day(report: Report, at: datetime) -> str:
    return at.astimezone(report.zone).date().isoformat()
