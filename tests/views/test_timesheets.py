"""GET /projects/<slug>/hours.csv: the time that the hours page shows, as a file."""

import csv
import io
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX
from trackr.documents.cells import harmless
from trackr.models import Entry, Ticket, ledger

FILE = "/projects/intranet/hours.csv"


@pytest.fixture
def worked(people: Cast) -> Ticket:
    people.pack(2, bought_on=date(2026, 3, 1))
    ticket = people.ticket(title="=SUM(A1:A9)")
    people.entry(ticket, 70, valued_minutes=50, day=date(2026, 3, 10), note="Found, tested", internal_note="Slow")
    people.entry(ticket, 30, people.olive, day=date(2026, 3, 10), note="@Claire: look")
    people.entry(ticket, 20, day=date(2026, 2, 20), note="Measured")
    people.entry(people.ticket(people.marc, "Another"), 45, day=date(2026, 3, 11))
    return ticket


def rows(browser: FlaskClient, **asked: str) -> list[list[str]]:
    answer = browser.get(FILE, query_string=asked)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_client_reads_what_is_valued_by_ticket_and_day(worked: Ticket, claire: FlaskClient) -> None:
    head, *lines = rows(claire)
    assert head[:6] == ["Day", "Ticket", "Title", "What was done", "Who", "Correction of"]
    assert head[6:] == ["Hours", "Minutes", "Minutes to be confirmed"]
    assert lines == [
        ["2026-03-11", "2", "Another", "", "Sam Stone", "", "0.75", "45", "0"],
        [
            "2026-03-10", "1", "'=SUM(A1:A9)", "Found, tested, @Claire: look", "Sam Stone, Olive Owen", "", "1.33",
            "80", "0",
        ],
    ]  # fmt: skip


def test_staff_read_every_entry_with_what_was_spent(worked: Ticket, sam: FlaskClient) -> None:
    head, *lines = rows(sam)
    assert head[-3:] == ["Internal hours", "Internal minutes", "Difference in minutes"]
    assert [line[3:4] + line[6:] for line in lines] == [
        ["", "0.75", "45", "0", "0.75", "45", "0"],
        ["'@Claire: look", "0.50", "30", "0", "0.50", "30", "0"],
        ["Found, tested", "0.83", "50", "0", "1.17", "70", "-20"],
    ]


def test_what_is_internal_is_in_no_file_of_a_client(worked: Ticket, claire: FlaskClient) -> None:
    text = claire.get(FILE, query_string={"period": "all"}).text
    assert not any(internal in text for internal in ("Internal", "Slow", "1.17", "70", "Difference"))


def test_a_client_who_is_told_totals_reads_months(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    people.intranet.change(people.olive, detail="total")
    assert rows(claire, period="all")[1:] == [
        ["2026-03", "", "", "", "", "", "2.08", "125", "0"],
        ["2026-02", "", "", "", "", "", "0.33", "20", "0"],
    ]
    assert rows(claire, period="all", ticket=str(worked.id))[1:] == rows(claire, period="all")[1:]


def test_it_is_what_the_page_shows(people: Cast, worked: Ticket, sam: FlaskClient, claire: FlaskClient) -> None:
    assert [line[7] for line in rows(sam, period="2026-02")[1:]] == ["20"]
    assert rows(sam, period="2025-12")[1:] == rows(sam, period="2024")[1:] == []
    assert [line[7] for line in rows(sam, period="2026", ticket="#1")[1:]] == ["30", "50", "20"]
    assert [line[7] for line in rows(sam, period="all", person=str(people.olive.id))[1:]] == ["30"]
    assert len(rows(claire, period="all", person=str(people.olive.id))[1:]) == 3  # that is for staff


def test_a_correction_names_the_day_that_it_corrects(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    ledger.close(people.intranet, date(2026, 2, 28))
    people.entry(worked, 0, valued_minutes=-5, corrects=Entry.get(Entry.day == date(2026, 2, 20)))
    correction = rows(claire)[1]
    assert (correction[0], correction[5:8]) == ("2026-03-14", ["2026-02-20", "-0.08", "-5"])


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"), ("+33", "'+33"), ("-5", "'-5"), ("@a", "'@a"), ("\t=1", "'=1"), ("\r=1", "'=1"),
        (" =1", "' =1"), ("a=1", "a=1"), ("two\nlines", "two lines"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_becomes_a_formula(written: str, cell: str) -> None:
    assert harmless(written) == cell


def test_it_is_named_after_the_project_and_the_period(worked: Ticket, claire: FlaskClient) -> None:
    for period, name in (("2026-02", "2026-02"), ("all", "all"), ("../etc", "2026-03")):
        answer = claire.get(FILE, query_string={"period": period}, headers=HTMX)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="intranet-{name}.csv"'


def test_without_time_there_is_the_head_alone(claire: FlaskClient) -> None:
    assert len(rows(claire)) == 1


def test_who_sees_no_hours_and_strangers_find_nothing(marc: FlaskClient, zoe: FlaskClient) -> None:
    assert marc.get(FILE).status_code == zoe.get(FILE).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get(FILE).location == f"/sign-in?next={FILE}"


def test_it_is_only_looked_at(olive: FlaskClient) -> None:
    assert olive.post(FILE).status_code == 405
