"""POST /projects/<slug>/purchases, PATCH, DELETE /purchases/<id>: hours are added, opened, declined, taken back."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Meter, Purchase, ledger

PURCHASES = "/projects/intranet/purchases"


def stored() -> Purchase:
    return Purchase.get()


def test_the_owner_adds_hours(people: Cast, olive: FlaskClient) -> None:
    answer = olive.post(PURCHASES, data={"hours": "20"})
    assert (answer.status_code, answer.location) == (303, "/projects/intranet/hours")
    assert (stored().minutes, stored().kind, stored().state) == (1200, "pack", "open")
    assert stored().bought_on == stored().valid_from == date(2026, 3, 14)
    assert (stored().expires_on, stored().reference, stored().created_by) == (None, "", people.olive)
    assert Meter.of(people.intranet).balance_minutes == 1200


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("20", 1200), ("7", 420), ("7h30", 450), ("7,5", 450), ("0:30", 30), ("45m", 45), ("10000", 600_000),
        ("1000 h", 60_000), ("25h", 1500),
    ],
)  # fmt: skip
def test_a_bare_number_is_hours(typed: str, minutes: int, olive: FlaskClient) -> None:
    assert olive.post(PURCHASES, data={"hours": typed}).status_code == 303
    assert stored().minutes == minutes


def test_everything_may_be_said(olive: FlaskClient) -> None:
    sent = {
        "hours": "20", "kind": "gift", "bought_on": "2026-03-01", "valid_from": "2026-03-05",
        "expires_on": "2027-03-04", "reference": "Order 12",
    }  # fmt: skip
    olive.post(PURCHASES, data=sent)
    purchase = stored()
    assert (purchase.kind, purchase.reference) == ("gift", "Order 12")
    assert [str(day) for day in (purchase.bought_on, purchase.valid_from, purchase.expires_on)] == [
        "2026-03-01", "2026-03-05", "2027-03-04",
    ]  # fmt: skip


def test_the_day_is_the_one_it_is_where_the_project_is(olive: FlaskClient, clock: Clock) -> None:
    clock.set("2026-03-14 23:30")
    olive.post(PURCHASES, data={"hours": "1"})
    assert stored().bought_on == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("bought_on", "status"),
    [("1990-01-01", 303), ("1989-12-31", 422), ("2027-12-31", 303), ("2028-01-01", 422), ("0001-01-01", 422)],
)
def test_hours_are_bought_from_1990_to_the_end_of_next_year(bought_on: str, status: int, olive: FlaskClient) -> None:
    assert olive.post(PURCHASES, data={"hours": "1", "bought_on": bought_on}).status_code == status


def test_they_may_be_valid_for_one_day(olive: FlaskClient) -> None:
    sent = {"hours": "1", "bought_on": "2026-03-14", "expires_on": "2026-03-14"}
    assert olive.post(PURCHASES, data=sent).status_code == 303


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("hours", ""), ("hours", "0"), ("hours", "-5"), ("hours", "10001"), ("hours", "many"), ("hours", "1,500"),
        ("bought_on", "yesterday"), ("valid_from", "2026-13-01"), ("expires_on", "2026-02-28"),
        ("expires_on", "2026-03-04"), ("expires_on", "9999-12-31"), ("reference", "x" * 101), ("kind", "credit"),
        ("kind", "bribe"),
    ],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(field: str, typed: str, olive: FlaskClient) -> None:
    sent = {"hours": "20", "bought_on": "2026-03-01", "valid_from": "2026-03-05", "reference": "Order 12"}
    answer = olive.post(PURCHASES, data=sent | {field: typed})
    form = form_in(answer, PURCHASES)
    assert (answer.status_code, form.invalid) == (422, {field})
    kept = {name: value for name, value in (sent | {field: typed}).items() if name != "kind"}
    assert {name: form.values[name] for name in kept} == kept
    assert Purchase.select().count() == 0


def test_the_form_says_today(olive: FlaskClient) -> None:
    form = form_in(olive.get(f"{PURCHASES}/new"), PURCHASES)
    assert (form.values["bought_on"], form.values["kind"]) == ("2026-03-14", "pack")


def test_htmx_is_told_where_to_go(olive: FlaskClient) -> None:
    answer = olive.post(PURCHASES, data={"hours": "20"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/projects/intranet/hours")


def test_only_the_owner_may(sam: FlaskClient, claire: FlaskClient, marc: FlaskClient) -> None:
    for browser in (sam, claire, marc):
        assert browser.post(PURCHASES, data={"hours": "20"}).status_code == 403
        assert browser.get(f"{PURCHASES}/new").status_code == 403
    assert Purchase.select().count() == 0


def test_a_stranger_finds_nothing(zoe: FlaskClient) -> None:
    assert zoe.post(PURCHASES, data={"hours": "20"}).status_code == zoe.get(f"{PURCHASES}/new").status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.post(PURCHASES, data={"hours": "20"}).status_code == 303
    assert Purchase.select().count() == 0


@pytest.fixture
def request_of_claire(people: Cast) -> Purchase:
    return Purchase.request(people.intranet, people.claire, minutes=600, message="For the forms")


OPENED = {"bought_on": "2026-03-10", "valid_from": "2026-03-12", "expires_on": "2027-03-11", "reference": "F-12"}


def test_the_owner_opens_what_was_asked_for(request_of_claire: Purchase, olive: FlaskClient, people: Cast) -> None:
    address = f"/purchases/{request_of_claire.id}"
    form = form_in(olive.get(f"{address}/edit"), address)
    assert (form.values["hours"], form.values["bought_on"]) == ("10\u00a0h", "2026-03-14")
    answer = olive.post(address, data=form.values | OPENED | {"hours": "12"})
    assert (answer.status_code, answer.location) == (303, "/projects/intranet/hours")
    opened = stored()
    assert (opened.state, opened.minutes, opened.reference, opened.opened_by) == ("open", 720, "F-12", people.olive)
    assert Meter.of(people.intranet).balance_minutes == 720


def test_without_figures_it_is_opened_as_it_was_asked_for(request_of_claire: Purchase, olive: FlaskClient) -> None:
    assert olive.patch(f"/purchases/{request_of_claire.id}").status_code == 303
    assert (stored().minutes, stored().valid_from, stored().expires_on) == (600, date(2026, 3, 14), None)


def test_client_and_staff_read_what_became_of_it(
    request_of_claire: Purchase, olive: FlaskClient, claire: FlaskClient
) -> None:
    olive.patch(f"/purchases/{request_of_claire.id}", data={"hours": "12"})
    for browser in (olive, claire):
        text = browser.get("/projects/intranet/hours").text
        assert "Claire Clement asked for 10\u00a0h on 14 March: “For the forms”" in text
        assert "Olive Owen opened it on 14 March, with 12\u00a0h." in text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("hours", ""), ("hours", "much"), ("bought_on", "1989-12-31"), ("valid_from", "soon"), ("kind", "credit"),
     ("expires_on", "2026-03-11"), ("reference", "x" * 101)],
)  # fmt: skip
def test_what_is_wrong_in_the_opening_is_marked(
    field: str, typed: str, request_of_claire: Purchase, olive: FlaskClient
) -> None:
    address = f"/purchases/{request_of_claire.id}"
    answer = olive.patch(address, data=OPENED | {"hours": "12", field: typed})
    form = form_in(answer, address)
    assert (answer.status_code, form.invalid) == (422, {field})
    assert field == "kind" or form.values[field] == typed
    assert stored().is_requested


def test_it_is_declined_with_a_reason(request_of_claire: Purchase, olive: FlaskClient, claire: FlaskClient) -> None:
    address = f"/purchases/{request_of_claire.id}"
    assert olive.delete(address).status_code == 422
    assert olive.delete(address, data={"why": "It is in the pack"}).location == "/projects/intranet/hours"
    assert "Olive Owen declined it on 14 March: “It is in the pack”" in claire.get("/projects/intranet/hours").text


def test_who_answers_second_is_told(request_of_claire: Purchase, olive: FlaskClient) -> None:
    address = f"/purchases/{request_of_claire.id}"
    olive.patch(address)
    answer = olive.patch(address, data={"hours": "30"})
    assert answer.status_code == 422 and "Somebody has answered this meanwhile." in answer.text
    assert stored().minutes == 600


def test_hours_are_taken_back_while_nothing_has_come_off(people: Cast, olive: FlaskClient) -> None:
    address = f"/purchases/{people.pack(20).id}"
    assert f'href="{address}/edit"' in olive.get("/projects/intranet/hours").text
    assert olive.delete(address, data={"why": "Typed twice"}).status_code == 303
    text = olive.get("/projects/intranet/hours").text
    assert "Olive Owen took it back on 14 March: “Typed twice”" in text and f'href="{address}/edit"' not in text
    assert Meter.of(people.intranet).balance_minutes == 0


def test_hours_that_are_used_are_not(people: Cast, olive: FlaskClient) -> None:
    pack = people.pack(20)
    people.entry(people.ticket(), 30)
    assert f'href="/purchases/{pack.id}/edit"' not in olive.get("/projects/intranet/hours").text
    answer = olive.delete(f"/purchases/{pack.id}", data={"why": "Typed twice"})
    assert answer.status_code == 422 and "are used, settled or expired already" in answer.text
    assert form_in(answer, f"/purchases/{pack.id}").values["why"] == "Typed twice"


def test_hours_on_a_statement_are_not(people: Cast, olive: FlaskClient, clock: Clock) -> None:
    pack = people.pack(20)
    clock.forward(days=1)
    ledger.close(people.intranet, date(2026, 3, 14))
    answer = olive.delete(f"/purchases/{pack.id}")
    assert answer.status_code == 422 and "This is on a statement and stays as it is." in answer.text


def test_htmx_is_told_where_to_go_after_an_answer(request_of_claire: Purchase, olive: FlaskClient) -> None:
    answer = olive.patch(f"/purchases/{request_of_claire.id}", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/projects/intranet/hours")


def test_nobody_else_answers(
    request_of_claire: Purchase, sam: FlaskClient, claire: FlaskClient, marc: FlaskClient, zoe: FlaskClient
) -> None:
    address = f"/purchases/{request_of_claire.id}"
    for browser, status in ((sam, 403), (claire, 403), (marc, 404), (zoe, 404)):
        assert browser.get(f"{address}/edit").status_code == browser.patch(address).status_code == status
    assert [browser.delete(address).status_code for browser in (sam, marc, zoe)] == [403, 404, 404]
    assert stored().is_requested


def test_signed_out_is_led_to_the_sign_in_before_an_answer(request_of_claire: Purchase, nobody: FlaskClient) -> None:
    address = f"/purchases/{request_of_claire.id}"
    assert nobody.patch(address).status_code == nobody.delete(address).status_code == 303
    assert stored().is_requested
