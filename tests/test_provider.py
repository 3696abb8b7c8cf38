"""POST, GET /sign-in/provider, /linked-accounts, POST /proof/provider: there and back, at a real provider.

What a real one cannot be made to say is said by one that lies: tokens signed here, with a key of its own.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from tests import provider
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import form_in
from trackr.mail import post
from trackr.models import Agency, Audit, Authenticator, LinkedAccount, Person, Session, erasure
from trackr.oidc import exchange
from trackr.oidc.provider import Provider, Unreachable
from trackr.reach import person_data
from trackr.settings import Settings
from trackr.web.app import Application

BACK = "http://localhost/sign-in/provider"
NOBODY = "Nobody here signs in with this account"
ISSUER = "https://login.example.org/realms/agency"
KEY = ECKey.generate_key("P-256", {"kid": "1", "alg": "ES256"})

Told = Callable[..., TestResponse]


@pytest.fixture(scope="module")
def real() -> Iterator[dict[str, str]]:
    if not provider.IS_HERE:
        pytest.skip(provider.MISSING)
    with provider.running(BACK) as settings:
        yield settings


def use(app: Application, settings: Settings, given: dict[str, str]) -> Application:
    """The application, of an instance with these settings too."""
    settings = replace(settings, base_url="http://localhost", **given)
    post.open(settings)
    app.serve(settings)
    return app


@pytest.fixture
def app(app: Application, settings: Settings, request: pytest.FixtureRequest) -> Application:
    """An instance that uses the real provider, or the one that lies where the test asks for what it tells."""
    lies = {"oidc_issuer": ISSUER, "oidc_client_id": "trackr", "oidc_client_secret": "sesame", "oidc_name": "Example"}
    return use(app, settings, lies if "told" in request.fixturenames else request.getfixturevalue("real"))


@pytest.fixture
def nobody(people: Cast, sign_in: SignIn) -> FlaskClient:
    return sign_in(None)


def sent(answer: TestResponse) -> str:
    """The address of the provider to which the page leads, without a script and without asking."""
    assert answer.status_code == 200 and "'self'" in answer.headers["Content-Security-Policy"]
    return unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)[1])


def through(address: str, at: requests.Session | None = None) -> str:
    """What a browser that goes to the provider comes back with."""
    at = at or requests.Session()
    while not address.startswith(BACK):
        address = requests.compat.urljoin(address, at.get(address, allow_redirects=False).headers["Location"])
    return address.removeprefix("http://localhost")


def come(client: FlaskClient, email: str, **fields: str) -> TestResponse:
    return client.get(through(sent(client.post("/sign-in/provider", data={"email": email} | fields))))


def trail(count: int) -> list[tuple[str, dict[str, Any]]]:
    return [(line.kind, line.details) for line in Audit.select().order_by(Audit.id.desc()).limit(count)]


def test_who_has_the_address_comes_in_and_is_known_by_the_account_from_then_on(
    people: Cast, nobody: FlaskClient, sign_in: SignIn
) -> None:
    assert form_in(nobody.get("/sign-in?next=/account"), "/sign-in").values["next"] == "/account"
    assert "Sign in with Example" in nobody.get("/sign-in").text
    answer = come(nobody, people.claire.email, next="/account", remember="1")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Linked accounts" in nobody.get("/account").text
    session = Session.select().order_by(Session.id.desc()).get()
    assert (session.person_id, session.remembered, session.strong) == (people.claire.id, True, False)
    assert trail(2) == [("session.began", {"how": "provider"}), ("account.linked", {})]
    Person.update(email="other@town.example").where(Person.id == people.claire.id).execute()
    Person.update(email="claire@town.example").where(Person.id == people.zoe.id).execute()
    other = sign_in(None)
    assert come(other, "claire@town.example", next="https://elsewhere.example/").location == "/"
    assert LinkedAccount.get().person == people.claire and "Claire" in other.get("/account").text


def test_nobody_else_comes_in_and_all_are_told_the_same(
    people: Cast, nobody: FlaskClient, real: dict[str, str]
) -> None:
    people.marc.place(people.olive, role="client", limited=False, active=False)
    LinkedAccount.link(people.claire, ISSUER, "of another provider")
    LinkedAccount.link(people.zoe, real["oidc_issuer"], "her account")
    refused = ["unknown@town.example", "unverified+claire@town.example", people.marc.email, people.zoe.email]
    answers = [come(nobody, email) for email in refused]
    assert {answer.status_code for answer in answers} == {403} and len({answer.text for answer in answers}) == 1
    assert NOBODY in answers[0].text and nobody.get("/account").status_code == 303
    assert trail(4) == [("session.refused", {"how": "provider"})] * 4 and LinkedAccount.select().count() == 2


def test_who_was_turned_away_is_asked_for_another_account(people: Cast, nobody: FlaskClient) -> None:
    assert come(nobody, "unknown@town.example").status_code == 403
    again = nobody.post("/sign-in/provider", data={"email": people.claire.email})
    assert "prompt=login" in sent(again)  # else the provider would send them back with the same one, and not ask
    assert nobody.get(through(sent(again))).location == "/"


def test_what_comes_back_is_good_once_and_in_the_browser_that_was_sent(
    people: Cast, nobody: FlaskClient, sign_in: SignIn
) -> None:
    back = through(sent(nobody.post("/sign-in/provider", data={"email": people.claire.email})))
    assert sign_in(None).get(back).status_code == 400
    assert nobody.get(back).status_code == 303
    thief = sign_in(None)
    with thief.session_transaction() as cookie:  # who has the cookie, too, from before
        sent(thief.post("/sign-in/provider"))
    with thief.session_transaction() as cookie:
        cookie["provider"][0]["state"] = re.search(r"state=([^&]+)", back)[1]
    assert thief.get(back).status_code == 400 and trail(1) == [("session.refused", {"how": "provider"})]
    assert come(thief, "no+claire@town.example").status_code == 400
    wrong = through(sent(thief.post("/sign-in/provider", data={"email": people.claire.email})))
    assert thief.get(wrong.replace("state=", "state=x")).status_code == 400
    assert thief.get(wrong).status_code == 400  # which was the one try


def test_the_second_step_is_asked_unless_it_was_shown_there(people: Cast, nobody: FlaskClient) -> None:
    Agency.update(second_factor=True).execute()
    Authenticator.create(person=people.sam, secret=Authenticator.new_secret(), last_step=0, created_at=0)
    assert come(nobody, people.sam.email).location == "/sign-in/code"
    LinkedAccount.delete().execute()
    assert come(nobody, "mfa+sam@cobalt.example", next="/week").location == "/week"
    assert nobody.get("/week").status_code == 200


def test_an_account_is_linked_shown_and_taken_away(people: Cast, sign_in: SignIn) -> None:
    claire, olive = sign_in(people.claire), sign_in(people.olive)
    assert "Link your account at Example" in claire.get("/account").text
    answer = claire.get(through(sent(claire.post("/linked-accounts"))))
    assert answer.location == "/account" and "from now on" in claire.get("/account").text
    assert olive.get(through(sent(olive.post("/linked-accounts")))).location == "/account"  # the hint is her own
    mine, hers = LinkedAccount.select().order_by(LinkedAccount.id)
    assert person_data.about(people.claire)["linked accounts"][0]["subject"] == people.claire.email
    assert f"/linked-accounts/{mine.id}" in olive.get(f"/people/{people.claire.id}").text
    assert claire.delete(f"/linked-accounts/{hers.id}").status_code == 404
    assert claire.delete(f"/linked-accounts/{mine.id}").location == "/account"
    assert trail(1) == [("account.unlinked", {})]
    LinkedAccount.link(people.claire, ISSUER, "1")
    erasure.erase(people.claire, people.olive)
    assert [account.person for account in LinkedAccount.select()] == [people.olive]


def test_who_has_nothing_else_shows_there_anew_that_it_is_them(people: Cast, sign_in: SignIn) -> None:
    olive, at = sign_in(None), requests.Session()
    olive.get(through(sent(olive.post("/sign-in/provider", data={"email": people.olive.email})), at))
    Session.update(proved_at=0).execute()
    answer = olive.patch("/access", data={"audit_days": "90"}, headers={"Referer": "http://localhost/access"})
    form = form_in(answer, "/proof/provider")
    assert (answer.status_code, form.values) == (403, {"next": "/access"})
    address = sent(olive.post("/proof/provider", data=form.values))
    assert "prompt=login" in address and "max_age=0" in address
    assert olive.get(through(address, at)).location == "/access"
    assert olive.patch("/access", data={"audit_days": "90"}).status_code == 303
    assert trail(2)[1] == ("proof.given", {})


@pytest.fixture
def told(app: Application, nobody: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Comes back with a token that says what the test wants it to."""
    published = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/auth",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/keys",
    }
    strange = {"kty": "of tomorrow", "kid": "0"}, {"kty": "EC", "kid": "3"}
    keys = {"keys": [*strange, KEY.as_dict(private=False)]}
    monkeypatch.setattr(Provider, "fetch", lambda self, address, token="": keys if "keys" in address else published)

    def told(
        key: ECKey = KEY, client: FlaskClient = nobody, purpose: str = "sign-in/provider", query: str = "",
        header: dict[str, str] | None = None, **claims: object,
    ) -> TestResponse:  # fmt: skip
        address = sent(client.post(f"/{purpose}"))
        state, nonce = (re.search(rf"{name}=([^&]+)", address)[1] for name in ("state", "nonce"))
        now = int(time.time())
        said = {"iss": ISSUER, "aud": "trackr", "sub": "7", "iat": now, "exp": now + 60, "nonce": nonce}
        said |= {"email": "claire@town.example", "email_verified": True} | claims
        token = jwt.encode(header or {"alg": "ES256", "kid": "1"}, {k: v for k, v in said.items() if v}, key)
        monkeypatch.setattr(exchange, "_fetch_token", lambda *_: {"id_token": token})
        return client.get(f"/sign-in/provider?code=1&state={state}{query}")

    return told


def test_a_token_that_is_not_for_this_sign_in_lets_nobody_in(told: Told, nobody: FlaskClient) -> None:
    stranger, past = ECKey.generate_key("P-256", {"kid": "1"}), int(time.time()) - 3600
    wrong: list[dict[str, Any]] = [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": ["trackr", "another"], "azp": "another"},
        {"iss": "https://elsewhere.example"}, {"exp": past}, {"exp": None}, {"iat": past + 7200}, {"sub": None},
        {"sub": "x" * 300}, {"key": stranger}, {"header": {"alg": "ES256", "kid": "2"}},
        {"query": "&iss=https://elsewhere.example"},
    ]  # fmt: skip
    assert [told(**claims).status_code for claims in wrong] == [400] * len(wrong)
    assert not LinkedAccount.select().exists() and nobody.get("/account").status_code == 303
    assert told(email_verified="false").status_code == told(email_verified=None).status_code == 403
    assert told(email_verified="true", query=f"&iss={ISSUER}").location == "/"


def test_a_proof_is_of_ones_own_account_and_not_of_before(told: Told, people: Cast, sign_in: SignIn) -> None:
    claire, now = sign_in(people.claire), int(time.time())
    LinkedAccount.link(people.claire, ISSUER, "7")
    LinkedAccount.link(people.zoe, ISSUER, "8")
    proof = {"client": claire, "purpose": "proof/provider"}
    assert told(**proof).status_code == told(auth_time=now - 3600, **proof).status_code == 403
    assert told(auth_time=now, sub="8", **proof).status_code == 403
    assert told(auth_time=now, **proof).location == "/"
    taken = told(sub="8", client=claire, purpose="linked-accounts")
    assert taken.status_code == 403 and "belongs to somebody else" in taken.text


def test_where_it_does_not_answer_a_page_says_so_and_the_other_ways_are_open(
    people: Cast, settings: Settings, only_app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "trackr", "oidc_name": "Example"}
    client = use(only_app, settings, given).test_client()
    answer = client.post("/sign-in/provider")
    assert answer.status_code == 503 and "Example does not answer" in answer.text
    assert client.get("/sign-in").status_code == 200
    other = {"issuer": "https://elsewhere.example"}
    monkeypatch.setattr(Provider, "fetch", lambda *_: other)
    with pytest.raises(Unreachable, match="calls itself"):
        Provider(replace(settings, **given)).published()
    other.update(issuer=given["oidc_issuer"], authorization_endpoint="http://elsewhere.example/auth")
    with pytest.raises(Unreachable, match="no encrypted address"):
        Provider(replace(settings, **given)).published()


def test_without_what_it_needs_it_says_what_is_missing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Provider(settings).trouble == "" and not Provider(settings).is_ready
    half = replace(settings, oidc_issuer=ISSUER)
    assert "TRACKR_OIDC_CLIENT_ID and TRACKR_BASE_URL" in Provider(half).trouble
    whole = replace(half, oidc_client_id="trackr", base_url="http://localhost")
    assert Provider(whole).is_ready and Provider(whole).name == "login.example.org"
    monkeypatch.setattr("trackr.oidc.provider.find_spec", lambda name: None)
    assert "with its extra oidc" in Provider(whole).trouble and not Provider(whole).is_ready
