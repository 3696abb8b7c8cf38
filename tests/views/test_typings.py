"""POST /tickets/<id>/typing: who is writing is told by the pulse to those who see the ticket, and soon forgotten."""

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.test_pulses import address
from trackr.models import Ticket

NOTE = {"internal": "1"}


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    """One that Claire asked: Marc does not see it."""
    return people.ticket(people.claire)


def told(client: FlaskClient, ticket: Ticket) -> str:
    """What a pulse of that ticket's page says of who is writing; for everything else it rests."""
    answer = client.get(address(client.get("/projects/intranet").text) + f"&ticket={ticket.id}")
    assert answer.status_code == 204
    return unquote(answer.headers.get("Writing", ""))


def test_a_reply_that_is_being_written_is_told_to_all_who_see_the_ticket(
    ticket: Ticket, sam: FlaskClient, olive: FlaskClient, claire: FlaskClient
) -> None:
    assert sam.post(f"/tickets/{ticket.id}/typing").status_code == 204
    assert [told(client, ticket) for client in (olive, claire, sam)] == ["Sam is writing…", "Sam is writing…", ""]


def test_a_note_that_is_being_written_is_told_to_staff_alone(
    ticket: Ticket, sam: FlaskClient, olive: FlaskClient, claire: FlaskClient
) -> None:
    sam.post(f"/tickets/{ticket.id}/typing", data=NOTE)
    assert told(olive, ticket) == "Internal note being written: Sam…"
    assert told(claire, ticket) == ""


def test_who_turns_a_reply_into_a_note_is_not_told_of_to_clients_any_more(
    ticket: Ticket, sam: FlaskClient, claire: FlaskClient
) -> None:
    sam.post(f"/tickets/{ticket.id}/typing")
    sam.post(f"/tickets/{ticket.id}/typing", data=NOTE)
    assert told(claire, ticket) == ""


def test_a_client_writes_no_notes(ticket: Ticket, sam: FlaskClient, claire: FlaskClient) -> None:
    claire.post(f"/tickets/{ticket.id}/typing", data=NOTE)
    assert told(sam, ticket) == "Claire is writing…"


def test_several_are_told_of_together(
    ticket: Ticket, sam: FlaskClient, olive: FlaskClient, claire: FlaskClient
) -> None:
    for client in (claire, sam):
        client.post(f"/tickets/{ticket.id}/typing")
    assert told(olive, ticket) == "Claire, Sam are writing…"


def test_it_is_forgotten_after_ten_seconds_and_once_it_is_sent(
    ticket: Ticket, sam: FlaskClient, claire: FlaskClient, clock: Clock
) -> None:
    claire.post(f"/tickets/{ticket.id}/typing")
    clock.forward(seconds=9)
    assert told(sam, ticket)
    clock.forward(seconds=2)
    assert not told(sam, ticket)
    claire.post(f"/tickets/{ticket.id}/typing")
    claire.post(f"/tickets/{ticket.id}/comments", data={"body": "Done"})
    assert not told(sam, ticket)


def test_who_does_not_see_the_ticket_is_told_nothing_whatever_they_ask(
    people: Cast, ticket: Ticket, sam: FlaskClient, marc: FlaskClient, zoe: FlaskClient
) -> None:
    sam.post(f"/tickets/{ticket.id}/typing")
    assert told(marc, ticket) == ""
    answer = zoe.get(f"/projects/shop/pulse?ticket={ticket.id}")
    assert "Writing" not in answer.headers
    his = people.ticket(people.marc)
    sam.post(f"/tickets/{his.id}/typing")
    assert told(marc, his) == "Sam is writing…"


@pytest.mark.parametrize("asked", ["", "x", "0", "-1", "9" * 40, "\x00"])
def test_a_pulse_with_any_other_ticket_says_nothing(asked: str, ticket: Ticket, sam: FlaskClient) -> None:
    sam.post(f"/tickets/{ticket.id}/typing")
    assert "Writing" not in sam.get("/projects/intranet/pulse", query_string={"ticket": asked}).headers


def test_a_name_of_any_alphabet_stands_in_the_header(
    people: Cast, ticket: Ticket, sign_in: SignIn, sam: FlaskClient
) -> None:
    noor = people.person("نور", "staff")
    sign_in(noor).post(f"/tickets/{ticket.id}/typing")
    assert told(sam, ticket) == "نور is writing…"


def test_an_archived_project_a_stranger_and_who_is_signed_out(
    people: Cast, ticket: Ticket, sam: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    place = f"/tickets/{ticket.id}/typing"
    assert zoe.post(place).status_code == 404
    assert nobody.post(place, headers={"HX-Request": "true"}).status_code == 401
    people.intranet.archive(people.olive)
    assert sam.post(place).status_code == 403
