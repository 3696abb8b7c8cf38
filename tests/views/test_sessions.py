"""GET, POST /sign-in, POST /sign-out."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people import PASSWORD, Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Person

WITHIN = ["/", "/tickets/12", "/projects/intranet?page=2&q=a%20b", "/tickets/12#comment-3", "/é"]
ELSEWHERE = [
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example",
    "/\t/elsewhere.example", "/\n/elsewhere.example", "javascript:alert(1)", "tickets/12", " //elsewhere.example", "",
]  # fmt: skip


@pytest.fixture(autouse=True)
def password(people: Cast) -> None:
    """Claire has one, the others have none."""
    people.claire.set_password(PASSWORD)
    people.claire.save()


def sign_in(browser: FlaskClient, **fields: str) -> TestResponse:
    return browser.post("/sign-in", data={"email": "claire@town.example", "password": PASSWORD} | fields)


def test_address_and_password_let_in(nobody: FlaskClient) -> None:
    answer = sign_in(nobody)
    assert (answer.status_code, answer.location) == (303, "/")
    assert nobody.get("/projects/intranet").status_code == 200


def test_the_address_may_be_written_in_any_case(nobody: FlaskClient) -> None:
    assert sign_in(nobody, email=" Claire@Town.Example ").status_code == 303


def test_scripts_and_other_sites_do_not_get_the_cookie(nobody: FlaskClient) -> None:
    cookie = sign_in(nobody).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Expires=" not in cookie
    assert "Expires=" in sign_in(nobody, remember="1").headers["Set-Cookie"]


def test_a_wrong_password_brings_the_form_back_with_the_address_alone(nobody: FlaskClient) -> None:
    answer = sign_in(nobody, password="wrong horse battery", next="/tickets/12")
    form = form_in(answer, "/sign-in")
    assert (answer.status_code, form.invalid) == (422, {"password"})
    assert form.values == {"next": "/tickets/12", "email": "claire@town.example", "password": ""}
    assert nobody.get("/").status_code == 303


@pytest.mark.parametrize("email", ["nobody@town.example", "sam@cobalt.example"])
def test_an_unknown_address_is_answered_as_a_known_one_is(email: str, nobody: FlaskClient) -> None:
    known = sign_in(nobody, password="wrong horse battery")
    unknown = sign_in(nobody, password="wrong horse battery", email=email)
    assert unknown.status_code == known.status_code
    assert unknown.text.replace(email, "claire@town.example") == known.text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"email": ""}, "email"), ({"email": "claire"}, "email"), ({"password": ""}, "password"),
     ({"password": "x" * 1001}, "password")],
)  # fmt: skip
def test_what_is_missing_is_marked(fields: dict[str, str], wrong: str, nobody: FlaskClient) -> None:
    answer = sign_in(nobody, **fields)
    assert (answer.status_code, form_in(answer, "/sign-in").invalid) == (422, {wrong})


@pytest.mark.parametrize("wanted", WITHIN)
def test_it_goes_on_to_the_page_that_was_wanted(wanted: str, nobody: FlaskClient) -> None:
    answer = sign_in(nobody, next=wanted)
    assert answer.location == wanted.replace("é", "%C3%A9")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_it_goes_on_to_nowhere_else(wanted: str, people: Cast, nobody: FlaskClient) -> None:
    assert nobody.post("/sign-in", query_string={"next": wanted}).status_code == 422
    assert sign_in(nobody, next=wanted).location == "/"
    assert nobody.get("/sign-in", query_string={"next": wanted}).location == "/"


def test_who_is_signed_in_already_goes_on_at_once(claire: FlaskClient) -> None:
    answer = claire.get("/sign-in?next=/projects/intranet/hours")
    assert (answer.status_code, answer.location) == (303, "/projects/intranet/hours")


def test_who_is_signed_out_is_led_to_the_sign_in_and_back(nobody: FlaskClient) -> None:
    answer = nobody.get("/projects/intranet/tickets?q=form&page=2")
    assert answer.status_code == 303
    wanted = form_in(nobody.get(answer.location), "/sign-in").values["next"]
    assert wanted == "/projects/intranet/tickets?q=form&page=2"


def test_of_an_address_that_is_too_long_its_page_is_kept(nobody: FlaskClient) -> None:
    assert (
        nobody.get(f"/projects/intranet/tickets?q={'x' * 2000}").location == "/sign-in?next=/projects/intranet/tickets"
    )
    assert nobody.get(f"/tickets/{'1' * 2000}").location in (None, "/sign-in?next=/")


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(nobody: FlaskClient) -> None:
    referrer = {"Referer": "http://localhost/tickets/12"}
    assert nobody.post("/tickets/12/comments", headers=referrer).location == "/sign-in?next=/tickets/12"
    referrer = {"Referer": "http://elsewhere.example/tickets/12"}
    assert nobody.post("/tickets/12/comments", headers=referrer).location == "/sign-in?next=/"


def test_htmx_is_told_with_401(nobody: FlaskClient) -> None:
    answer = nobody.get("/projects/intranet", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#flash")


def test_signing_out_ends_the_session(claire: FlaskClient) -> None:
    answer = claire.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert claire.get("/").location == "/sign-in?next=/"


def test_who_is_signed_out_is_not_signed_out_again(nobody: FlaskClient) -> None:
    assert nobody.post("/sign-out").status_code == 303


def test_a_new_password_ends_the_session_elsewhere(people: Cast, claire: FlaskClient) -> None:
    people.claire.set_password("another horse battery")
    people.claire.save()
    assert claire.get("/").location == "/sign-in?next=/"


def test_who_is_not_active_any_more_is_out(people: Cast, claire: FlaskClient) -> None:
    Person.update(active=False).where(Person.id == people.claire.id).execute()
    assert claire.get("/").location == "/sign-in?next=/"
    assert sign_in(claire).status_code == 422


def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(people: Cast, sam: FlaskClient) -> None:
    sign_in(sam)
    assert sam.get("/projects/intranet/memberships").status_code == 403
