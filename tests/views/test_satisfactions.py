"""PUT /tickets/<id>/satisfaction: a client says how a closed ticket went, and staff read it."""

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in, regions
from trackr.models import Satisfaction, Ticket


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    ticket = people.ticket()
    ticket.close(people.sam)
    return ticket


def address(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/satisfaction"


def test_thanks_take_one_click_and_staff_find_them_unread(
    ticket: Ticket, clock: Clock, claire: FlaskClient, sam: FlaskClient
) -> None:
    form = form_in(claire.get(f"/tickets/{ticket.id}"), address(ticket))
    sam.get(f"/tickets/{ticket.id}")
    assert "data-unread" not in sam.get("/projects/intranet").text
    clock.forward(minutes=1)
    answer = claire.post(form.action, data={"_method": "PUT", "answer": "thanks", "message": "As quick as ever"})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert "You said: Thank you" in claire.get(f"/tickets/{ticket.id}").text
    assert "data-unread" in sam.get("/projects/intranet").text
    assert "says thank you, saying “As quick as ever”" in sam.get(f"/tickets/{ticket.id}").text


def test_there_is_one_of_each_person_which_may_change(people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    for answer in ("thanks", "unhappy", "unhappy"):
        claire.put(address(ticket), data={"answer": answer})
    assert Satisfaction.counts(Ticket.project == people.intranet) == {"thanks": 0, "fine": 0, "unhappy": 1}


def test_colleagues_do_not_read_it(people: Cast, ticket: Ticket, claire: FlaskClient, sign_in: SignIn) -> None:
    claire.put(address(ticket), data={"answer": "unhappy", "message": "Too slow"})
    text = sign_in(people.person("rita", intranet=True)).get(f"/tickets/{ticket.id}").text
    assert "Too slow" not in text and "not what they hoped" not in text


def test_htmx_is_answered_with_the_ticket(ticket: Ticket, claire: FlaskClient) -> None:
    assert "ticket" in regions(claire.put(address(ticket), data={"answer": "fine"}, headers=HTMX))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_no_answer_is_refused_with_what_was_typed(
    ticket: Ticket, claire: FlaskClient, headers: dict[str, str]
) -> None:
    answer = claire.put(address(ticket), data={"answer": "10", "message": "Quick"}, headers=headers)
    assert answer.status_code == 422
    assert "Quick" in answer.text and "Choose one of the options" in answer.text


def test_an_open_ticket_is_not_asked_about(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket()
    assert address(ticket) not in claire.get(f"/tickets/{ticket.id}").text
    assert claire.put(address(ticket), data={"answer": "thanks"}).status_code == 422


def test_it_is_the_client_s_to_say(
    people: Cast, ticket: Ticket, sam: FlaskClient, zoe: FlaskClient, marc: FlaskClient, nobody: FlaskClient
) -> None:
    found = [one.put(address(ticket), data={"answer": "fine"}).status_code for one in (sam, zoe, marc, nobody)]
    assert (found, Satisfaction.select().count()) == ([403, 404, 404, 303], 0)
