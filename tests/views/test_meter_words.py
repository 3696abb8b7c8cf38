"""What the meter says in words, in every state: the sentence says all that the rule draws."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import JSON
from trackr.models import Estimate, Meter, Project, Ticket, ledger

TODAY = date(2026, 3, 14)
FORECAST = {"runs_out_on": date(2026, 5, 14), "runs_out_from": date(2026, 5, 10), "runs_out_to": date(2026, 5, 25)}
SOON = {"runs_out_on": date(2026, 3, 20), "runs_out_from": date(2026, 3, 18), "runs_out_to": date(2026, 4, 2)}
PACK = {"purchased_minutes": 1200, "confirmed_minutes": 735, "pending_minutes": 90, "balance_minutes": 375}
NEARLY_USED = {"confirmed_minutes": 1080, "pending_minutes": 0, "balance_minutes": 120}
BEYOND = {"confirmed_minutes": 1350, "pending_minutes": 0, "balance_minutes": -150, "deficit_minutes": 150}


def read(people: Cast, browser: FlaskClient, address: str = "/projects/intranet/meter", **figures: Any) -> str:
    """What stands on the page in words, where the meter is as told."""
    if figures:
        Meter.update(walked_on=TODAY, **figures).where(Meter.project == people.intranet).execute()
    html = browser.get(address).text.replace("\u00a0", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" ,", ",")


CASES = {
    "empty": ({}, "No hours bought yet."),
    "in use": (PACK, "12 h 15 of 20 h used, 7 h 45 left"),
    "to review": (PACK, "1 h 30 to review"),
    "a forecast": (PACK | FORECAST, "7 h 45 left, at this pace until about 14 May"),
    "agreed": (PACK | {"committed_minutes": 135}, "2 h 15 agreed"),
    "agreed beyond what is left": (PACK | {"committed_minutes": 500}, "7 h 45 left, but 8 h 20 are agreed"),
    "low": (PACK | NEARLY_USED, "18 h of 20 h used, 2 h left"),
    "over": (PACK | BEYOND, "22 h 30 of 20 h used, 2 h 30 over"),
    "over since": (PACK | BEYOND | {"over_since": date(2026, 2, 11)}, "2 h 30 over since 11 February"),
    "an expiry": (PACK | {"next_expiry_on": date(2027, 6, 30)}, "valid until 30 June 2027"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_meter_says_how_the_hours_stand(case: str, people: Cast, sam: FlaskClient) -> None:
    figures, words = CASES[case]
    assert words in read(people, sam, **figures)


STATES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing bought": ({}, "none"),
    "enough": (PACK | FORECAST, "ok"),
    "under fifteen per cent": (PACK | NEARLY_USED, "low"),
    "under ten working days": (PACK | SOON, "low"),
    "more agreed than left": (PACK | {"committed_minutes": 500}, "low"),
    "over": (PACK | BEYOND, "over"),
}


@pytest.mark.parametrize("case", STATES)
def test_its_colour_says_the_same(case: str, people: Cast, claire: FlaskClient) -> None:
    figures, state = STATES[case]
    read(people, claire, **figures)
    assert f'data-state="{state}"' in claire.get("/projects/intranet/meter").text


def test_a_client_is_told_in_other_words(people: Cast, claire: FlaskClient) -> None:
    told = read(people, claire, **PACK, committed_minutes=135)
    assert "1 h 30 to be confirmed" in told and "2 h 15 estimated, you agreed to it" in told


def test_the_hours_page_tells_between_which_days_they_run_out(people: Cast, claire: FlaskClient) -> None:
    hours = "/projects/intranet/hours"
    assert "until about 14 May (10 to 25 May)" in read(people, claire, hours, **PACK, **FORECAST)
    assert "until about 20 March (18 March to 2 April)" in read(people, claire, hours, **PACK, **SOON)
    assert "10 to 25 May" not in read(people, claire, **FORECAST)


@pytest.mark.parametrize("address", ["/", "/projects/intranet", "/projects/intranet/hours", "/tickets/1"])
def test_the_same_words_stand_wherever_the_meter_does(address: str, people: Cast, sam: FlaskClient) -> None:
    people.ticket()
    told = read(people, sam, address, **PACK, **FORECAST, committed_minutes=135)
    for words in ("12 h 15 of 20 h used, 7 h 45 left, at this pace until about 14 May", "1 h 30 to", "2 h 15 agreed"):
        assert words in told


def test_several_packs_are_told_as_one(people: Cast, sam: FlaskClient) -> None:
    people.pack(10, expires_on=date(2026, 6, 30))
    people.pack(20)
    people.entry(people.ticket(), 90)
    assert "1 h 30 of 30 h used, 28 h 30 left" in read(people, sam)


def test_a_postpaid_project_counts_since_its_last_statement(people: Cast, sam: FlaskClient, clock: Clock) -> None:
    people.intranet.change(people.olive, billing="postpaid")
    people.entry(people.ticket(), 60, day=date(2026, 2, 20))
    addresses = ("/projects/intranet/meter", "/projects/intranet", "/")
    for address in addresses:
        assert "1 h worked, billed afterwards" in read(people, sam, address)
    ledger.close(people.intranet, date(2026, 2, 28), people.olive)
    people.entry(people.ticket(), 90)
    for address in addresses:
        assert "1 h 30 since 1 March, billed afterwards" in read(people, sam, address)


def test_a_period_closed_without_work_is_told_as_well(people: Cast, sam: FlaskClient) -> None:
    people.intranet.change(people.olive, billing="postpaid")
    people.entry(people.ticket(), 60)
    read(people, sam)
    ledger.close(people.intranet, date(2026, 3, 12), people.olive)
    assert "1 h since 13 March" in read(people, sam)


def test_the_rule_is_drawn_for_the_eye_alone(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket()
    Estimate.propose(ticket, people.sam, low_minutes=60, ceiling_minutes=120).accept(people.claire)
    html = claire.get(f"/tickets/{ticket.id}").text
    drawn = re.findall(r'<svg class="meter-bar"[^>]*>', html)
    assert len(drawn) == 2 and all('aria-hidden="true"' in each for each in drawn)


def test_programs_are_told_when_the_hours_run_out(people: Cast, claire: FlaskClient) -> None:
    read(people, claire, **PACK, **FORECAST, committed_minutes=135)
    told = claire.get("/projects/intranet/meter", headers=JSON).json
    assert told["runs_out"] == {"on": "2026-05-14", "from": "2026-05-10", "to": "2026-05-25"}
    assert (told["committed_minutes"], told["available_minutes"]) == (135, 240)


def test_the_forecast_comes_from_the_work_of_the_last_weeks(people: Cast, claire: FlaskClient) -> None:
    people.pack(20, bought_on=date(2026, 1, 1))
    ticket = people.ticket()
    for week in range(1, 7):
        people.entry(ticket, 60, day=date.fromordinal(TODAY.toordinal() - 7 * week))
    told = claire.get("/projects/intranet/meter", headers=JSON).json
    assert told["runs_out"] == {"on": "2026-06-20", "from": "2026-06-20", "to": "2026-06-20"}
    assert (Project.select().count(), Ticket.select().count()) == (2, 1)
