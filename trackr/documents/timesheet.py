"""The time of a project as CSV: for a spreadsheet, and for who adds up by other means.

Comma separated, with a byte order mark, by which spreadsheets know it for UTF-8. Hours are decimals with a point, and
beside them stand the minutes, which are exact. Days are ISO; a row of a whole month has the month, such as 2026-03.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from trackr.documents.cells import harmless
from trackr.reach.timesheet import Worked


def as_csv(rows: Iterable[Worked], *, by_staff: bool) -> bytes:
    """The rows with a head; what was spent and the difference to what is valued are for staff alone."""
    text = io.StringIO()
    writer = csv.writer(text)
    head = [_("Day"), _("Ticket"), _("Title"), _("What was done"), _("Who"), _("Correction of")]
    head += [_("Hours"), _("Minutes"), _("Minutes to be confirmed")]
    if by_staff:
        head += [_("Internal hours"), _("Internal minutes"), _("Difference in minutes")]
    writer.writerow(head)
    writer.writerows(_cells(row, by_staff) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Worked, by_staff: bool) -> Iterator[object]:
    yield row.day.isoformat() if row.ticket else f"{row.day:%Y-%m}"
    yield row.ticket or ""
    yield harmless(row.title)
    yield harmless(", ".join(row.notes))
    yield harmless(", ".join(row.people))
    yield " ".join(day.isoformat() for day in row.corrects)
    yield f"{row.valued_minutes / 60:.2f}"
    yield row.valued_minutes
    yield row.pending_minutes
    if by_staff and row.spent_minutes is not None:
        yield f"{row.spent_minutes / 60:.2f}"
        yield row.spent_minutes
        yield row.valued_minutes - row.spent_minutes
