"""Whom the text of a ticket names takes part in it, as whom a comment names does."""

from flask.testing import FlaskClient

from tests.people import Cast
from trackr.models import Participant, Ticket


def told(ticket: Ticket) -> set[str]:
    return {one.name.split()[0] for one in Participant.told_on(ticket)}


def test_who_is_named_in_a_new_ticket_is_told_of_it(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    sam.post("/projects/intranet/tickets", data={"title": "A form", "body": "For @claire and @zoe"})
    first = Ticket.get()
    assert told(first) == {"Sam", "Claire"} and "<mark>@claire</mark>" in first.body_html
    claire.post("/projects/intranet/tickets", data={"title": "Another", "body": "@marc @olive look"})
    assert told(Ticket.get(Ticket.title == "Another")) == {"Claire"}  # Marc sees his own alone, Olive is not known


def test_who_is_named_in_a_changed_text_is_told_once(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket(people.marc, body="It fails")
    sam.patch(f"/tickets/{ticket.id}", data={"body": "It fails, @claire, @marc"})
    assert told(ticket) == {"Marc", "Claire"}
    Participant.leave(ticket, people.claire, people.claire)
    sam.patch(f"/tickets/{ticket.id}", data={"body": "It still fails, @claire, @marc"})
    assert told(ticket) == {"Marc"} and "<mark>@claire</mark>" in Ticket.get().body_html
