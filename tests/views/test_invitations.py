"""GET, POST /invitations/<token>: a first password by a link that works once."""

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.mailbox import Box, text_of
from tests.people import PASSWORD, Cast
from tests.views.answers import form_in
from trackr.mail import delivery
from trackr.models import Invitation, Person


@pytest.fixture
def link(people: Cast) -> str:
    """The address that Marc was given."""
    return f"/invitations/{Invitation.issue(people.marc)}"


def test_looking_at_the_link_does_not_use_it_up(link: str, nobody: FlaskClient) -> None:
    assert [nobody.open(link, method=method).status_code for method in ("GET", "HEAD", "GET")] == [200] * 3
    assert nobody.post(link, data={"password": PASSWORD}).status_code == 303


def test_the_password_that_was_chosen_lets_in(link: str, people: Cast, nobody: FlaskClient) -> None:
    answer = nobody.post(link, data={"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")
    assert Person.authenticate("marc@town.example", PASSWORD) == people.marc
    assert nobody.get("/projects/intranet").status_code == 200


@pytest.mark.parametrize("password", ["", "too short", "x" * 1001])
def test_a_password_that_cannot_be_taken_leaves_the_link_good(password: str, link: str, nobody: FlaskClient) -> None:
    answer = nobody.post(link, data={"password": password})
    form = form_in(answer, "")
    assert (answer.status_code, form.invalid, form.values["password"]) == (422, {"password"}, "")
    assert nobody.get(link).status_code == 200


def test_a_link_works_once(link: str, nobody: FlaskClient) -> None:
    nobody.post(link, data={"password": PASSWORD})
    assert nobody.get(link).status_code == 404
    assert nobody.post(link, data={"password": "another horse battery"}).status_code == 404
    assert Person.authenticate("marc@town.example", PASSWORD)


def test_a_link_that_is_too_old_is_gone(link: str, nobody: FlaskClient, clock: Clock) -> None:
    clock.forward(days=14)
    assert nobody.get(link).status_code == nobody.post(link, data={"password": PASSWORD}).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 500, "é"])
def test_a_link_that_was_never_given_is_not_there(token: str, nobody: FlaskClient) -> None:
    assert nobody.get(f"/invitations/{token}").status_code == 404


def test_who_was_signed_in_as_somebody_else_is_the_invited_one_then(link: str, olive: FlaskClient) -> None:
    olive.post(link, data={"password": PASSWORD})
    assert olive.get("/projects/new").status_code == 403


def test_everybody_may_do_without_a_password_where_mail_is_set_up(
    link: str, people: Cast, nobody: FlaskClient, box: Box, sign_in: SignIn
) -> None:
    assert "Come in without" in nobody.get(link).text
    answer = nobody.post(link, data={"password": "", "without": "1", "remember": "1"})
    assert (answer.status_code, "Expires=" in answer.headers["Set-Cookie"]) == (303, True)
    assert nobody.get("/account").status_code == 200 and Person.get_by_id(people.marc.id).password_hash is None
    for_sam = f"/invitations/{Invitation.issue(people.sam)}"
    assert sign_in(None).post(for_sam, data={"password": "", "without": "1"}).status_code == 303


def test_a_colleague_whom_a_client_brings_in_is_invited_by_mail(people: Cast, claire: FlaskClient, box: Box) -> None:
    ticket = people.ticket()
    answer = claire.post(f"/tickets/{ticket.id}/colleagues", data={"email": "lea@town.example"}, follow_redirects=True)
    assert "invited by mail" in answer.text and "/invitations/" not in answer.text
    delivery.deliver()
    [mail] = box.to("lea@town.example")
    assert mail["From"] == '"Claire Clement (Atelier Cobalt)" <desk@cobalt.example>'
    assert "or take part in." in text_of(mail) and "do without one" in text_of(mail)
