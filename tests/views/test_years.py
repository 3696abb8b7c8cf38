"""GET /projects/<project>/year: a year at a glance, as the client reads it."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from trackr.models import Satisfaction, Target
from trackr.models.base import now
from trackr.reach import year

YEAR = "/projects/intranet/year"


def plain(browser: FlaskClient, query: str = "") -> str:
    answer = browser.get(YEAR + query)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


@pytest.fixture
def asked(people: Cast) -> None:
    """Time of two kinds and two years; a ticket answered after 90 minutes, a note before that, another one never."""
    ticket = people.ticket(at=now() - timedelta(hours=3))
    people.comment(ticket, internal=True, at=now() - timedelta(hours=2))
    people.comment(ticket, at=now() - timedelta(minutes=90))
    people.comment(ticket)
    people.entry(ticket, 500, valued_minutes=75)
    people.entry(ticket, 333, valued_minutes=0)
    help = people.ticket(people.marc, kind="assistance")
    people.entry(help, 30, day=date(2026, 2, 3))
    people.entry(help, 30, day=date(2025, 11, 3))
    help.close(people.sam)


def test_a_client_reads_hours_by_kind_tickets_and_how_soon_we_answer(asked: None, claire: FlaskClient) -> None:
    text = plain(claire)
    assert "1 h 45 of work, and 2 tickets opened. Half of the first answers came within 1 h 30." in text
    assert "Counted around the clock" in text and "data-print" in text
    assert f"{YEAR}?year=2025" in text and YEAR in claire.get("/projects/intranet/hours").text
    assert "8 h 20" not in text and "Sam" not in text


def test_another_year_is_asked_for_by_address_and_one_that_is_not_there_is_this_one(
    asked: None, claire: FlaskClient
) -> None:
    assert "30 min of work" in plain(claire, "?year=2025") or "0 h 30 of work" in plain(claire, "?year=2025")
    assert plain(claire, "?year=1871") == plain(claire)


def test_the_months_hold_what_happened_in_them(asked: None, people: Cast) -> None:
    told = year.read(people.intranet, 2026)
    found = [(m.minutes["support"], m.minutes["assistance"], m.opened, m.closed, m.middle_minutes) for m in told.months]
    assert found == [(0, 30, 0, 0, None), (75, 0, 2, 1, 90)]  # no January: the project began in March
    assert year.years(people.intranet) == [2026, 2025]


def test_answers_are_counted_in_opening_hours_where_clients_are_told_of_targets(asked: None, people: Cast) -> None:
    for tells, minutes in ((False, 90), (True, 0)):  # it is Saturday
        Target.set_for(people.intranet, people.olive, first={"normal": 240}, later={}, tells=tells)
        told = year.read(people.intranet, 2026)
        assert (told.in_open_time, told.total.middle_minutes) == (tells, minutes)


def test_how_tickets_went_is_told_once_nobody_can_be_made_out(people: Cast) -> None:
    clients = [people.claire, people.marc, people.person("rita", intranet=True)]
    for number, client in enumerate(clients, 1):
        ticket = people.ticket(client)
        ticket.close(people.sam)
        Satisfaction.say(ticket, client, answer="thanks" if number < 3 else "unhappy")
        told = year.read(people.intranet, 2026).satisfaction
        assert told == ({"thanks": 2, "fine": 0, "unhappy": 1} if number == 3 else {})


def test_it_is_for_who_sees_the_hours_and_every_ticket(
    sam: FlaskClient, marc: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    assert [browser.get(YEAR).status_code for browser in (sam, marc, zoe, nobody)] == [200, 404, 404, 303]
