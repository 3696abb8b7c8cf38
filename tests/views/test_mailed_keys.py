"""POST /sign-in without a password, GET, POST /sign-in/mailed and /sign-in/<key>: coming in by mail."""

import re

import pyotp
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.conftest import SignIn
from tests.mailbox import Box, text_of
from tests.people import PASSWORD, Cast
from tests.views.answers import form_in
from trackr.mail import delivery, keys
from trackr.models import Audit, Authenticator, Mail, MailedKey, Person, Session
from trackr.models.retention import sweep

PAGE = "/sign-in/mailed"


def ask(browser: FlaskClient, email: str = "claire@town.example", **fields: str) -> TestResponse:
    return browser.post("/sign-in", data={"email": email} | fields)


def mailed(box: Box, email: str = "claire@town.example") -> tuple[str, str]:
    """The link and the code of the mail that came last."""
    keys.mail_keys()
    delivery.deliver()
    mail = box.to(email)[-1]
    link, code = re.search(r"https://desk\.example(/sign-in/\S+)", text_of(mail)), re.search(r"\d{6}", mail["Subject"])
    assert link and code and code[0] in text_of(mail)
    return link[1], code[0]


def test_a_link_lets_in_once_on_any_device_and_looking_uses_nothing(
    nobody: FlaskClient, box: Box, sign_in: SignIn
) -> None:
    assert ask(nobody, " Claire@Town.Example", next="/projects/intranet/hours").location == PAGE
    (link, _code), other = mailed(box), sign_in(None)
    assert [other.open(link, method=method).status_code for method in ("GET", "HEAD", "GET")] == [200] * 3
    assert {key.sealed for key in MailedKey.select()} == {""}
    assert "claire@town.example" in other.get(link).text and other.get("/account").status_code == 303
    answer = other.post(link, data={"remember": "1"})
    assert (answer.status_code, answer.location) == (303, "/projects/intranet/hours")
    assert "Expires=" in answer.headers["Set-Cookie"] and other.get("/account").status_code == 200
    late = sign_in(None)
    assert late.get(link).status_code == late.post(link).status_code == 404
    began = Audit.select().where(Audit.kind == "session.began").order_by(Audit.id.desc()).get()
    assert (began.details, began.person.name) == ({"how": "mail"}, "Claire Clement")
    assert Mail.get(Mail.kind == "sign_in").sealed == "" and Session.get().remembered


def test_the_code_lets_in_where_it_was_asked_and_nowhere_else(nobody: FlaskClient, box: Box, sign_in: SignIn) -> None:
    ask(nobody)
    (link, code), other = mailed(box), sign_in(None)
    assert other.get(PAGE).location == other.post(PAGE, data={"code": code}).location == "/sign-in"
    ask(other, "marc@town.example")
    assert other.post(PAGE, data={"code": code}).status_code == 422
    assert code not in str(list(MailedKey.select().dicts())) and link.split("/")[2] not in str(MailedKey.get().__data__)
    answer = nobody.post(PAGE, data={"code": f" {code[:3]} {code[3:]}"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Expires=" not in answer.headers["Set-Cookie"]
    assert nobody.get("/account").status_code == 200 and other.get(link).status_code == 404


def test_five_wrong_codes_end_it_and_a_known_address_is_answered_as_an_unknown_one(
    people: Cast, sign_in: SignIn, box: Box
) -> None:
    Person.update(active=False).where(Person.id == people.marc.id).execute()
    told = []
    for email in ("claire@town.example", "who@town.example", "marc@town.example"):
        browser = sign_in(None)
        answers = [ask(browser, email), browser.get(PAGE)]
        answers += [browser.post(PAGE, data={"code": "12345x"}) for _try in range(6)]
        told.append([(one.status_code, one.location, one.text.replace(email, "")) for one in answers])
        if email.startswith("claire"):
            link, code = mailed(box)
            assert browser.post(PAGE, data={"code": code}).status_code == 422
            assert browser.get(link).status_code == 200  # which nobody can guess
    keys.mail_keys()
    assert {key.sealed for key in MailedKey.select()} == {""} and MailedKey.select().count() == 3
    assert told[0] == told[1] == told[2] and "Five tries" in told[0][6][2] and "No code is good" in told[0][7][2]
    assert len(box.mails) == 1 and Mail.select().count() == 1
    assert Audit.select().where(Audit.kind == "session.refused").count() == 15


def test_after_a_quarter_of_an_hour_and_for_who_is_shut_out_neither_lets_in(
    people: Cast, nobody: FlaskClient, box: Box, clock: Clock
) -> None:
    ask(nobody)
    link, code = mailed(box)
    Person.update(active=False).where(Person.id == people.claire.id).execute()
    assert nobody.get(link).status_code == nobody.post(link).status_code == 404
    assert nobody.post(PAGE, data={"code": code}).status_code == 422
    Person.update(active=True).execute()
    assert nobody.get(link).status_code == 200
    clock.forward(minutes=15)
    assert nobody.get(link).status_code == 404 and nobody.post(PAGE, data={"code": code}).status_code == 422
    clock.forward(days=1, minutes=1)
    sweep()
    assert not MailedKey.select().exists()


def test_a_second_factor_is_asked_for_even_so(people: Cast, nobody: FlaskClient, box: Box, clock: Clock) -> None:
    secret = Authenticator.new_secret()
    Authenticator.set(people.sam, secret, pyotp.TOTP(secret).at(clock.at))
    clock.forward(seconds=30)
    ask(nobody, "sam@cobalt.example", next="/week")
    _link, code = mailed(box, "sam@cobalt.example")
    assert nobody.post(PAGE, data={"code": code}).location == "/sign-in/code"
    assert nobody.get("/week").status_code == 303
    assert nobody.post("/sign-in/code", data={"code": pyotp.TOTP(secret).at(clock.at)}).location == "/week"


def test_mails_to_one_address_are_few(nobody: FlaskClient, box: Box) -> None:
    assert [ask(nobody).status_code for _try in range(6)] == [303] * 5 + [429]
    assert ask(nobody, "marc@town.example").status_code == 303


def test_it_goes_on_to_nowhere_else(nobody: FlaskClient, box: Box) -> None:
    ask(nobody, next="//elsewhere.example")
    assert nobody.post(mailed(box)[0]).location == "/"


def test_the_password_goes_on_beside_it_and_alone_where_mail_is_not_set_up(
    people: Cast, nobody: FlaskClient, request: pytest.FixtureRequest
) -> None:
    people.claire.set_password(PASSWORD)
    people.claire.save()
    page = nobody.get("/sign-in").text
    assert "E-mail me" not in page and form_in(ask(nobody), "/sign-in").invalid == {"password"}
    request.getfixturevalue("box")
    assert "E-mail me" in nobody.get("/sign-in").text and ask(nobody, "claire").status_code == 422
    answer = ask(nobody, password="wrong horse battery")
    assert answer.status_code == 422 and '<details class="instead" open>' in answer.text
    assert ask(nobody, password=PASSWORD).location == "/"


def test_who_forgot_the_password_comes_in_by_mail_and_chooses_another(
    people: Cast, nobody: FlaskClient, box: Box, sign_in: SignIn, clock: Clock
) -> None:
    people.claire.set_password(PASSWORD)
    people.claire.save()
    other, new = sign_in(people.claire), {"name": "Claire", "password": "another horse battery"}
    ask(nobody, next="/account#h-password")
    assert nobody.post(mailed(box)[0]).location == "/account#h-password"
    assert "current_password" not in form_in(nobody.get("/account"), "/account").values
    clock.forward(minutes=30)
    assert form_in(nobody.patch("/account", data=new), "/account").invalid == {"current_password"}
    clock.forward(minutes=-1)
    assert nobody.patch("/account", data=new).status_code == 303
    assert Person.authenticate("claire@town.example", "another horse battery")
    assert (nobody.get("/account").status_code, other.get("/account").status_code) == (200, 303)
    assert nobody.patch("/account", data=new | {"password": PASSWORD}).status_code == 422
