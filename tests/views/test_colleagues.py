"""POST /tickets/<id>/colleagues: a client shares a ticket with a colleague, who sees it and no other one."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import PASSWORD, Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Link, Membership, Participant, Person, Ticket

LEA = {"email": "Lea@town.example", "name": "Léa Lune"}


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    """One that Claire asked: Marc does not see it."""
    return people.ticket(title="The heating plan")


def invite(client: FlaskClient, ticket: Ticket, **data: str) -> TestResponse:
    return client.post(f"/tickets/{ticket.id}/colleagues", data=data)


def test_a_newcomer_sees_that_ticket_alone_by_a_link_that_is_shown_once(
    people: Cast, ticket: Ticket, claire: FlaskClient, nobody: FlaskClient
) -> None:
    other = people.ticket(title="The menu of the week")
    form = form_in(claire.get(f"/tickets/{ticket.id}"), f"/tickets/{ticket.id}/colleagues")
    answer = claire.post(form.action, data=form.values | LEA, follow_redirects=True)
    link = re.search(r"http://localhost(/invitations/[\w-]+)", answer.text)
    assert link and link[1] not in claire.get(f"/tickets/{ticket.id}").text
    lea = Membership.select().join(Person).where(Person.email == "lea@town.example").get()
    rights = (lea.hours, lea.accepts, lea.requests, lea.approves, lea.invites)
    assert (lea.sees, rights) == ("own", (False,) * 5)
    nobody.post(link[1], data={"password": PASSWORD})
    assert "The heating plan" in nobody.get("/projects/intranet").text
    assert nobody.get(f"/tickets/{other.id}").status_code == 404
    assert invite(nobody, ticket, email="more@town.example").status_code == 403


def test_who_sees_own_tickets_sees_a_shared_one_everywhere_and_loses_nothing(
    people: Cast, ticket: Ticket, claire: FlaskClient, marc: FlaskClient
) -> None:
    own, other = people.ticket(people.marc, title="The key of the gym"), people.ticket(title="The heating bill")
    pages = ("/projects/intranet", "/projects/intranet/tickets", "/projects/intranet/tickets.csv", "/search?q=the",
             "/palette?q=the", "/completions/ticket:intranet?q=%23the")  # fmt: skip
    asked = "The heating plan", "The heating bill", "The key of the gym"

    def found() -> list[list[bool]]:
        texts = [re.sub("</?mark>", "", marc.get(page).text) for page in pages]
        return [[title in text for title in asked] for text in texts]

    assert found() == [[False, False, True]] * 6
    invite(claire, ticket, email="marc@town.example")
    assert found() == [[True, False, True]] * 6
    assert "requester:&#34;Claire" in marc.get("/search/suggestions?q=requester:c").text
    assert "@claire" in marc.get(f"/completions/reply:{ticket.id}?q=@c").text
    assert [marc.get(f"/tickets/{one.id}").status_code for one in (ticket, own, other)] == [200, 200, 404]
    assert marc.post(f"/tickets/{ticket.id}/comments", data={"body": "I was there"}).status_code == 303
    assert [one.name for one in Participant.told_on(ticket)] == ["Claire Clement", "Marc Moreau"]


def test_his_page_looks_again_and_what_is_new_is_unread(
    people: Cast, ticket: Ticket, clock: Clock, marc: FlaskClient, claire: FlaskClient, sam: FlaskClient
) -> None:
    people.ticket(people.marc, title="The key")
    pulse = re.search(r'data-pulse="([^"]+)"', marc.get("/projects/intranet").text)
    assert pulse and marc.get(pulse[1]).status_code == 204
    clock.forward(minutes=1)
    invite(claire, ticket, email="marc@town.example")
    assert marc.get(pulse[1]).status_code == 200
    assert re.search(rf'id="t-{ticket.id}"[^>]*data-unread', marc.get("/projects/intranet").text)
    sam.post(f"/tickets/{ticket.id}/typing")
    page = marc.get(f"/tickets/{ticket.id}").text
    pulse = re.search(r'data-pulse="([^"]+)"', page)
    assert pulse and "Writing" in marc.get(f"{pulse[1].replace('&amp;', '&')}&ticket={ticket.id}").headers


def test_leaving_it_is_said_to_lose_it_and_loses_it_alone(
    people: Cast, ticket: Ticket, claire: FlaskClient, marc: FlaskClient
) -> None:
    own = people.ticket(people.marc)
    invite(claire, ticket, email="marc@town.example")
    address = f"/tickets/{ticket.id}/participants/{people.marc.id}"
    page = marc.get(f"/tickets/{ticket.id}")
    assert "Yes, leave: I see this ticket no more" in page.text
    form = form_in(page, address)
    assert marc.post(form.action, data=form.values).location == "/projects/intranet"
    assert [marc.get(f"/tickets/{one.id}").status_code for one in (ticket, own)] == [404, 200]
    invite(claire, ticket, email="marc@town.example")
    assert marc.get(f"/tickets/{ticket.id}").status_code == 200


def test_a_link_is_news_to_clients_only_where_both_tickets_have_the_same_readers(people: Cast, ticket: Ticket) -> None:
    other = people.ticket()
    Participant.add(ticket, people.claire, people.marc)
    seen = Ticket.get_by_id(ticket.id).client_changed_at
    Link.join(ticket, people.sam, other)
    assert Ticket.get_by_id(ticket.id).client_changed_at == seen


@pytest.mark.parametrize("email", ["sam@cobalt.example", "zoe@shop.example", "gone@other.example"])
def test_an_address_of_somebody_else_is_refused_without_a_name(
    email: str, people: Cast, ticket: Ticket, claire: FlaskClient
) -> None:
    people.person("gone", intranet=True)
    Person.update(active=False).where(Person.email == "gone@other.example").execute()
    answer = invite(claire, ticket, email=email, name="Them")
    form = form_in(answer, f"/tickets/{ticket.id}/colleagues")
    assert (answer.status_code, form.invalid, form.values["email"]) == (422, {"email"}, email)
    assert "cannot be invited from here" in answer.text and "Zeller" not in answer.text
    assert Participant.select().count() == 0


def test_bad_input_is_marked_for_htmx_too(ticket: Ticket, claire: FlaskClient) -> None:
    answer = claire.post(f"/tickets/{ticket.id}/colleagues", data={"email": "lea", "name": "Léa"}, headers=HTMX)
    assert (answer.status_code, form_in(answer, f"/tickets/{ticket.id}/colleagues").values["name"]) == (422, "Léa")


def test_who_may_not_invite_is_offered_nothing(people: Cast, ticket: Ticket, sign_in: SignIn) -> None:
    Membership.update(invites=False).execute()
    statuses = [
        invite(sign_in(one), ticket, email="lea@town.example").status_code
        for one in (None, people.zoe, people.sam, people.claire, people.olive)
    ]
    assert statuses == [303, 404, 403, 403, 303]
    assert "Invite a colleague" not in sign_in(people.claire).get(f"/tickets/{ticket.id}").text
