"""A statement as CSV: its lines, comma separated, with a byte order mark, by which spreadsheets know it for UTF-8.

Hours are decimals with a point, and add up to the hours of the statement; beside them stand the minutes.
"""

import csv
import io
from collections.abc import Iterator

from trackr.documents.cells import harmless
from trackr.documents.statement import words
from trackr.documents.statement.lines import Row, rows
from trackr.documents.statement.speech import _, speaking
from trackr.hours.document import Document


def statement_csv(document: Document) -> bytes:
    """The lines with a head in the client's language. Days are ISO."""
    text = io.StringIO()
    writer = csv.writer(text)
    with speaking(document):
        writer.writerow(heads())
        writer.writerows(_cells(document, row) for row in rows(document))
    return text.getvalue().encode("utf-8-sig")


def heads() -> list[str]:
    told = [_("Statement"), _("Ticket"), _("Title"), _("Kind"), _("Day"), _("What was done"), _("Who"), _("Late")]
    return [*told, _("Correction of"), _("Hours"), _("Minutes")]


def _cells(document: Document, row: Row) -> Iterator[object]:
    work = row.work
    yield document.number
    yield row.ticket.number or ""
    yield harmless(row.ticket.title)
    yield harmless(words.kind(row.ticket.kind))
    yield work.day.isoformat() if work else ""
    yield harmless("; ".join(work.notes)) if work else ""
    yield harmless(", ".join(work.people)) if work else ""
    yield _("late") if work and work.is_late else ""
    yield work.corrects_day.isoformat() if work and work.corrects_day else ""
    yield f"{row.hours:.2f}"
    yield row.minutes
