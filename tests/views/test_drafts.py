"""PUT, DELETE /drafts/<form>: what is typed is kept for who typed it, until it is sent."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Draft, Ticket

HALF = {"body": "Half of an ans", "internal": "1", "duration": "1h", "form_key": "one"}


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


def test_what_is_typed_is_found_on_another_device(people: Cast, sign_in: SignIn, ticket: Ticket) -> None:
    assert sign_in(people.sam).put(f"/drafts/reply:{ticket.id}", data=HALF).status_code == 204
    page = sign_in(people.sam).get(f"/tickets/{ticket.id}")
    values = form_in(page, f"/tickets/{ticket.id}/comments").values
    assert (values["body"], values["internal"], values["duration"]) == ("Half of an ans", "1", "1h")
    assert "Draft saved" in page.text


def test_nobody_else_is_ever_shown_it(people: Cast, sign_in: SignIn, ticket: Ticket) -> None:
    for name in ("olive", "claire"):
        sign_in(people.everybody[name]).get(f"/tickets/{ticket.id}")  # kept from now on
    sign_in(people.sam).put(f"/drafts/reply:{ticket.id}", data=HALF)
    sign_in(people.sam).get(f"/tickets/{ticket.id}")
    for name in ("olive", "claire"):
        assert "Half of" not in sign_in(people.everybody[name]).get(f"/tickets/{ticket.id}").text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_sent_is_kept_no_more(sam: FlaskClient, ticket: Ticket, headers: dict[str, str]) -> None:
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    sam.post(f"/tickets/{ticket.id}/comments", data={"body": "All of it", "form_key": "one"}, headers=headers)
    assert Draft.select().count() == 0 and "Half of" not in sam.get(f"/tickets/{ticket.id}").text


def test_a_straggler_of_what_was_sent_is_not_kept(sam: FlaskClient, ticket: Ticket) -> None:
    sam.post(f"/tickets/{ticket.id}/comments", data={"body": "All of it", "form_key": "one"})
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    assert Draft.select().count() == 0


def test_what_is_refused_is_kept(sam: FlaskClient, ticket: Ticket) -> None:
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    answer = sam.post(f"/tickets/{ticket.id}/comments", data=HALF | {"duration": "45"})
    assert answer.status_code == 422 and Draft.select().count() == 1


def test_the_forms_for_tickets_and_comments_keep_theirs_too(people: Cast, claire: FlaskClient, ticket: Ticket) -> None:
    people.comment(ticket, people.claire)
    places = {
        "ticket:intranet": "/projects/intranet/tickets/new",
        f"edit:{ticket.id}": f"/tickets/{ticket.id}/edit",
        f"comment:{ticket.id}:1": f"/tickets/{ticket.id}/comments/1/edit",
    }
    for form, place in places.items():
        claire.put(f"/drafts/{form}", data={"title": "A title", "body": "Half of"})
        assert "Half of" in claire.get(place).text
    claire.post("/projects/intranet/tickets", data={"title": "A title", "body": "All"})
    claire.patch(f"/tickets/{ticket.id}", data={"title": "A title", "body": "All"})
    claire.patch(f"/tickets/{ticket.id}/comments/1", data={"body": "All"})
    assert Draft.select().count() == 0


def test_it_is_thrown_away(sam: FlaskClient, ticket: Ticket) -> None:
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    values = form_in(sam.get(f"/tickets/{ticket.id}"), f"/drafts/reply:{ticket.id}").values
    answer = sam.post(f"/drafts/reply:{ticket.id}", data=values)
    assert (answer.status_code, answer.location, Draft.select().count()) == (303, f"/tickets/{ticket.id}", 0)


def test_an_empty_form_is_no_draft(sam: FlaskClient, ticket: Ticket) -> None:
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    sam.put(f"/drafts/reply:{ticket.id}", data={"body": " ", "internal": "1", "day": "2026-03-14"})
    assert Draft.select().count() == 0


def test_a_text_that_is_too_long_is_not_cut(sam: FlaskClient, ticket: Ticket) -> None:
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    assert sam.put(f"/drafts/reply:{ticket.id}", data={"body": "a" * 100_001}).status_code == 413
    assert "Half of" in Draft.get().data


def test_what_nobody_touches_for_three_months_is_forgotten(sam: FlaskClient, ticket: Ticket, clock: Clock) -> None:
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    Draft.forget_old(Draft.get().changed_at + timedelta(days=89))
    assert Draft.select().count() == 1
    Draft.forget_old(Draft.get().changed_at + timedelta(days=91))
    assert Draft.select().count() == 0


def test_that_of_a_closed_ticket_goes_after_a_week(people: Cast, sam: FlaskClient, ticket: Ticket) -> None:
    sam.put(f"/drafts/reply:{ticket.id}", data=HALF)
    ticket.close(people.sam)
    Draft.forget_old(Draft.get().changed_at + timedelta(days=6))
    assert Draft.select().count() == 1
    Draft.forget_old(Draft.get().changed_at + timedelta(days=8))
    assert Draft.select().count() == 0


@pytest.mark.parametrize("form", ["reply:999", "reply:x", "reply:", "ticket:nothing", "comment:1", "other:1",
                                  "reply:1:2", "reply:" + "9" * 30, "comment:1:n1", "edit:²"])  # fmt: skip
def test_there_is_no_such_form(claire: FlaskClient, ticket: Ticket, form: str) -> None:
    assert claire.put(f"/drafts/{form}", data=HALF).status_code == 404


def test_the_text_of_others_is_not_theirs_to_change(people: Cast, claire: FlaskClient, zoe: FlaskClient) -> None:
    ticket = people.ticket(people.marc)
    people.comment(ticket, people.marc)
    assert claire.put(f"/drafts/comment:{ticket.id}:1", data=HALF).status_code == 403
    assert claire.put(f"/drafts/edit:{ticket.id}", data=HALF).status_code == 403
    assert zoe.put(f"/drafts/reply:{ticket.id}", data=HALF).status_code == 404


def test_signed_out_nothing_is_kept(nobody: FlaskClient, ticket: Ticket) -> None:
    assert nobody.put(f"/drafts/reply:{ticket.id}", data=HALF, headers=HTMX).status_code == 401
