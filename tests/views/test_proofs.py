"""What is sensitive asks again who is there, after an hour, and goes on with what was sent."""

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.mailbox import Box
from tests.people import PASSWORD, Cast
from tests.views.answers import HTMX, form_in
from tests.views.test_mailed_keys import mailed
from trackr.models import Audit, Authenticator, Membership, Session

MEMBERSHIPS = "/projects/intranet/memberships"
NADIA = {"email": "nadia@town.example", "name": "Nadia <Noir>", "role": "client", "sees": "own"}


@pytest.fixture(autouse=True)
def an_hour_later(people: Cast, olive: FlaskClient, clock: Clock) -> None:
    people.olive.password_hash = None
    clock.forward(hours=1)


@pytest.fixture
def password(people: Cast) -> None:
    from trackr.models import Person
    from trackr.models.person import _hasher

    Person.update(password_hash=_hasher.hash(PASSWORD)).where(Person.id == people.olive.id).execute()


def members() -> int:
    return Membership.select().count()


def test_it_goes_on_with_what_was_sent_once_the_password_is_typed(password: None, olive: FlaskClient) -> None:
    answer = olive.post(MEMBERSHIPS, data=NADIA)
    form = form_in(answer, MEMBERSHIPS)
    assert (answer.status_code, members()) == (403, 3)
    assert {name: form.values[name] for name in NADIA} == NADIA
    wrong = olive.post(MEMBERSHIPS, data=form.values | {"_proof": "wrong horse battery"})
    assert (wrong.status_code, members(), form_in(wrong, MEMBERSHIPS).invalid) == (403, 3, {"_proof"})
    assert PASSWORD not in wrong.text and "wrong horse" not in wrong.text
    assert olive.post(MEMBERSHIPS, data=form.values | {"_proof": PASSWORD}).status_code == 303
    assert members() == 4
    kinds = [line.kind for line in Audit.select().order_by(Audit.id.desc()).limit(3)]
    assert kinds == ["membership.granted", "proof.given", "session.refused"]


def test_for_an_hour_it_does_not_ask_again_and_the_method_is_kept(
    password: None, people: Cast, olive: FlaskClient
) -> None:
    address = f"/people/{people.marc.id}"
    form = form_in(olive.patch(address, data={"active": "1"}), address)
    assert form.values == {"active": "1", "_method": "PATCH", "_proof": ""}
    assert olive.post(address, data=form.values | {"_proof": PASSWORD}).status_code == 303
    assert olive.post(MEMBERSHIPS, data=NADIA).status_code == 303


def test_htmx_puts_it_in_the_place_of_the_page(password: None, olive: FlaskClient) -> None:
    answer = olive.post(MEMBERSHIPS, data=NADIA, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (403, "#main")
    assert "<html" not in answer.text and form_in(answer, MEMBERSHIPS).values["name"] == NADIA["name"]


def test_who_has_an_app_shows_a_code(people: Cast, olive: FlaskClient, clock: Clock) -> None:
    secret = Authenticator.new_secret()
    Authenticator.set(people.olive, secret, pyotp.TOTP(secret).at(clock.at))
    used = {"_proof": pyotp.TOTP(secret).at(clock.at)}
    assert olive.post(MEMBERSHIPS, data=NADIA | used).status_code == 403
    clock.forward(seconds=30)
    assert olive.post(MEMBERSHIPS, data=NADIA | {"_proof": pyotp.TOTP(secret).at(clock.at)}).status_code == 303


def test_who_has_nothing_to_show_signs_in_again(olive: FlaskClient) -> None:
    answer = olive.post(MEMBERSHIPS, data=NADIA)
    assert (answer.status_code, members()) == (403, 3) and "Sign out and in again" in answer.text


def test_who_has_no_password_has_a_code_mailed_and_what_was_typed_is_kept(
    olive: FlaskClient, box: Box, sign_in: SignIn, people: Cast
) -> None:
    form = form_in(olive.post(MEMBERSHIPS, data=NADIA), MEMBERSHIPS)
    assert "_proof" not in form.values and not box.mails
    form = form_in(olive.post(MEMBERSHIPS, data=form.values | {"_mail_me": "1"}), MEMBERSHIPS)
    assert {name: form.values[name] for name in NADIA} == NADIA and form.values["_proof"] == ""
    code = {"_proof": mailed(box, people.olive.email)[1]}
    other = sign_in(people.olive)
    Session.update(proved_at=0).execute()
    assert other.post(MEMBERSHIPS, data=form.values | code).status_code == 403  # which did not ask for it
    wrong = olive.post(MEMBERSHIPS, data=form.values | {"_proof": "x"})
    assert (wrong.status_code, form_in(wrong, MEMBERSHIPS).invalid, members()) == (403, {"_proof"}, 3)
    assert olive.post(MEMBERSHIPS, data=form.values | code).status_code == 303 and members() == 4
    Session.update(proved_at=0).execute()
    assert olive.post(MEMBERSHIPS, data=form.values | code).status_code == 403  # which is used up


def test_guessing_is_slowed_down(olive: FlaskClient, password: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackr.models.Person.has_password", lambda *_: False)
    tries = [olive.post(MEMBERSHIPS, data=NADIA | {"_proof": "x"}).status_code for _ in range(11)]
    assert tries == [403] * 10 + [429]


def test_what_is_sensitive_is_known(app: Flask) -> None:
    marked = {name for name, view in app.view_functions.items() if getattr(view, "is_sensitive", False)}
    people_and_rights = {"accesses.update", "memberships.create", "memberships.destroy", "people.update"}
    persons = {"erasures.create", "glances.create", "devices.destroy", "person_devices.destroy"}
    accounts = {"linked_accounts.create", "linked_accounts.destroy"}
    factors = {f"authenticators.{verb}" for verb in ("create", "update", "destroy")}
    assert people_and_rights | persons | accounts | factors <= marked
