"""POST /projects/<slug>/tickets with `said`: a client's new ticket in one field, on the page where they are at home."""

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.forms.tickets import split
from trackr.models import Draft, Ticket

TICKETS = "/projects/intranet/tickets"


@pytest.mark.parametrize(
    ("said", "title", "body"),
    [
        ("The  form\n\nSince Monday\nat nine\n", "The form", "Since Monday\nat nine"),
        ("\n \n The form", "The form", ""),
        ("word " * 60, "word " * 38 + "word…", ("word " * 60).strip()),
        ("w" * 300, "w" * 199 + "…", "w" * 300),
    ],
)
def test_the_first_line_is_the_title_and_the_others_the_text(said: str, title: str, body: str) -> None:
    assert split(said) == (title, body) and len(title) <= 200


def test_a_client_asks_in_one_field(claire: FlaskClient) -> None:
    form = form_in(claire.get("/projects/intranet"), TICKETS)
    answer = claire.post(form.action, data=form.values | {"said": "The form\nloses the date"})
    ticket = Ticket.get()
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert (ticket.title, ticket.body) == ("The form", "loses the date")


def test_empty_or_too_long_it_comes_back_with_what_was_typed(claire: FlaskClient) -> None:
    for said, headers in ((" \n ", {}), ("x" * 100_001, {}), ("", HTMX)):
        answer = claire.post(TICKETS, data={"said": said}, headers=headers)
        form = form_in(answer, TICKETS)
        assert (answer.status_code, form.invalid) == (422, {"said"})
        assert form.values["said"].strip() == said.strip()
    assert Ticket.select().count() == 0


def test_more_of_it_goes_on_in_the_whole_form_with_what_was_typed(people: Cast, claire: FlaskClient) -> None:
    Draft.keep(people.claire, "ticket:intranet", {"title": "Earlier", "body": "", "priority": "high"})
    for headers in ({}, HTMX):
        answer = claire.post(TICKETS, data={"said": "The form\nloses", "more": "1"}, headers=headers)
        assert "/projects/intranet/tickets/new" in (answer.location or answer.headers["HX-Redirect"])
    form = form_in(claire.get("/projects/intranet/tickets/new"), TICKETS)
    assert (form.values["title"], form.values["priority"]) == ("The form", "high")
    assert form.values["body"].endswith("Earlier") and "loses" in form.values["body"]
    assert Ticket.select().count() == 0


def test_of_several_projects_the_last_one_is_offered_and_another_may_be_chosen(people: Cast, sign_in: SignIn) -> None:
    rita = people.person("rita", intranet=True, shop=True)
    people.ticket(rita)
    browser = sign_in(rita)
    form = form_in(browser.get("/"), TICKETS)
    assert form.values["project"] == "intranet"
    browser.post(form.action, data=form.values | {"project": "shop", "said": "Red wine"})
    newest = Ticket.select().order_by(Ticket.id.desc()).get()
    assert (newest.project, newest.title) == (people.shop, "Red wine")
    action = "/projects/shop/tickets"
    answer = browser.post(action, data={"said": "White wine", "project": "nowhere"})
    form = form_in(answer, action)
    assert (answer.status_code, form.invalid, form.values["said"]) == (422, {"project"}, "White wine")


def test_a_project_that_is_not_theirs_or_is_put_away_cannot_be_chosen(people: Cast, claire: FlaskClient) -> None:
    assert claire.post(TICKETS, data={"said": "Hello", "project": "shop"}).status_code == 422
    people.intranet.archive(people.olive)
    assert claire.post(TICKETS, data={"said": "Hello"}).status_code == 403
    assert 'id="ask"' not in claire.get("/projects/intranet").text
    assert Ticket.select().count() == 0


def test_staff_have_their_own_ways(sam: FlaskClient, olive: FlaskClient) -> None:
    assert not any('id="ask"' in each.get(page).text for each in (sam, olive) for page in ("/", "/projects/intranet"))
