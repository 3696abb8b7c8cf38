"""GET, POST, PUT, DELETE /account/authenticator and GET, POST /sign-in/code: the second factor, and the second step."""

import re

import pyotp
import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import PASSWORD, Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Audit, Authenticator, Session

PAGE, STEP = "/account/authenticator", "/sign-in/code"
SIGN_IN = {"email": "sam@cobalt.example", "password": PASSWORD, "next": "/week", "remember": "1"}
CODE = re.compile(r"<code>([a-z0-9]{5}(?:-[a-z0-9]{5}){4})</code>")


@pytest.fixture
def secret(people: Cast, clock: Clock) -> str:
    """That of Sam's app; half a minute ago he set it up."""
    people.sam.set_password(PASSWORD)
    people.sam.save()
    secret = Authenticator.new_secret()
    assert Authenticator.set(people.sam, secret, pyotp.TOTP(secret).at(clock.at))
    clock.forward(seconds=30)
    return secret


def test_it_is_set_up_by_a_picture_and_a_code(people: Cast, sam: FlaskClient, sign_in: SignIn, clock: Clock) -> None:
    other, page = sign_in(people.sam), sam.get(PAGE).text
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    assert 'class="qr"' in page and " style=" not in page and secret in sam.get(PAGE).text
    assert form_in(sam.post(PAGE, data={"code": "000000"}), PAGE).invalid == {"code"}
    answer = sam.post(PAGE, data={"code": pyotp.TOTP(secret).at(clock.at)})
    codes = CODE.findall(answer.text)
    assert len(set(codes)) == 10 and answer.headers["Cache-Control"] == "no-store"
    assert sam.get("/week").status_code == 200 and other.get("/week").status_code == 303  # which had shown none
    assert "10 recovery codes" in sam.get(PAGE).text and codes[0] not in sam.get(PAGE).text
    assert set(CODE.findall(sam.put(PAGE).text)).isdisjoint(codes)
    assert sam.delete(PAGE, headers=HTMX).headers["HX-Redirect"] == "/account" and Authenticator.of(people.sam) is None


def test_the_second_step_lets_in_and_goes_on(secret: str, nobody: FlaskClient, clock: Clock) -> None:
    answer = nobody.post("/sign-in", data=SIGN_IN)
    assert (answer.status_code, answer.location) == (303, STEP)
    assert nobody.get("/week").location.startswith("/sign-in?")
    assert form_in(nobody.post(STEP, data={"code": "000000"}), STEP).invalid == {"code"}
    answer = nobody.post(STEP, data={"code": pyotp.TOTP(secret).at(clock.at)})
    assert (answer.location, nobody.get("/week").status_code) == ("/week", 200)
    session = Session.select().order_by(Session.id.desc()).get()
    assert session.strong and session.remembered
    lines = [(line.kind, line.details) for line in Audit.select().order_by(Audit.id.desc()).limit(2)]
    assert lines == [("session.began", {"how": "password, code"}), ("session.refused", {})]


def test_it_waits_five_minutes_and_only_in_the_browser_that_began(
    secret: str, people: Cast, nobody: FlaskClient, sign_in: SignIn, clock: Clock
) -> None:
    code = {"code": pyotp.TOTP(secret).at(clock.at)}
    assert sign_in(None).post(STEP, data=code).location == "/sign-in"
    nobody.post("/sign-in", data=SIGN_IN)
    clock.forward(minutes=5, seconds=1)
    code = {"code": pyotp.TOTP(secret).at(clock.at)}
    assert nobody.post(STEP, data=code).location == nobody.get(STEP).location == "/sign-in"


def test_guessing_is_slowed_down(secret: str, nobody: FlaskClient) -> None:
    nobody.post("/sign-in", data=SIGN_IN)
    tries = [nobody.post(STEP, data={"code": f"{n:06}"}).status_code for n in range(11)]
    assert tries == [422] * 10 + [429]


def test_where_the_agency_asks_it_nothing_else_is_open_to_its_people(
    people: Cast, sam: FlaskClient, olive: FlaskClient, claire: FlaskClient, sign_in: SignIn
) -> None:
    values = form_in(olive.get("/access"), "/access").values
    assert olive.post("/access", data=values | {"second_factor": "1"}).location == "/access"
    weak = sign_in(None)
    with weak.session_transaction() as cookie:
        cookie["_user_id"] = Session.begin(people.sam)
    assert weak.get("/week").location == weak.post("/projects/intranet/tickets").location == PAGE
    assert weak.get("/week", headers=HTMX).headers["HX-Redirect"] == PAGE
    assert "asks it of everybody" in weak.get(PAGE).text
    assert claire.get("/account").status_code == sam.get("/week").status_code == 200
