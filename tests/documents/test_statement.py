"""The files of a statement: what is in each, and that nothing in it is taken for more than a text."""

import csv
import io
import json
import logging
import re
import subprocess
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.hours.documents import january
from tests.people import PHOTO
from trackr.documents.statement import apart
from trackr.documents.statement.amounts import bill, decimal_hours
from trackr.documents.statement.data import statement_json
from trackr.documents.statement.invoice import statement_xml
from trackr.documents.statement.pdf import statement_pdf
from trackr.documents.statement.sheet import sheet
from trackr.documents.statement.table import statement_csv
from trackr.documents.statement.workbook import statement_xlsx
from trackr.hours.document import Document, Identity, Ticket, Work

HOSTILE = '#panic("x") *b* $a$ <l> \\ \u0001 = 漢'
LINES = (
    Work(date(2026, 1, 30), 50, ("=1+1", "@two"), ("+Nadia",), (7, 8)),
    Work(date(2025, 12, 30), -20, ("Counted twice",), (), (9,), True, date(2025, 12, 4), 9),
)


def hostile() -> Document:
    """Billed afterwards at a rate, with formulas and markup in every text, a correction and a late line."""
    tickets = (
        Ticket(1, HOSTILE, "support", 30, LINES),
        Ticket(2, "=A1", "assistance", 10, (replace(LINES[0], minutes=10),)),
    )
    return replace(
        january(),
        project_name=HOSTILE,
        billing="postpaid",
        packs=(),
        tickets=tickets,
        identity=Identity(0, 0, 20, 40, 60, 0, 0),
        rate_cents=9000,
    )


def midnight(*day: int) -> datetime:
    return datetime.combine(date(*day), time())


def test_hours_with_two_decimals_add_up_to_those_of_the_minutes() -> None:
    assert decimal_hours([10, 10, 10]) == [Decimal("0.17"), Decimal("0.17"), Decimal("0.16")]
    assert decimal_hours([-20, 50]) == [Decimal("-0.33"), Decimal("0.83")]


@given(st.lists(st.integers(-600, 600), max_size=30))
def test_whatever_the_minutes_are_no_hours_are_lost(minutes: list[int]) -> None:
    hours = decimal_hours(minutes)
    assert [sum(hours)] == (decimal_hours([sum(minutes)]) if minutes else [0])
    assert all(abs(each - Decimal(of) / 60) < Decimal("0.01") for each, of in zip(hours, minutes, strict=True))


def test_an_amount_is_that_of_the_hours_as_they_are_told() -> None:
    told = bill(replace(hostile(), vat_hundredths=550))
    assert told and [amount for _, amount in told.lines] == [Decimal("60.30")]  # 0.67 h
    assert (told.net, told.vat, told.total) == (Decimal("60.30"), Decimal("3.32"), Decimal("63.62"))
    assert bill(january()) is None


def test_a_csv_has_no_formula_and_its_hours_add_up() -> None:
    head, *lines = csv.reader(io.StringIO(statement_csv(hostile()).decode("utf-8-sig")))
    assert head[-3:] == ["Correction of", "Hours", "Minutes"]
    assert lines[0][5:] == ["'=1+1; @two", "'+Nadia", "", "", "0.83", "50"]
    assert lines[1][4:] == ["2025-12-30", "Counted twice", "", "late", "2025-12-04", "-0.33", "-20"]
    assert sum(Decimal(line[-2]) for line in lines) == Decimal("0.67")


def test_a_workbook_has_true_days_and_durations_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(statement_xlsx(hostile())))
    lines = book["Lines"]
    assert lines.freeze_panes == "A2"
    first, second = (
        dict(zip(*(cells, line), strict=True))
        for cells in [[c.value for c in lines[1]]]
        for line in list(lines.values)[1:3]
    )
    assert (first["Day"], first["Hours"], first["Minutes"]) == (midnight(2026, 1, 30), timedelta(minutes=50), 50)
    assert (first["What was done"], second["Correction of"]) == ("=1+1; @two", midnight(2025, 12, 4))
    assert {cell.data_type for page in book for row in page.rows for cell in row} <= {"s", "n", "d"}
    assert [row[:2] for row in book["Statement"].values][11] == ("used in January", timedelta(minutes=60))


def test_the_json_is_ready_for_an_invoice() -> None:
    told = json.loads(statement_json(hostile()), parse_float=Decimal)
    assert told["period"] == {"start": "2026-01-01", "end": "2026-01-31", "timezone": "Europe/Paris"}
    assert sum(line["hours"] for line in told["lines"]) == told["total"]["hours"] == Decimal("0.67")
    assert told["lines"][1]["corrects"] == {"day": "2025-12-04", "statement": 9}
    assert told["to_bill"]["net"] == Decimal("60.3") and told["to_bill"]["charges"][0]["minutes"] == 40


def test_a_sheet_tells_the_balance_in_a_sentence() -> None:
    told = sheet(january())
    assert (
        told["summary"].replace("\u00a0", " ") == "In January 2026, 7 h 30 were used of 20 h 45, and 13 h 15 are left."
    )
    assert [(term["sign"], term["told"]) for term in told["terms"]] == [
        ("", "left on 31 December"),
        ("+", "bought on 8 January"),
        ("\u2212", "used in January"),
        ("=", "left on 31 January"),
    ]


def test_a_total_alone_is_told_without_days() -> None:
    document = replace(january(), tickets=tuple(replace(ticket, lines=()) for ticket in january().tickets))
    assert sheet(document)["heads"]["day"] == "Ticket"
    assert [line["day"] for line in json.loads(statement_json(document))["lines"]] == [None] * 5


@pytest.fixture(scope="module")
def with_xml() -> tuple[bytes, bytes]:
    """The XML and the PDF with it, made once."""
    xml = statement_xml(hostile())
    assert xml
    return xml, statement_pdf(hostile(), b"no image", xml)


def test_the_data_for_the_invoice_say_what_they_are(with_xml: tuple[bytes, bytes]) -> None:
    from facturx import xml_check_xsd

    logging.getLogger("factur-x").setLevel(logging.ERROR)
    assert xml_check_xsd(with_xml[0], flavor="factur-x", level="en16931")
    text = re.sub(rb"\s+<", b"<", with_xml[0]).decode()
    assert "<ram:ID>statement-12</ram:ID><ram:TypeCode>130</ram:TypeCode>" in text
    period = text[text.index("<ram:BillingSpecifiedPeriod>") :]
    assert re.findall(r'format="102">(\d+)', period)[:2] == ["20260101", "20260131"]
    assert statement_xml(january()) is None


def test_a_pdf_is_an_archive_that_programs_can_read(with_xml: tuple[bytes, bytes]) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(with_xml[1]), strict=True)
    root = reader.trailer["/Root"]
    told = etree.fromstring(root["/Metadata"].get_data())
    found = {
        etree.QName(each).localname: each.text for each in told.iter("{*}part", "{*}conformance", "{*}ConformanceLevel")
    }
    assert found["conformance"] == "B" and found["ConformanceLevel"] == "EN 16931"
    assert b"<pdfaid:part>3</pdfaid:part>" in root["/Metadata"].get_data()
    assert (
        root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en" and root["/AF"][0]["/AFRelationship"] == "/Alternative"
    )
    assert reader.attachments["factur-x.xml"] == [with_xml[0]]
    text = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    assert '#panic("x") *b* $a$ <l> \\ = ' in text and "corrects 4 Dec 2025 on statement 9" in text and "1 / 1" in text


def test_another_program_finds_it_fit_for_archives_and_screen_readers(with_xml: tuple[bytes, bytes]) -> None:
    from pdf_oxide import PdfDocument

    for content in (with_xml[1], statement_pdf(january(), PHOTO)):
        document = PdfDocument.from_bytes(content)
        assert document.validate_pdf_a("3b")["errors"] == document.validate_pdf_ua()["errors"] == []
    without_metadata = PdfDocument.from_bytes(with_xml[1].replace(b"/Metadata ", b"/Metabata "))
    assert without_metadata.validate_pdf_a("3b")["valid"] is False


def test_a_pdf_is_the_same_each_time_and_has_the_logo() -> None:
    assert statement_pdf(january(), PHOTO) == statement_pdf(january(), PHOTO) != statement_pdf(january())


def test_a_drawing_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **more: object) -> None:
        raise subprocess.TimeoutExpired("", float(str(more["timeout"])))

    monkeypatch.setattr(apart.subprocess, "run", run)
    with pytest.raises(apart.Failed, match="60 s"):
        statement_pdf(january())
