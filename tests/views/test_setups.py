"""GET, POST /setup: the first start, once."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.clock import Clock
from tests.people import PASSWORD, Cast
from tests.views.answers import HTMX, form_in
from trackr.forms.setups import Setup
from trackr.models import Agency, Invitation, Membership, Person, Project, Purchase
from trackr.models.base import Refused

FILLED = {
    "agency": "Atelier Cobalt", "language": "fr", "timezone": "Europe/Paris", "owner_name": "Olive Owen",
    "email": "Olive@Cobalt.example", "password": PASSWORD, "client": "Town hall", "name": "Salle des fêtes",
    "client_name": "Claire Clement", "client_email": "claire@town.example", "billing": "prepaid", "hours": "20",
    "increment": "15",
}  # fmt: skip


@pytest.fixture
def first(app: Flask) -> FlaskClient:
    """The first browser that comes to an empty instance."""
    return app.test_client()


@pytest.mark.parametrize(("method", "address"), [("GET", "/"), ("GET", "/projects/intranet"), ("POST", "/sign-in")])
def test_until_it_is_done_there_is_nothing_else_to_see(method: str, address: str, first: FlaskClient) -> None:
    answer = first.open(address, method=method)
    assert (answer.status_code, answer.location) == (303, "/setup")


def test_it_shows_a_form_with_what_most_choose(first: FlaskClient) -> None:
    values = form_in(first.get("/setup"), "/setup").values
    assert (values["timezone"], values["billing"], values["increment"]) == ("Europe/Paris", "prepaid", "15")


def test_one_form_makes_all_that_is_needed(first: FlaskClient) -> None:
    answer = first.post("/setup", data=FILLED)
    assert (answer.status_code, answer.location) == (303, "/projects/salle-des-fetes")
    project = Project.get()
    assert (Agency.get().name, project.client, project.language, project.increment) == (
        "Atelier Cobalt", "Town hall", "fr", 15,
    )  # fmt: skip
    assert (Purchase.get().minutes, Purchase.get().bought_on) == (1200, date(2026, 3, 14))
    assert Person.authenticate("olive@cobalt.example", PASSWORD).is_owner
    member = Membership.get()
    assert (member.person.email, member.person.role, member.sees, member.hours) == (
        "claire@town.example", "client", "all", True,
    )  # fmt: skip


def test_the_owner_is_signed_in_on_the_board_with_a_link_for_the_client(first: FlaskClient) -> None:
    board = first.post("/setup", data=FILLED, follow_redirects=True)
    assert board.status_code == 200
    assert Invitation.get().person.email == "claire@town.example"
    assert "/invitations/" in board.text


@pytest.mark.parametrize("more", [{"billing": "postpaid"}, {"hours": ""}], ids=str)
def test_a_first_pack_is_not_needed(more: dict[str, str], first: FlaskClient) -> None:
    assert first.post("/setup", data=FILLED | more).status_code == 303
    assert Purchase.select().count() == 0


def test_the_first_pack_is_bought_on_the_day_it_is_where_the_agency_is(first: FlaskClient, clock: Clock) -> None:
    clock.set("2026-03-14 23:30")
    first.post("/setup", data=FILLED)
    assert Purchase.get().bought_on == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("agency", ""), ("owner_name", " "), ("email", "olive"), ("client", ""), ("name", ""), ("client_name", ""),
        ("client_email", "olive@cobalt.example"), ("hours", "many"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(field: str, typed: str, first: FlaskClient) -> None:
    answer = first.post("/setup", data=FILLED | {field: typed})
    form = form_in(answer, "/setup")
    assert (answer.status_code, form.invalid) == (422, {field})
    kept = FILLED | {field: typed, "password": ""}
    assert {name: form.values[name] for name in kept} == kept
    assert Agency.select().count() == Person.select().count() == Project.select().count() == 0


def test_a_short_password_is_refused(first: FlaskClient) -> None:
    answer = first.post("/setup", data=FILLED | {"password": "too short"})
    assert (answer.status_code, form_in(answer, "/setup").invalid) == (422, {"password"})


def test_htmx_is_answered_as_a_browser_is(first: FlaskClient) -> None:
    assert first.post("/setup", data=FILLED, headers=HTMX).status_code == 303


def test_nothing_at_all_is_told_at_every_field(first: FlaskClient) -> None:
    answer = first.post("/setup")
    required = set(FILLED) - {"language", "timezone", "billing", "hours", "increment"}
    assert (answer.status_code, form_in(answer, "/setup").invalid) == (422, required)


def test_once_it_is_done_it_is_not_there_any_more(people: Cast, olive: FlaskClient, nobody: FlaskClient) -> None:
    assert [who.get("/setup").status_code for who in (olive, nobody)] == [404, 404]
    assert nobody.post("/setup", data=FILLED).status_code == 404
    assert Agency.select().count() == 1


def test_of_two_at_the_same_time_one_is_refused(app: Flask) -> None:
    with app.test_request_context():
        setup = Setup.read(MultiDict(FILLED))
        setup.carry_out()
        with pytest.raises(Refused, match="set_up"):
            setup.carry_out()
    assert (Agency.select().count(), Project.select().count()) == (1, 1)
