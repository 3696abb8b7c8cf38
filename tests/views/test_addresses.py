"""PATCH /account with another address, and GET, POST /addresses/<change>: it is confirmed at both."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.conftest import SignIn
from tests.mailbox import Box, text_of
from tests.people import PASSWORD, Cast
from tests.views.answers import form_in
from trackr.mail import delivery
from trackr.models import Audit, Person

OLD, NEW = "claire@town.example", "claire@home.example"


@pytest.fixture(autouse=True)
def password(people: Cast) -> None:
    people.claire.set_password(PASSWORD)
    people.claire.save()


def ask(browser: FlaskClient, email: str = NEW, password: str = PASSWORD) -> TestResponse:
    return browser.patch("/account", data={"name": "Claire", "email": email, "current_password": password})


def link(box: Box, email: str) -> str:
    delivery.deliver()
    found = re.search(r"https://desk\.example(/addresses/\S+)", text_of(box.to(email)[-1]))
    assert found
    return found[1]


def address(people: Cast) -> str:
    return str(Person.get_by_id(people.claire.id).email)


def test_the_new_one_confirms_it_and_the_one_before_can_take_it_back(
    people: Cast, claire: FlaskClient, nobody: FlaskClient, box: Box
) -> None:
    assert form_in(ask(claire, password="wrong horse"), "/account").invalid == {"current_password"}
    assert ask(claire).status_code == 303 and address(people) == OLD
    assert NEW in claire.get("/account").text
    confirm, stop = link(box, NEW), link(box, OLD)
    assert [nobody.get(confirm).status_code for _look in range(2)] == [200] * 2 and address(people) == OLD
    assert nobody.post(confirm).location == "/sign-in" and address(people) == NEW
    assert nobody.get(confirm).status_code == nobody.post(confirm).status_code == 404
    assert claire.get("/account").status_code == 200
    assert form_in(ask(claire, "claire@more.example"), "/account").invalid == {"email"}
    assert OLD in nobody.get(stop).text and nobody.post(stop).location == "/sign-in"
    assert address(people) == OLD and claire.get("/account").status_code == 303
    assert nobody.get(stop).status_code == 404
    kinds = [line.kind for line in Audit.select().where(Audit.kind.startswith("address."))]
    assert kinds == ["address.asked", "address.changed", "address.stopped"]


def test_it_is_stopped_before_and_is_too_late_after_its_time(
    people: Cast, claire: FlaskClient, box: Box, clock: Clock, sign_in: SignIn
) -> None:
    ask(claire)
    confirm, stop = link(box, NEW), link(box, OLD)
    assert claire.post(stop).status_code == 303 and claire.post(confirm).status_code == 404
    again = sign_in(people.claire)
    ask(again)
    confirm, stop = link(box, NEW), link(box, OLD)
    clock.forward(days=1)
    assert again.get(confirm).status_code == 404 and again.get(stop).status_code == 200
    clock.forward(days=6)
    assert again.get(stop).status_code == 404 and address(people) == OLD


def test_an_address_that_is_somebody_s_is_answered_as_any_other_and_gets_no_mail(claire: FlaskClient, box: Box) -> None:
    assert [ask(claire, email).status_code for email in ("marc@town.example", NEW)] == [303, 303]
    delivery.deliver()
    assert {mail["To"] for mail in box.mails} == {NEW, OLD}


def test_without_mail_there_is_no_other_address(people: Cast, claire: FlaskClient) -> None:
    assert ask(claire).status_code == 303 and "email" not in form_in(claire.get("/account"), "/account").values
    assert address(people) == OLD
