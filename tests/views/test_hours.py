"""GET /projects/<slug>/hours: for people a page, for programs figures."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, JSON, form_in, is_page
from trackr.models import Entry, Membership, Person, Project, Ticket, ledger
from trackr.reach import Reach
from trackr.reach import hours as pages
from trackr.reach.burndown import chart
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


def test_a_period_may_be_a_year_or_all_there_is(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    people.entry(worked, 15, day=date(2025, 12, 30), note="Note of last year")
    for period, notes in (("2026", [True, True, False]), ("all", [True, True, True]), ("2025", [False, False, True])):
        answer = claire.get(HOURS, query_string={"period": period})
        found = [note in answer.text for note in ("Note of 60", "Note of February", "Note of last year")]
        assert (found, form_in(answer, HOURS).values["period"]) == (notes, period)
    assert "Note of February" in claire.get(f"{HOURS}?month=2026-02").text  # as it was called before


def test_time_is_found_by_ticket_and_by_person(people: Cast, worked: Ticket, sam: FlaskClient) -> None:
    people.entry(people.ticket(title="Another ticket"), 10, people.olive, note="Note of Olive")
    by_ticket = sam.get(HOURS, query_string={"ticket": f"#{worked.id}"})
    assert "Note of 60" in by_ticket.text and "Another ticket" not in by_ticket.text
    assert form_in(by_ticket, HOURS).values["ticket"] == f"#{worked.id}"
    by_person = sam.get(HOURS, query_string={"person": people.olive.id})
    assert "Note of 60" not in by_person.text and "Note of Olive" in by_person.text
    for narrowed in (by_ticket, by_person):
        assert 'class="identity"' not in narrowed.text  # the balance is of the whole project


def test_a_client_does_not_choose_a_person(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    answer = claire.get(HOURS, query_string={"person": people.olive.id})
    assert "Note of 60" in answer.text and "person" not in form_in(answer, HOURS).values


@pytest.mark.parametrize(
    "asked", ["ticket=x", "ticket=999999", "person=-1", "page=0", "page=99", "period=1989", "page=x"]
)
def test_what_cannot_be_read_or_found_is_no_fault(asked: str, worked: Ticket, sam: FlaskClient) -> None:
    assert sam.get(f"{HOURS}?{asked}").status_code == 200


def test_a_long_month_is_told_in_pages(
    people: Cast, worked: Ticket, sam: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trackr.reach.timesheet.PER_PAGE", 3)
    first = sam.get(HOURS)
    assert "1 to 3 of 4 lines" in first.text and "Note of 70" not in first.text
    assert "3\u00a0h\u00a000" not in first.text and "2\u00a0h\u00a020" in first.text  # the whole month, on every page
    second = sam.get(f"{HOURS}?period=2026-03&page=2")
    assert "4 to 4 of 4 lines" in second.text and "Note of 70" in second.text and "Note of 60" not in second.text
    assert 'rel="prev"' in second.text and 'rel="next"' not in second.text


def test_staff_read_the_difference_beside_what_was_spent(worked: Ticket, sam: FlaskClient, claire: FlaskClient) -> None:
    assert "\u22120\u00a0h\u00a020" in sam.get(HOURS).text and "Difference" in sam.get(HOURS).text
    assert "Difference" not in claire.get(HOURS).text


def test_a_correction_is_named(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    ledger.close(people.intranet, date(2026, 2, 28))
    people.entry(worked, 0, valued_minutes=-5, corrects=Entry.get(Entry.day == date(2026, 2, 20)))
    assert "correction of 20 Feb" in claire.get(HOURS).text


def test_packs_tell_what_is_used_left_and_to_be_confirmed(people: Cast, claire: FlaskClient) -> None:
    people.pack(1, bought_on=date(2026, 1, 1), expires_on=date(2026, 1, 31))
    people.entry(people.ticket(), 20, day=date(2026, 1, 5))
    people.pack(2, kind="gift")
    people.intranet.change(people.olive, review_hours=48)
    people.entry(people.ticket(), 30)
    text = claire.get(HOURS).text
    assert "expired 31 January" in text and "40\u00a0min not used" in text
    assert "of it 30\u00a0min to be confirmed" in text and ">given<" in text
    assert (
        "<b>2\u00a0h\u00a000</b>" in text and 'class="figure">2\u00a0h <' in text
    )  # both count what is pending as left


def test_a_credit_names_the_ticket_that_it_is_for(people: Cast, claire: FlaskClient) -> None:
    people.pack(1, bought_on=date(2026, 1, 1), expires_on=date(2026, 2, 1))
    ticket = people.ticket()
    people.entry(ticket, 40, day=date(2026, 1, 10))
    ledger.close(people.intranet, date(2026, 2, 28))
    people.entry(ticket, 0, valued_minutes=-40, corrects=Entry.get())
    assert f"credit for #{ticket.id}" in claire.get(HOURS).text


def test_who_sees_only_their_own_tickets_is_told_what_the_table_counts(
    people: Cast, worked: Ticket, sign_in: SignIn
) -> None:
    lou = people.person("lou", intranet=False)
    Membership.update(hours=True).where(Membership.person == lou).execute()
    text = sign_in(lou).get(HOURS).text
    assert "Time on your own tickets; the meter counts the whole project." in text
    assert "The form loses the date" not in text and "Note of" not in text


def test_the_chart_is_told_in_words_and_figures(people: Cast, worked: Ticket, claire: FlaskClient) -> None:
    text = claire.get(HOURS).text
    assert 'role="img" aria-label="From 1\u00a0h\u00a040 on 1 March to -40\u00a0min today."' in text
    assert "40\u00a0min over today" in text and "The same in figures" in text


def test_there_is_no_chart_where_there_is_nothing_to_draw(people: Cast, claire: FlaskClient) -> None:
    assert 'class="chart"' not in claire.get(HOURS).text
    people.pack(2)
    people.entry(people.ticket(), 30)
    assert 'class="chart"' not in claire.get(HOURS).text  # one day is no course


def chart_of(person: Person) -> list[tuple[date, int]]:
    project = Reach(person).project("intranet")
    drawn = chart(Reach(person), project, Reach(person).purchases(project), project.today())
    return drawn.points if drawn else []


def test_the_chart_is_by_day_but_by_month_for_who_is_told_totals(people: Cast, worked: Ticket) -> None:
    by_day = [(date(2026, 3, day), left) for day, left in ((1, 100), (10, 20), (12, -40), (14, -40))]
    assert chart_of(people.sam) == chart_of(people.claire) == by_day
    tell(people, "total")
    assert chart_of(people.claire) == [(MARCH, 100), (date(2026, 3, 14), -40)]
    assert chart_of(people.sam) == by_day


def test_the_chart_ends_where_the_meter_stands(people: Cast, worked: Ticket) -> None:
    people.intranet.change(people.olive, review_hours=48)
    people.entry(worked, 25, day=date(2026, 3, 13))
    assert chart_of(people.claire)[-1] == (date(2026, 3, 14), -40)  # what is to be confirmed has not come off yet
