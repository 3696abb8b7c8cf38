"""POST, DELETE /projects/<slug>/alerts/<id>/dismissal: a warning that one person has read."""

import re

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, regions
from trackr.models import Alert, Dismissal, Ticket

BOARD = "/projects/intranet"


@pytest.fixture
def address(people: Cast) -> str:
    """Of the warning that most of an hour is used."""
    people.pack(1)
    people.entry(people.ticket(people.claire), 50)
    return f"{BOARD}/alerts/{Alert.get().id}/dismissal"


def is_warned(browser: FlaskClient, page: str = BOARD) -> bool:
    return 'class="alert"' in browser.get(page).text


def test_it_is_put_away_for_who_has_read_it_alone(address: str, claire: FlaskClient, sam: FlaskClient) -> None:
    answer = claire.post(address, headers={"Referer": f"http://localhost{BOARD}/hours"})
    assert (answer.status_code, answer.location) == (303, f"{BOARD}/hours")
    assert not is_warned(claire) and is_warned(sam)


def test_a_page_that_was_drawn_before_shows_it_no_more(people: Cast, address: str, claire: FlaskClient) -> None:
    page = f"/tickets/{Ticket.get().id}"
    assert is_warned(claire, page)
    claire.post(address)
    assert not is_warned(claire, page)


def test_htmx_is_brought_what_is_left(address: str, claire: FlaskClient) -> None:
    answer = claire.post(address, headers=HTMX)
    assert answer.status_code == 200 and 'id="alerts"' in answer.text and 'class="alert"' not in answer.text
    assert "pulse" in regions(answer)


def test_other_open_pages_of_the_same_person_follow(address: str, claire: FlaskClient, sam: FlaskClient) -> None:
    mine, others = (re.findall(r'data-pulse="([^"]+)"', each.get(BOARD).text)[0] for each in (claire, sam))
    claire.post(address, headers=HTMX)
    assert (claire.get(mine).status_code, sam.get(others).status_code) == (200, 204)


def test_it_is_taken_out_again(address: str, claire: FlaskClient) -> None:
    claire.post(address)
    assert claire.post(address, data={"_method": "DELETE"}).status_code == 303
    assert is_warned(claire) and Dismissal.select().count() == 0


def test_a_later_one_is_told_again(people: Cast, address: str, claire: FlaskClient) -> None:
    claire.post(address)
    people.entry(Ticket.get(), 5)
    assert is_warned(claire)


def test_of_another_project_it_is_not_found(address: str, olive: FlaskClient) -> None:
    assert olive.post(address.replace("intranet", "shop")).status_code == 404
    assert olive.post(f"{BOARD}/alerts/999/dismissal").status_code == 404


def test_who_sees_no_hours_and_a_stranger_find_nothing(address: str, marc: FlaskClient, zoe: FlaskClient) -> None:
    assert marc.post(address).status_code == zoe.post(address).status_code == 404
    assert Dismissal.select().count() == 0


def test_signed_out_is_led_to_the_sign_in(address: str, nobody: FlaskClient) -> None:
    assert nobody.post(address).location.startswith("/sign-in")
