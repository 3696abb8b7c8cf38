"""GET /projects/<slug>/meter: a fragment, or figures."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, JSON, is_page

METER = "/projects/intranet/meter"


@pytest.fixture
def running(people: Cast) -> None:
    """Of ten hours until the end of June 90 min are confirmed and 45 min pending."""
    people.pack(10, expires_on=date(2026, 6, 30))
    ticket = people.ticket()
    people.entry(ticket, 90)
    people.intranet.change(people.olive, review_hours=24)
    people.entry(ticket, 45)


def figures(browser: FlaskClient) -> Any:
    answer = browser.get(METER, headers=JSON)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


def test_programs_are_told_the_figures(running: None, sam: FlaskClient, claire: FlaskClient) -> None:
    for browser in (sam, claire):
        told = figures(browser)
        assert isinstance(told.pop("version"), str)
        assert told == {
            "purchased_minutes": 600, "confirmed_minutes": 90, "pending_minutes": 45, "committed_minutes": 0,
            "balance_minutes": 465, "available_minutes": 465, "deficit_minutes": 0, "next_expiry_on": "2026-06-30",
            "runs_out": None,
        }  # fmt: skip


def test_without_hours_everything_is_nothing(claire: FlaskClient) -> None:
    told = figures(claire)
    assert {value for name, value in told.items() if name.endswith("_minutes")} == {0}
    assert told["next_expiry_on"] is told["runs_out"] is None


def test_a_deficit_is_told(people: Cast, claire: FlaskClient) -> None:
    people.pack(1)
    people.entry(people.ticket(), 100)
    told = figures(claire)
    assert (told["balance_minutes"], told["deficit_minutes"], told["confirmed_minutes"]) == (-40, 40, 100)


def test_people_are_shown_the_meter_alone(running: None, claire: FlaskClient) -> None:
    for headers in ({}, HTMX):
        answer = claire.get(METER, headers=headers)
        assert answer.status_code == 200 and not is_page(answer)
        assert 'id="meter"' in answer.text and 'data-state="ok"' in answer.text


def test_the_version_changes_with_the_meter_and_only_then(people: Cast, running: None, claire: FlaskClient) -> None:
    before = figures(claire)["version"]
    people.comment(people.ticket(), internal=True)
    people.entry(people.ticket(), 30, valued_minutes=0)
    assert figures(claire)["version"] == before
    people.entry(people.ticket(), 30)
    assert figures(claire)["version"] != before


def test_time_that_has_passed_has_taken_effect(running: None, claire: FlaskClient, clock: Clock) -> None:
    before = figures(claire)
    clock.forward(hours=25)
    after = figures(claire)
    assert (after["confirmed_minutes"], after["pending_minutes"], after["balance_minutes"]) == (135, 0, 465)
    assert after["version"] != before["version"]


def test_who_sees_no_hours_and_strangers_find_nothing(marc: FlaskClient, zoe: FlaskClient) -> None:
    for browser in (marc, zoe):
        assert browser.get(METER).status_code == browser.get(METER, headers=JSON).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get(METER).location == f"/sign-in?next={METER}"
    assert nobody.get(METER, headers=HTMX).status_code == 401
