"""A list of tickets as CSV: comma separated, with a byte order mark, by which spreadsheets know it for UTF-8."""

import csv
import io
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from trackr.documents.cells import harmless
from trackr.reach.ticket_list import Row


def as_csv(
    rows: Iterable[Row], zone: ZoneInfo, *, by_staff: bool, with_hours: bool, with_projects: bool = False
) -> bytes:
    """The rows with a head; days are ISO, in that zone. What was spent is for staff alone."""
    text = io.StringIO()
    writer = csv.writer(text)
    head = [_("Ticket"), _("Project")] if with_projects else [_("Ticket")]
    head += [_("Title"), _("Status"), _("Priority"), _("Kind")]
    head += [_("Requested by"), _("Assigned to"), _("Opened on"), _("Changed on")]
    head += [_("Valued minutes")] if with_hours else []
    head += [_("Internal minutes")] if by_staff else []
    writer.writerow(head)
    writer.writerows(_cells(row, zone, by_staff, with_hours, with_projects) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Row, zone: ZoneInfo, by_staff: bool, with_hours: bool, with_projects: bool) -> Iterator[object]:
    yield row.number
    if with_projects:
        yield harmless(row.project)
    yield from map(harmless, (row.title, row.column))
    yield row.priority
    yield row.kind
    yield from map(harmless, (row.requester, row.assignee))
    yield row.opened_at.astimezone(zone).date().isoformat()
    yield row.changed_at.astimezone(zone).date().isoformat()
    if with_hours:
        yield row.valued_minutes
    if by_staff:
        yield row.spent_minutes
