"""POST /tickets/<id>/participants, DELETE …/<person>: who is told of what happens on a ticket."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in, regions
from trackr.models import Participant, Person, Ticket


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


def address(ticket: Ticket, person: Person | None = None) -> str:
    return f"/tickets/{ticket.id}/participants" + (f"/{person.id}" if person else "")


def shown(browser: FlaskClient, ticket: Ticket) -> list[str]:
    """First names of those who stand beside the ticket as told."""
    section = re.search(
        r'<section id="participants".*?</section>', browser.get(f"/tickets/{ticket.id}").text, re.DOTALL
    )
    assert section
    return re.findall(r"</span><span>(\w+) ", section[0])


def button(answer: TestResponse) -> str:
    """What is on the button that sends a reply."""
    found = re.search(r"(Send[^<]*)</(?:span|button)>", answer.text)
    assert found
    return found[1]


def test_somebody_is_added_and_told_no_more(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.post(address(ticket), data={"person": people.olive.id})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert shown(sam, ticket) == ["Claire", "Olive"]
    assert sam.delete(address(ticket, people.claire)).location == f"/tickets/{ticket.id}"
    assert shown(sam, ticket) == ["Olive"]
    text = sam.get(f"/tickets/{ticket.id}").text
    assert "added Olive Owen" in text and "took out Claire Clement" in text


def test_the_page_s_own_forms_do_so(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    form = form_in(sam.get(f"/tickets/{ticket.id}"), address(ticket, people.claire))
    assert sam.post(form.action, data=form.values).status_code == 303
    assert sam.post(address(ticket), data={"person": people.claire.id}).status_code == 303
    assert shown(sam, ticket) == ["Claire"]


def test_htmx_is_answered_with_all_that_changes(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    added = sam.post(address(ticket), data={"person": people.olive.id}, headers=HTMX)
    left = sam.delete(address(ticket, people.olive), headers=HTMX)
    assert {"ticket", "side", "pulse", "live"} <= regions(added) & regions(left)


def test_a_client_adds_a_colleague_and_is_offered_nobody_of_the_agency(
    people: Cast, ticket: Ticket, claire: FlaskClient
) -> None:
    rita = people.person("rita", intranet=True)
    assert claire.post(address(ticket), data={"person": rita.id}).status_code == 303
    assert shown(claire, ticket) == ["Claire", "Rita"]
    assert claire.post(address(ticket), data={"person": people.sam.id}).status_code == 422
    assert "Sam Stone" not in claire.get(f"/tickets/{ticket.id}").text


def test_a_client_leaves_and_cannot_take_others_out(people: Cast, ticket: Ticket, claire: FlaskClient) -> None:
    Participant.add(ticket, people.sam, people.sam)
    assert claire.delete(address(ticket, people.sam)).status_code == 403
    assert claire.delete(address(ticket, people.claire)).status_code == 303
    assert shown(claire, ticket) == ["Sam"]
    assert "is told no more" in claire.get(f"/tickets/{ticket.id}").text


def test_who_follows_by_notes_alone_is_shown_to_the_agency_only(
    people: Cast, ticket: Ticket, sam: FlaskClient, claire: FlaskClient
) -> None:
    people.comment(ticket, people.olive, internal=True)
    assert (shown(sam, ticket), shown(claire, ticket)) == (["Claire", "Olive"], ["Claire"])
    assert claire.delete(address(ticket, people.olive)).status_code == 404


@pytest.mark.parametrize("typed", ["", "999", "nobody"])
def test_who_is_not_offered_is_refused_at_the_field(typed: str, ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.post(address(ticket), data={"person": typed})
    assert (answer.status_code, form_in(answer, address(ticket)).invalid) == (422, {"person"})
    again = sam.post(address(ticket), data={"person": typed}, headers=HTMX)
    assert (again.status_code, regions(again)) == (422, {"participants"})


def test_who_may_not_see_the_ticket_cannot_be_added(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    for person in (people.zoe, people.marc):
        assert sam.post(address(ticket), data={"person": person.id}).status_code == 422
        assert sam.delete(address(ticket, person)).status_code == 404


def test_the_button_names_who_reads_a_reply(people: Cast, ticket: Ticket, sam: FlaskClient, sign_in: SignIn) -> None:
    page = f"/tickets/{ticket.id}"
    assert button(sam.get(page)) == "Send to Claire"
    for name in ("anna", "bea", "carl", "dora"):
        Participant.add(ticket, people.sam, people.person(name, intranet=True))
    assert button(sam.get(page)) == "Send to Claire, Anna, Bea and 2 more"
    assert button(sign_in(people.claire).get(page)) == "Send to Atelier Cobalt"
    people.comment(ticket, people.sam)
    assert button(sign_in(people.claire).get(page)) == "Send to Sam"


def test_a_stranger_finds_nothing(people: Cast, ticket: Ticket, zoe: FlaskClient) -> None:
    assert zoe.post(address(ticket), data={"person": people.zoe.id}).status_code == 404
    assert zoe.delete(address(ticket, people.claire)).status_code == 404


def test_signed_out_is_led_to_the_sign_in(people: Cast, ticket: Ticket, nobody: FlaskClient) -> None:
    assert nobody.post(address(ticket)).status_code == nobody.delete(address(ticket, people.claire)).status_code == 303
    assert Participant.select().count() == 0
