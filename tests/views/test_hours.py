"""GET /projects/<slug>/hours: for people a page, for programs figures."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, JSON, form_in, is_page
from trackr.models import Person, Project, Ticket
from trackr.reach import Reach
from trackr.reach import hours as pages
from trackr.reach.periods import Filters
from trackr.reach.timesheet import everything, timesheet

HOURS = "/projects/intranet/hours"
MARCH = date(2026, 3, 1)


@pytest.fixture
def worked(people: Cast) -> Ticket:
    """A pack of two hours bought on the 1st; 50, 30 and 0 min valued on the 10th, 60 on the 12th, 20 in February."""
    people.pack(2, bought_on=MARCH, expires_on=date(2026, 12, 31), reference="Order 12")
    ticket = people.ticket(title="The form loses the date")
    for spent, valued, day in ((70, 50, 10), (30, 30, 10), (15, 0, 10), (60, 60, 12)):
        people.entry(ticket, spent, valued_minutes=valued, day=date(2026, 3, day), note=f"Note of {spent}")
    people.entry(ticket, 20, day=date(2026, 2, 20), note="Note of February")
    return ticket


def tell(people: Cast, detail: str) -> None:
    people.intranet.change(people.olive, detail=detail)


def figures(browser: FlaskClient) -> Any:
    answer = browser.get(HOURS, headers=JSON)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


def test_staff_and_clients_see_the_hours(worked: Ticket, sam: FlaskClient, claire: FlaskClient) -> None:
    for browser in (sam, claire):
        answer = browser.get(HOURS)
        assert answer.status_code == 200 and is_page(answer)
        assert f'href="/tickets/{worked.id}"' in answer.text and "Order 12" in answer.text


def test_htmx_is_answered_with_the_hours_alone(worked: Ticket, claire: FlaskClient) -> None:
    answer = claire.get(HOURS, headers=HTMX)
    assert not is_page(answer) and 'id="hours"' in answer.text


def test_spent_time_is_for_staff(worked: Ticket, sam: FlaskClient, claire: FlaskClient) -> None:
    assert "1\u00a0h\u00a010" in sam.get(HOURS).text and "Note of 15" in sam.get(HOURS).text
    text = claire.get(HOURS).text
    assert not any(internal in text for internal in ("1\u00a0h\u00a010", "0\u00a0h\u00a015", "Note of 15"))


def test_the_newest_month_is_shown_and_any_other_may_be_asked_for(worked: Ticket, claire: FlaskClient) -> None:
    assert "Note of 60" in claire.get(HOURS).text and "Note of February" not in claire.get(HOURS).text
    february = claire.get(f"{HOURS}?month=2026-02")
    assert "Note of 60" not in february.text and "Note of February" in february.text
    assert form_in(february, HOURS).values["period"] == "2026-02"


@pytest.mark.parametrize("month", ["2025-01", "2026-04", "2026-3", "x", "", "2026-02-01", "9999-99", "\x00"])
def test_a_month_that_is_not_there_is_the_newest(month: str, worked: Ticket, claire: FlaskClient) -> None:
    answer = claire.get(HOURS, query_string={"month": month})
    assert form_in(answer, HOURS).values["period"] == "2026-03"


def test_the_newest_month_is_the_one_it_is_where_the_project_is(
    worked: Ticket, claire: FlaskClient, clock: Clock
) -> None:
    clock.set("2026-03-31 22:30")
    assert form_in(claire.get(HOURS), HOURS).values["period"] == "2026-04"


def test_without_hours_and_time_there_is_a_page_all_the_same(claire: FlaskClient) -> None:
    assert claire.get(HOURS).status_code == 200
    assert figures(claire) == {"lines": [], "purchases": [], "balance_minutes": 0, "deficit_minutes": 0}


def test_a_postpaid_project_has_no_packs_and_no_balance(people: Cast, claire: FlaskClient) -> None:
    people.intranet.change(people.olive, billing="postpaid")
    people.entry(people.ticket(), 45, note="Called")
    text = claire.get(HOURS).text
    assert "Called" in text and 'class="identity"' not in text


def of_month(first: date) -> "MultiDict[str, str]":
    return MultiDict({"period": f"{first:%Y-%m}"})


def days(person: Person, first: date = MARCH) -> list[tuple[int, int, int | None, list[str]]]:
    """The lines of a month: day, valued, spent, notes."""
    project = Reach(person).project("intranet")
    rows = everything(Reach(person), project, Filters.read(of_month(first), Reach(person), project, [first]))
    return [(row.day.day, row.valued_minutes, row.spent_minutes, row.notes) for row in rows]


def test_staff_read_every_entry(people: Cast, worked: Ticket) -> None:
    assert [line[:3] for line in days(people.sam)] == [(12, 60, 60), (10, 0, 15), (10, 30, 30), (10, 50, 70)]


def test_a_client_reads_by_ticket_and_day(people: Cast, worked: Ticket) -> None:
    assert days(people.claire) == [(12, 60, None, ["Note of 60"]), (10, 80, None, ["Note of 70", "Note of 30"])]


def test_a_client_reads_by_entry_where_the_project_says_so(people: Cast, worked: Ticket) -> None:
    tell(people, "entry")
    assert [line[:3] for line in days(people.claire)] == [(12, 60, None), (10, 30, None), (10, 50, None)]


def test_a_client_reads_totals_where_the_project_says_so(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    tell(people, "total")
    text = claire.get(HOURS).text
    assert "2\u00a0h\u00a020" in text
    assert "The form loses the date" not in text and "Note of" not in text


@pytest.mark.parametrize("detail", ["entry", "day", "total"])
def test_what_is_to_be_confirmed_is_the_same_in_every_detail(detail: str, people: Cast, worked: Ticket) -> None:
    people.intranet.change(people.olive, detail=detail, review_hours=48)
    people.entry(people.ticket(), 25, day=date(2026, 3, 12))
    people.entry(worked, 15, day=date(2026, 3, 12))
    for person in (people.sam, people.claire):
        project = Reach(person).project("intranet")
        filters = Filters.read(of_month(MARCH), Reach(person), project, [MARCH])
        total = timesheet(Reach(person), project, filters).total
        assert (total.valued_minutes, total.pending_minutes) == (180, 40)
        assert project.meter.pending_minutes == 40


def test_a_month_of_the_ledger_adds_up(people: Cast, worked: Ticket) -> None:
    project = Reach(people.claire).project("intranet")
    february, march = (
        pages.account(project, date(2026, month, 1), date(2026, month, 28 if month == 2 else 31)) for month in (2, 3)
    )
    assert (february.opening, february.bought, february.used, february.closing) == (0, 0, 20, -20)
    assert (march.opening, march.bought, march.used, march.expired, march.closing) == (-20, 120, 140, 0, -40)
    assert march.closing == project.meter.balance_minutes
    assert (march.before, march.last) == (date(2026, 2, 28), date(2026, 3, 14))


def test_programs_are_told_the_ledger(people: Cast, worked: Ticket, sam: FlaskClient) -> None:
    told = figures(sam)
    assert told["purchases"] == [
        {
            "id": 1, "minutes": 120, "left_minutes": 0, "bought_on": "2026-03-01", "valid_from": "2026-03-01",
            "expires_on": "2026-12-31", "kind": "pack", "state": "open", "reference": "Order 12",
        }
    ]  # fmt: skip
    assert (told["balance_minutes"], told["deficit_minutes"]) == (-40, 40)
    assert told["lines"] == [
        {"day": "2026-02-20", "kind": "overdrawn", "purchase": None, "entry": 5, "minutes": -20},
        {"day": "2026-03-01", "kind": "bought", "purchase": 1, "entry": None, "minutes": 120},
        {"day": "2026-03-01", "kind": "settled", "purchase": 1, "entry": None, "minutes": -20},
        {"day": "2026-03-01", "kind": "settled", "purchase": None, "entry": None, "minutes": 20},
        {"day": "2026-03-10", "kind": "drawn", "purchase": 1, "entry": 1, "minutes": -50},
        {"day": "2026-03-10", "kind": "drawn", "purchase": 1, "entry": 2, "minutes": -30},
        {"day": "2026-03-12", "kind": "drawn", "purchase": 1, "entry": 4, "minutes": -20},
        {"day": "2026-03-12", "kind": "overdrawn", "purchase": None, "entry": 4, "minutes": -40},
    ]


def test_programs_of_a_client_are_told_by_day(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    lines = [(line["day"][-2:], line["entry"], line["minutes"]) for line in figures(claire)["lines"]]
    assert lines[-3:] == [("10", None, -80), ("12", None, -20), ("12", None, -40)]


def test_programs_of_a_client_who_is_told_totals_are_told_by_month(
    people: Cast, worked: Ticket, claire: FlaskClient
) -> None:
    tell(people, "total")
    lines = [(line["day"], line["kind"], line["entry"], line["minutes"]) for line in figures(claire)["lines"]]
    assert lines == [
        ("2026-02-28", "overdrawn", None, -20),
        ("2026-03-01", "bought", None, 120),
        ("2026-03-01", "settled", None, -20),
        ("2026-03-01", "settled", None, 20),
        ("2026-03-31", "drawn", None, -100),
        ("2026-03-31", "overdrawn", None, -40),
    ]


def test_programs_of_a_client_are_told_by_entry_where_the_project_says_so(
    people: Cast, worked: Ticket, claire: FlaskClient
) -> None:
    tell(people, "entry")
    lines = figures(claire)["lines"]
    assert [line["minutes"] for line in lines if line["day"] == "2026-03-10"] == [-50, -30]
    entries = [line["entry"] for line in lines if line["entry"]]
    assert entries == sorted(entries) and max(entries) == 4  # a gap would tell of an entry valued at nothing


def test_lines_purchases_and_balance_agree(people: Cast, worked: Ticket, sam: FlaskClient, claire: FlaskClient) -> None:
    for told in (figures(sam), figures(claire)):
        assert sum(line["minutes"] for line in told["lines"]) == told["balance_minutes"]
        left = sum(line["minutes"] for line in told["lines"] if line["purchase"] == 1)
        assert left == told["purchases"][0]["left_minutes"]


def test_time_that_has_passed_has_taken_effect(people: Cast, worked: Ticket, clock: Clock, claire: FlaskClient) -> None:
    people.pack(1, expires_on=people.intranet.today())
    clock.forward(days=1)
    assert figures(claire)["lines"][-1] == {
        "day": "2026-03-14", "kind": "expired", "purchase": 2, "entry": None, "minutes": -20,
    }  # fmt: skip


def test_who_sees_no_hours_and_strangers_find_nothing(marc: FlaskClient, zoe: FlaskClient) -> None:
    for browser in (marc, zoe):
        assert browser.get(HOURS).status_code == browser.get(HOURS, headers=JSON).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get(HOURS).location == f"/sign-in?next={HOURS}"


def test_hours_are_only_looked_at(olive: FlaskClient) -> None:
    assert olive.post(HOURS).status_code == 405
    assert Project.select().count() == 2
