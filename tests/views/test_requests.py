"""GET …/requests/new, POST /projects/<slug>/requests: a client asks for more hours, and what becomes of it."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, JSON, form_in
from trackr.models import Membership, Meter, Purchase

REQUESTS = "/projects/intranet/requests"
HOURS = "/projects/intranet/hours"
SENT = {"hours": "20", "message": "For the new forms,\nin spring"}


def test_a_client_asks(people: Cast, claire: FlaskClient) -> None:
    answer = claire.post(REQUESTS, data=SENT)
    assert (answer.status_code, answer.location) == (303, HOURS)
    request = Purchase.get()
    assert (request.state, request.minutes, request.created_by) == ("requested", 1200, people.claire)
    assert request.message == "For the new forms,\nin spring"
    assert Meter.of(people.intranet).balance_minutes == 0


def test_htmx_is_told_where_to_go(claire: FlaskClient) -> None:
    answer = claire.post(REQUESTS, data=SENT, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, HOURS)


def test_the_same_sent_twice_is_one_request(claire: FlaskClient) -> None:
    assert [claire.post(REQUESTS, data=SENT).status_code for _ in range(2)] == [303, 303]
    assert Purchase.select().count() == 1


@pytest.mark.parametrize(
    ("field", "typed"), [("hours", ""), ("hours", "0"), ("hours", "lots"), ("hours", "10001"), ("message", "x" * 1001)]
)
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(field: str, typed: str, claire: FlaskClient) -> None:
    answer = claire.post(REQUESTS, data=SENT | {field: typed})
    form = form_in(answer, REQUESTS)
    assert (answer.status_code, form.invalid) == (422, {field})
    assert form.values == SENT | {field: typed}
    assert Purchase.select().count() == 0


def test_everybody_sees_that_it_waits(claire: FlaskClient, sam: FlaskClient, olive: FlaskClient) -> None:
    claire.post(REQUESTS, data=SENT)
    address = f'href="/purchases/{Purchase.get().id}/edit"'
    assert "You asked for <b>20\u00a0h</b> on 14 March" in claire.get(HOURS).text
    for browser, can_answer in ((sam, False), (olive, True)):
        text = browser.get(HOURS).text
        assert "Claire Clement asked for <b>20\u00a0h</b> on 14 March" in text and "For the new forms" in text
        assert (address in text) == can_answer
        assert "Claire Clement asks for 20\u00a0h" in browser.get("/").text


def test_programs_are_told_of_hours_that_count_alone(claire: FlaskClient) -> None:
    claire.post(REQUESTS, data=SENT)
    assert claire.get(HOURS, headers=JSON).json["purchases"] == []


def test_a_client_of_another_project_hears_nothing_of_it(claire: FlaskClient, zoe: FlaskClient) -> None:
    claire.post(REQUESTS, data=SENT)
    assert "Claire" not in zoe.get("/projects/shop/hours").text


def test_who_asked_withdraws_it(people: Cast, claire: FlaskClient) -> None:
    claire.post(REQUESTS, data=SENT)
    address = f"/purchases/{Purchase.get().id}"
    sent = form_in(claire.get(HOURS), address).values
    assert claire.post(address, data=sent).location == HOURS
    assert (Purchase.get().state, Purchase.get().cancelled_by) == ("cancelled", people.claire)
    assert "Claire Clement withdrew it on 14 March." in claire.get(HOURS).text


def test_another_client_does_not(people: Cast, claire: FlaskClient, sign_in: object) -> None:
    claire.post(REQUESTS, data=SENT)
    rita = sign_in(people.person("rita", intranet=True))  # type: ignore[operator]
    assert rita.delete(f"/purchases/{Purchase.get().id}").status_code == 403
    assert "Withdraw" not in rita.get(HOURS).text


def test_who_may_not_ask_is_not_offered_it(people: Cast, claire: FlaskClient) -> None:
    assert f'href="{REQUESTS}/new"' in claire.get(HOURS).text
    Membership.update(requests=False).where(Membership.id == people.memberships["claire"].id).execute()
    assert f'href="{REQUESTS}/new"' not in claire.get(HOURS).text
    assert claire.post(REQUESTS, data=SENT).status_code == claire.get(f"{REQUESTS}/new").status_code == 403


def test_where_hours_are_billed_afterwards_nobody_asks(people: Cast, claire: FlaskClient) -> None:
    people.intranet.change(people.olive, billing="postpaid")
    assert claire.post(REQUESTS, data=SENT).status_code == 403
    assert f'href="{REQUESTS}/new"' not in claire.get(HOURS).text


def test_staff_add_hours_instead(olive: FlaskClient, sam: FlaskClient) -> None:
    for browser in (olive, sam):
        assert browser.post(REQUESTS, data=SENT).status_code == 403


def test_who_sees_no_hours_and_strangers_find_nothing(marc: FlaskClient, zoe: FlaskClient) -> None:
    for browser in (marc, zoe):
        assert browser.post(REQUESTS, data=SENT).status_code == browser.get(f"{REQUESTS}/new").status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get(f"{REQUESTS}/new").location == f"/sign-in?next={REQUESTS}/new"
    assert nobody.post(REQUESTS, data=SENT).status_code == 303
    assert Purchase.select().count() == 0
