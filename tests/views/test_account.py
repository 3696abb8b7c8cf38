"""GET, PATCH /account: one's own name, language and password."""

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.people import PASSWORD, Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Person

NEW = "another horse battery"


def stored(people: Cast) -> Person:
    return Person.get_by_id(people.claire.id)


@pytest.fixture
def password(people: Cast) -> None:
    people.claire.set_password(PASSWORD)
    people.claire.save()


def test_it_shows_what_is_known(password: None, claire: FlaskClient) -> None:
    values = form_in(claire.get("/account"), "/account").values
    assert (values["name"], values["language"], values["password"]) == ("Claire Clement", "", "")


def test_name_and_language_are_changed(people: Cast, claire: FlaskClient) -> None:
    answer = claire.patch("/account", data={"name": "Claire  Clément", "language": "fr"})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert (stored(people).name, stored(people).language) == ("Claire Clément", "fr")
    assert '<html lang="fr"' in claire.get("/account").text


def test_a_plain_form_sends_it_too(people: Cast, claire: FlaskClient) -> None:
    assert claire.post("/account", data={"_method": "PATCH", "name": "Claire"}).status_code == 303
    assert stored(people).name == "Claire"


def test_htmx_is_told_where_to_go(claire: FlaskClient) -> None:
    answer = claire.patch("/account", data={"name": "Claire"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/account")


@pytest.mark.parametrize(
    ("name", "language", "wrong"), [("", "fr", "name"), ("x" * 101, "fr", "name"), ("C", "de", "language")]
)
def test_what_is_wrong_is_marked(name: str, language: str, wrong: str, people: Cast, claire: FlaskClient) -> None:
    answer = claire.patch("/account", data={"name": name, "language": language})
    form = form_in(answer, "/account")
    assert (answer.status_code, form.invalid, form.values["name"]) == (422, {wrong}, name)
    assert stored(people).name == "Claire Clement"


def test_a_new_password_ends_every_other_session(
    password: None, people: Cast, claire: FlaskClient, sign_in: SignIn
) -> None:
    other = sign_in(stored(people))
    change = {"name": "Claire", "password": NEW, "current_password": PASSWORD}
    assert claire.patch("/account", data=change).status_code == 303
    assert (claire.get("/account").status_code, other.get("/account").status_code) == (200, 303)
    assert Person.authenticate("claire@town.example", NEW)


def test_without_the_current_password_there_is_no_new_one(password: None, people: Cast, claire: FlaskClient) -> None:
    for current in ("", "wrong horse battery"):
        change = {"name": "Somebody else", "password": NEW, "current_password": current}
        answer = claire.patch("/account", data=change)
        assert (answer.status_code, form_in(answer, "/account").invalid) == (422, {"current_password"})
    assert Person.authenticate("claire@town.example", PASSWORD)
    assert stored(people).name == "Claire Clement"


def test_a_short_password_is_refused(password: None, claire: FlaskClient) -> None:
    change = {"name": "Claire", "password": "short", "current_password": PASSWORD}
    answer = claire.patch("/account", data=change)
    assert (answer.status_code, form_in(answer, "/account").invalid) == (422, {"password"})


def test_no_new_password_keeps_the_old_one(password: None, claire: FlaskClient) -> None:
    claire.patch("/account", data={"name": "Claire", "password": "", "current_password": ""})
    assert Person.authenticate("claire@town.example", PASSWORD)


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get("/account").location == "/sign-in?next=/account"
    assert nobody.patch("/account", data={"name": "X"}).status_code == 303


@pytest.mark.parametrize(("typed", "minutes"), [("7h30", 450), ("7", 420), ("0", 0), ("", 0)])
def test_staff_say_how_long_their_working_day_is(typed: str, minutes: int, people: Cast, sam: FlaskClient) -> None:
    assert sam.patch("/account", data={"name": "Sam", "workday": typed}).status_code == 303
    assert Person.get_by_id(people.sam.id).day_minutes == minutes
    shown = form_in(sam.get("/account"), "/account").values["workday"].replace("\u00a0", " ")
    assert shown == {450: "7 h 30", 420: "7 h", 0: "0"}[minutes]


def test_a_working_day_that_is_none_is_said_and_one_not_sent_stays(people: Cast, sam: FlaskClient) -> None:
    answer = sam.patch("/account", data={"name": "Sam", "workday": "45"})
    assert (answer.status_code, form_in(answer, "/account").invalid) == (422, {"workday"})
    assert sam.patch("/account", data={"name": "Sam"}).status_code == 303
    assert Person.get_by_id(people.sam.id).day_minutes == 420


def test_a_client_has_no_working_day(people: Cast, claire: FlaskClient) -> None:
    assert "workday" not in form_in(claire.get("/account"), "/account").values
    assert claire.patch("/account", data={"name": "Claire", "workday": "45"}).status_code == 303
    assert stored(people).day_minutes == 420
