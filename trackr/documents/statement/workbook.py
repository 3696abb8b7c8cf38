"""A statement as XLSX: a sheet that sums up, and a sheet of its lines, with true days and durations.

Durations are parts of a day shown as hours and minutes, which spreadsheets add up. Not every one of them can show such
a time below zero: the minutes beside it are plain numbers. No text is ever a formula.
"""

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from trackr.documents.cells import printable
from trackr.documents.statement import words
from trackr.documents.statement.amounts import bill
from trackr.documents.statement.lines import Row, rows
from trackr.documents.statement.speech import _, speaking
from trackr.documents.statement.table import heads
from trackr.hours.document import Document
from trackr.hours.durations import DAY_MINUTES

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDTHS = (10, 8, 44, 12, 11, 60, 22, 8, 13, 9, 9)
PACK_WIDTHS = (44, 11, 11, 11, 11, 14)


def statement_xlsx(document: Document) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book, speaking(document):
        issued = datetime.combine(document.issued_on, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": words.title(document), "author": document.issuer.name, "created": issued})
        looks = {
            "bold": book.add_format({"bold": True}),
            "title": book.add_format({"bold": True, "font_size": 16}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "time": book.add_format({"num_format": "[h]:mm;-[h]:mm"}),
            "hours": book.add_format({"num_format": "0.00"}),
            "money": book.add_format({"num_format": f'#,##0.00 "{document.currency}"'}),
        }
        _sum_up(book.add_worksheet(_("Statement")), document, looks)
        _list(book.add_worksheet(_("Lines")), document, looks)
    return content.getvalue()


def _sum_up(page: "Worksheet", document: Document, looks: dict[str, "Format"]) -> None:
    for column, width in enumerate(PACK_WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, printable(words.title(document)), looks["title"])
    known = (
        (_("Agency"), document.issuer.name),
        (_("Client"), document.client.name),
        (_("Project"), document.project_name),
        (_("Your reference"), document.client_reference),
        (_("Number"), document.number),
        (_("First day"), document.first_day),
        (_("Last day"), document.last_day),
        (_("Issued on"), document.issued_on),
    )
    row = _rows(page, 2, ([name, value] for name, value in known), looks)
    row = _rows(
        page,
        row + 1,
        ([f"{term.sign} {term.told}".strip(), Duration(term.minutes)] for term in words.terms(document)),
        looks,
    )
    if document.packs:
        names = [_("Pack"), _("Hours"), _("Before"), _("Used"), _("Left"), _("Valid until")]
        packs = [
            [
                words.pack(document, pack),
                *map(Duration, (pack.minutes, pack.opening_minutes, pack.drawn_minutes, pack.left_minutes)),
                pack.expires_on,
            ]
            for pack in document.packs
        ]
        row = _rows(page, row + 1, [names], looks, looks["bold"])
        row = _rows(page, row, packs, looks)
    _sums(page, row + 1, document, looks)


def _sums(page: "Worksheet", row: int, document: Document, looks: dict[str, "Format"]) -> None:
    told = bill(document)
    if told is None:
        return
    names = [_("To be billed"), _("Hours"), _("For an hour"), _("Amount")]
    row = _rows(page, row, [names], looks, looks["bold"])
    for charge, amount in told.lines:
        _rows(page, row, [[words.charge(document, charge)]], looks)
        page.write_number(row, 1, float(charge.hours), looks["hours"])
        page.write_number(row, 2, float(told.rate), looks["money"])
        page.write_number(row, 3, float(amount), looks["money"])
        row += 1
    for name, amount in ((_("Without VAT"), told.net), (_("VAT"), told.vat), (_("With VAT"), told.total)):
        page.write_string(row, 0, name)
        page.write_number(row, 3, float(amount), looks["money"])
        row += 1


def _list(page: "Worksheet", document: Document, looks: dict[str, "Format"]) -> None:
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    _rows(page, 0, [heads()], looks, looks["bold"])
    found = rows(document)
    end = _rows(page, 1, (_line(document, row) for row in found), looks)
    page.autofilter(0, 0, max(end - 1, 1), len(WIDTHS) - 1)


def _line(document: Document, row: Row) -> list[Any]:
    work, ticket = row.work, row.ticket
    told = [document.number, ticket.number, ticket.title, words.kind(ticket.kind)]
    if work is None:
        return [*told, None, "", "", "", None, Duration(row.minutes), row.minutes]
    late = _("late") if work.is_late else ""
    of_work = [work.day, "; ".join(work.notes), ", ".join(work.people), late, work.corrects_day]
    return [*told, *of_work, Duration(row.minutes), row.minutes]


class Duration(float):
    """Minutes as the part of a day that a spreadsheet takes for a duration."""

    def __new__(cls, minutes: int) -> "Duration":
        return super().__new__(cls, minutes / DAY_MINUTES)


def _rows(
    page: "Worksheet", first: int, told: Iterable[list[Any]], looks: dict[str, "Format"], look: "Format | None" = None
) -> int:
    """Write rows from that one on, each value as what it is. The row after them."""
    for row in told:
        for column, value in enumerate(row):
            if isinstance(value, Duration):
                page.write_number(first, column, value, looks["time"])
            elif isinstance(value, date):
                page.write_datetime(first, column, datetime.combine(value, time()), looks["day"])
            elif isinstance(value, int):
                page.write_number(first, column, value)
            elif value:
                page.write_string(first, column, printable(value), look)
        first += 1
    return first
