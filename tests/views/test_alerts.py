"""The warnings above a project's pages: who reads them, in which words, and how long."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX
from trackr.models import Alert, Entry, Purchase, Ticket
from trackr.models.base import EPOCH

BOARD = "/projects/intranet"


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket(people.claire)


def warnings(browser: FlaskClient, address: str = BOARD) -> list[str]:
    """What stands there, as it is read."""
    text = browser.get(address).text.replace("\u00a0", " ")
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r'class="alert".*?<p>(.*?)</p>', text, re.DOTALL)]


def change(entry: Entry, people: Cast, valued: int) -> None:
    entry.change(
        people.sam, spent_minutes=60, valued_minutes=valued, day=entry.day, note="", internal_note="", why="No"
    )


def test_client_and_staff_read_it_in_hours_on_every_page(
    people: Cast, ticket: Ticket, sam: FlaskClient, claire: FlaskClient
) -> None:
    people.pack(20, bought_on=date(2026, 1, 8))
    people.entry(ticket, 18 * 60)
    for browser in (sam, claire):
        for page in (BOARD, f"{BOARD}/tickets", f"{BOARD}/hours", f"/tickets/{ticket.id}"):
            assert warnings(browser, page) == ["20 h bought on 8 January: 18 h used, 2 h left."]


def test_who_sees_no_hours_reads_none(people: Cast, ticket: Ticket, marc: FlaskClient) -> None:
    people.pack(1)
    people.entry(ticket, 50)
    assert 'id="alerts"' not in marc.get(BOARD).text


def test_of_each_purchase_the_newest_is_told(people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    people.pack(1)
    people.entry(ticket, 50)
    people.entry(ticket, 40)
    assert warnings(claire) == ["1 h bought on 14 March: all used up."]


def test_hours_that_expire_are_told_with_what_is_left(people: Cast, claire: FlaskClient) -> None:
    people.pack(4, bought_on=date(2026, 1, 8), expires_on=date(2026, 3, 31))
    assert warnings(claire) == ["4 h bought on 8 January expire on 31 March: 4 h left."]


@pytest.mark.parametrize(("kind", "words"), [("gift", "given on"), ("pack", "bought on")])
def test_a_gift_was_not_bought(kind: str, words: str, people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    people.pack(1, kind=kind)
    people.entry(ticket, 50)
    assert words in warnings(claire)[0]


def test_what_does_not_hold_any_more_is_not_told(people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    people.pack(1)
    entry = people.entry(ticket, 50)
    assert warnings(claire)
    change(entry, people, 10)
    assert warnings(claire) == []


def test_new_hours_answer_the_warning_that_others_are_used(people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    people.pack(1)
    people.entry(ticket, 60)
    assert warnings(claire)
    people.pack(10)
    assert warnings(claire) == []


def test_they_do_not_answer_that_hours_expire(people: Cast, claire: FlaskClient) -> None:
    people.pack(4, bought_on=date(2026, 1, 8), expires_on=date(2026, 3, 31))
    people.pack(10)
    assert len(warnings(claire)) == 1


def test_what_is_over_is_no_news(people: Cast, ticket: Ticket, claire: FlaskClient, clock: Clock) -> None:
    people.pack(4, bought_on=date(2026, 1, 8), expires_on=date(2026, 3, 31))
    assert warnings(claire)
    clock.set("2026-04-01 09:00")
    assert warnings(claire) == []


def test_nor_is_what_was_told_long_ago_or_before_there_were_warnings(
    people: Cast, ticket: Ticket, claire: FlaskClient, clock: Clock
) -> None:
    people.pack(1)
    people.entry(ticket, 50)
    clock.forward(days=91)
    assert warnings(claire) == []
    Alert.update(raised_at=EPOCH).execute()
    assert warnings(claire) == []


def test_a_purchase_that_is_cancelled_an_archived_project_and_a_postpaid_one_warn_of_nothing(
    people: Cast, ticket: Ticket, olive: FlaskClient
) -> None:
    people.pack(1)
    people.entry(ticket, 50)
    Purchase.update(state="cancelled").execute()
    assert warnings(olive) == []
    Purchase.update(state="open").execute()
    people.intranet.archive(people.olive)
    assert warnings(olive) == []
    people.intranet.unarchive(people.olive)
    people.intranet.change(people.olive, billing="postpaid")
    assert warnings(olive) == []


def test_an_open_page_is_brought_what_is_new(people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    people.pack(1)
    pulse = re.findall(r'data-pulse="([^"]+)"', claire.get(BOARD).text)[0]
    assert claire.get(pulse).status_code == 204
    people.entry(ticket, 50)
    answer = claire.get(pulse, headers=HTMX)
    assert answer.status_code == 200 and 'class="alert"' in answer.text


def test_staff_who_log_the_time_see_it_at_once(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.pack(1)
    answer = sam.post(f"/tickets/{ticket.id}/entries", data={"duration": "50m"}, headers=HTMX)
    assert 'class="alert"' in answer.text
