"""Headers that every answer carries, whatever it answers."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.people import Cast
from trackr import create_app
from trackr.models import Person
from trackr.settings import Settings

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# What is asked, and what it is answered with.
ASKED = {
    "a page": ("GET", "/projects/intranet", {}, 200),
    "a fragment": ("GET", "/projects/intranet", {"HX-Request": "true"}, 200),
    "json": ("GET", "/projects/intranet/meter", {"Accept": "application/json"}, 200),
    "another page": ("GET", "/", {}, 303),
    "nothing new": ("GET", "{pulse}", {}, 204),
    "a refused form": ("POST", "/projects/intranet/tickets", {}, 422),
    "not allowed": ("GET", "/projects/new", {}, 403),
    "from elsewhere": ("POST", "/projects/intranet/tickets", {"Sec-Fetch-Site": "cross-site"}, 403),
    "not there": ("GET", "/nowhere", {}, 404),
    "not there, as a fragment": ("GET", "/nowhere", {"HX-Request": "true"}, 404),
    "not there, as json": ("GET", "/nowhere", {"Accept": "application/json"}, 404),
    "no such method": ("POST", "/projects/intranet", {}, 405),
    "the health": ("GET", "/healthz", {}, 200),
    "a file": ("GET", "{file}", {}, 200),
    "a file that is not there": ("GET", "/static/0000000000/app.css", {}, 404),
}
EACH = pytest.mark.parametrize("what", ASKED)


@pytest.fixture
def claire(people: Cast, sign_in: SignIn) -> FlaskClient:
    return sign_in(people.claire)


def ask(app: Flask, client: FlaskClient, what: str) -> TestResponse:
    method, address, headers, status = ASKED[what]
    pulse = client.get("/projects/intranet").text.partition('data-pulse="')[2].partition('"')[0]
    file = app.jinja_env.globals["asset"]("app.css")
    answer = client.open(address.format(pulse=pulse, file=file), method=method, headers=headers)
    assert answer.status_code == status
    return answer


@EACH
def test_every_answer_says_that_nothing_foreign_may_run_or_be_fetched(
    app: Flask, claire: FlaskClient, what: str
) -> None:
    headers = ask(app, claire, what).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@EACH
def test_what_only_one_person_may_see_is_kept_by_nobody(app: Flask, claire: FlaskClient, what: str) -> None:
    headers = ask(app, claire, what).headers
    if what == "a file":
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in headers and "Cookie" not in headers["Vary"]
    else:
        assert headers["Cache-Control"] == "no-store"
        assert {"Cookie", "HX-Request"} <= {name.strip() for name in headers["Vary"].split(",")}


def test_a_fault_carries_them_too(app: Flask, claire: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.view_functions, "projects.show", lambda project: 1 / 0)
    answer = claire.get("/projects/intranet")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (500, "no-store")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "division" not in answer.text and "Nothing that was saved is lost" in answer.text


def test_no_page_lets_other_sites_read_it(app: Flask, claire: FlaskClient) -> None:
    answer = claire.get("/projects/intranet", headers={"Origin": "https://elsewhere.example"})
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]


def cookie_of(settings: Settings, base_url: str | None, scheme: str) -> str:
    client = create_app(replace(settings, base_url=base_url)).test_client()
    form = {"email": Person.get().email, "password": "correct horse battery"}
    return client.post("/sign-in", data=form, base_url=f"{scheme}://localhost").headers["Set-Cookie"]


@pytest.fixture
def password(people: Cast) -> None:
    people.olive.set_password("correct horse battery")
    people.olive.save()


@pytest.mark.parametrize(("base_url", "is_secure"), [("https://t.example.org", True), (None, False)])
def test_the_sign_in_travels_where_it_should(
    settings: Settings, password: None, base_url: str | None, is_secure: bool
) -> None:
    cookie = cookie_of(settings, base_url, "http")
    assert cookie.startswith("__Host-trackr=" if is_secure else "trackr=") and "Path=/" in cookie
    assert ("Secure" in cookie, "HttpOnly" in cookie, "SameSite=Lax" in cookie) == (is_secure, True, True)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_came_encrypted_once_does_so_always(claire: FlaskClient, scheme: str) -> None:
    answer = claire.get("/sign-in", base_url=f"{scheme}://localhost")
    assert ("Strict-Transport-Security" in answer.headers) == (scheme == "https")
