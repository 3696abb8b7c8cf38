"""PUT /tickets/<id>/turn: staff say whose turn it is; and how a ticket and a card tell it."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, form_in, regions
from trackr.models import Column, Ticket


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


def address(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/turn"


def told(answer: TestResponse) -> str:
    """What the head of a ticket says of its turn."""
    html = re.search(r'<p id="turn"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", html[1]).replace("\u00a0", " ").split()) if html else ""


def test_staff_pass_it_and_the_ticket_tells_them_why(ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.put(address(ticket), data={"turn": "theirs"})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    page = sam.get(f"/tickets/{ticket.id}")
    assert told(page) == "Waiting for Claire since today"
    assert "said that it waits for the client" in page.text


def test_the_page_s_own_form_does_so(ticket: Ticket, sam: FlaskClient) -> None:
    form = form_in(sam.get(f"/tickets/{ticket.id}"), address(ticket))
    assert form.values == {"_method": "PUT", "turn": "ours"}
    assert sam.post(address(ticket), data=form.values | {"turn": "theirs"}).status_code == 303
    assert Ticket.get().turn == "theirs"


def test_htmx_is_answered_with_all_that_changes(ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.put(address(ticket), data={"turn": "theirs"}, headers=HTMX)
    assert {"ticket", "side", "pulse", "to-answer", "live"} <= regions(answer)
    assert "It waits for the client now." in answer.text


def test_the_client_reads_it_in_their_words_and_not_who_said_so(
    people: Cast, ticket: Ticket, sam: FlaskClient, claire: FlaskClient, clock: Clock
) -> None:
    page = f"/tickets/{ticket.id}"
    assert told(claire.get(page)) == "We have it, and will answer here."
    sam.put(address(ticket), data={"turn": "theirs"})
    clock.forward(days=1)
    assert told(claire.get(page)) == "Waiting for you since yesterday"
    clock.forward(days=2)
    assert told(claire.get(page)) == "Waiting for you for 3 days"
    assert "said that it waits" not in claire.get(page).text


def test_a_closed_one_tells_nothing_and_takes_nothing(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    ticket.close(people.sam)
    assert told(sam.get(f"/tickets/{ticket.id}")) == ""
    for headers in ({}, HTMX):
        answer = sam.put(address(ticket), data={"turn": "theirs"}, headers=headers)
        assert (answer.status_code, "The ticket is closed: reopen it first." in answer.text) == (422, True)


@pytest.mark.parametrize("typed", ["", "mine"])
def test_what_is_no_turn_is_refused_at_its_field(typed: str, ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.put(address(ticket), data={"turn": typed})
    assert (answer.status_code, form_in(answer, address(ticket)).invalid) == (422, {"turn"})


def test_clients_may_not(ticket: Ticket, claire: FlaskClient) -> None:
    assert claire.put(address(ticket), data={"turn": "theirs"}).status_code == 403


def test_a_stranger_finds_nothing(ticket: Ticket, zoe: FlaskClient) -> None:
    assert zoe.put(address(ticket), data={"turn": "theirs"}).status_code == 404


def test_signed_out_is_led_to_the_sign_in(ticket: Ticket, nobody: FlaskClient) -> None:
    assert nobody.put(address(ticket)).status_code == 303
    assert Ticket.get().turn == "ours"


def test_cards_tell_staff_what_is_to_be_answered(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    answered, closed = people.ticket(), people.ticket()
    people.comment(answered, people.sam)
    closed.close(people.sam)
    marked = re.findall(r'id="t-(\d+)"><p>(?:(?!</li>).)*<u>To answer</u>', sam.get("/projects/intranet").text)
    assert marked == [str(ticket.id)]


def test_a_client_is_told_what_waits_for_them(people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    people.comment(ticket, people.sam)
    assert 'Waiting for you <span class="count">1</span>' in claire.get("/projects/intranet").text


def test_what_waited_on_a_client_and_was_answered_is_worked_on_again(
    people: Cast, ticket: Ticket, claire: FlaskClient
) -> None:
    ticket.place(people.sam, Column.first(people.intranet, "waiting"))
    people.comment(ticket, people.claire)
    assert '<li aria-current="step">' in claire.get(f"/tickets/{ticket.id}").text
    assert "<b>We are working on it</b>" in claire.get(f"/tickets/{ticket.id}").text
    assert 'We are working on it <span class="count">1</span>' in claire.get("/projects/intranet").text
