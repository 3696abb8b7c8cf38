"""GET, POST /projects/<slug>/memberships, DELETE …/<id>: who takes part, and how much each sees."""

import re

import pytest
from flask.testing import FlaskClient

from tests.people import PASSWORD, Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Membership, Person, Session

MEMBERSHIPS = "/projects/intranet/memberships"
NADIA = {"email": "Nadia@Town.example", "name": "Nadia Noir", "role": "client", "sees": "own", "hours": "1"}


def member(email: str) -> Membership:
    return Membership.select().join(Person).where(Person.email == email).get()


def test_staff_see_who_takes_part(sam: FlaskClient) -> None:
    text = sam.get(MEMBERSHIPS).text
    assert "claire@town.example" in text and "marc@town.example" in text and "zoe@shop.example" not in text


def test_the_owner_brings_somebody_in(olive: FlaskClient) -> None:
    answer = olive.post(MEMBERSHIPS, data=NADIA)
    assert (answer.status_code, answer.location) == (303, MEMBERSHIPS)
    nadia = member("nadia@town.example")
    assert (nadia.person.name, nadia.person.role, nadia.sees, nadia.hours) == ("Nadia Noir", "client", "own", True)


def test_who_is_new_is_given_a_link_that_is_shown_once(olive: FlaskClient, nobody: FlaskClient) -> None:
    page = olive.post(MEMBERSHIPS, data=NADIA, follow_redirects=True)
    link = re.search(r"http://localhost(/invitations/[\w-]+)", page.text)
    assert link and nobody.post(link[1], data={"password": PASSWORD}).status_code == 303
    assert nobody.get("/projects/intranet").status_code == 200
    assert link[1] not in olive.get(MEMBERSHIPS).text


def test_without_a_mark_hours_are_not_shown(olive: FlaskClient) -> None:
    olive.post(MEMBERSHIPS, data={"email": "nadia@town.example"})
    nadia = member("nadia@town.example")
    assert (nadia.person.name, nadia.person.role, nadia.sees, nadia.hours) == ("nadia", "client", "all", False)


@pytest.mark.parametrize(
    ("sent", "rights"),
    [
        ({"rights": "1"}, (False, False)), ({"rights": "1", "accepts": "1"}, (True, False)),
        ({"rights": "1", "requests": "1"}, (False, True)), ({"requests": "0"}, (True, False)), ({}, (True, True)),
    ],
)  # fmt: skip
def test_a_client_may_be_kept_from_agreeing_and_asking(
    sent: dict[str, str], rights: tuple[bool, bool], olive: FlaskClient
) -> None:
    olive.post(MEMBERSHIPS, data=NADIA | sent)
    nadia = member("nadia@town.example")
    assert (nadia.accepts, nadia.requests) == rights
    olive.post(MEMBERSHIPS, data=NADIA)  # what a form does not send stays
    nadia = member("nadia@town.example")
    assert (nadia.accepts, nadia.requests) == rights


def test_a_client_may_be_kept_from_approving(olive: FlaskClient) -> None:
    for sent, approves in (({"rights": "1"}, False), ({}, False), ({"approves": "1"}, True)):
        olive.post(MEMBERSHIPS, data=NADIA | sent)
        assert member("nadia@town.example").approves == approves


def test_the_form_offers_all_three_and_the_page_tells_them(people: Cast, sam: FlaskClient, olive: FlaskClient) -> None:
    form = form_in(olive.get(MEMBERSHIPS), MEMBERSHIPS)
    assert [form.values[name] for name in ("rights", "hours", "accepts", "requests", "approves")] == ["1"] * 5
    assert "may accept estimates, ask for hours, approve statements" in sam.get(MEMBERSHIPS).text


def test_who_has_a_password_keeps_it_and_is_given_no_link(people: Cast, olive: FlaskClient) -> None:
    people.zoe.set_password(PASSWORD)
    people.zoe.save()
    page = olive.post(MEMBERSHIPS, data={"email": "zoe@shop.example", "name": "Other"}, follow_redirects=True)
    assert "/invitations/" not in page.text
    assert Person.authenticate("zoe@shop.example", PASSWORD).name == "Zoe Zeller"
    assert member("zoe@shop.example")


def test_who_comes_in_without_a_password_is_invited_once(people: Cast, olive: FlaskClient) -> None:
    member = {"email": people.marc.email, "name": "Marc", "role": "client", "sees": "own"}
    assert "/invitations/" in olive.post(MEMBERSHIPS, data=member, follow_redirects=True).text
    assert "has not come in yet" in olive.get(MEMBERSHIPS).text
    for person in (people.claire, people.marc):
        Session.begin(person, strong=False)
    again = olive.post(MEMBERSHIPS, data=member, follow_redirects=True).text
    assert "Marc Moreau takes part." in again
    assert "/invitations/" not in again
    assert "has not come in yet" not in again


def test_who_may_not_come_in_is_given_no_link_that_leads_nowhere(people: Cast, olive: FlaskClient) -> None:
    Person.update(active=False).where(Person.id == people.marc.id).execute()
    member = {"email": people.marc.email, "name": "Marc", "role": "client", "sees": "own"}
    told = olive.post(MEMBERSHIPS, data=member, follow_redirects=True).text
    assert "Marc Moreau takes part, but may not come in: an owner can change that." in told
    assert "/invitations/" not in told
    assert "marc@town.example, may not come in" in told


def test_bringing_a_member_in_again_changes_what_they_see(people: Cast, olive: FlaskClient) -> None:
    olive.post(MEMBERSHIPS, data={"email": "claire@town.example", "sees": "own"})
    claire = member("claire@town.example")
    assert (claire.id, claire.sees, claire.hours) == (people.memberships["claire"].id, "own", False)


def test_new_staff_see_the_projects_they_were_brought_into(olive: FlaskClient) -> None:
    olive.post(MEMBERSHIPS, data={"email": "lee@cobalt.example", "role": "staff"})
    assert member("lee@cobalt.example").person.limited


@pytest.mark.parametrize(
    ("field", "typed"),
    [("email", ""), ("email", "nadia"), ("email", "a@b"), ("name", "x" * 101), ("role", "owner"), ("sees", "none")],
)
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(field: str, typed: str, olive: FlaskClient) -> None:
    answer = olive.post(MEMBERSHIPS, data=NADIA | {field: typed})
    form = form_in(answer, MEMBERSHIPS)
    assert (answer.status_code, form.invalid) == (422, {field})
    kept = {name: value for name, value in NADIA.items() if name != field}
    assert {name: form.values[name] for name in kept} == kept
    assert Membership.select().count() == 3


@pytest.mark.parametrize(("email", "role"), [("sam@cobalt.example", "client"), ("claire@town.example", "staff")])
def test_nobody_is_client_and_staff(email: str, role: str, olive: FlaskClient) -> None:
    answer = olive.post(MEMBERSHIPS, data={"email": email, "role": role})
    assert (answer.status_code, form_in(answer, MEMBERSHIPS).invalid) == (422, {"role"})
    assert Membership.select().count() == 3


def test_htmx_is_told_where_to_go(olive: FlaskClient) -> None:
    answer = olive.post(MEMBERSHIPS, data=NADIA, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, MEMBERSHIPS)


def test_who_is_removed_sees_nothing_any_more(people: Cast, olive: FlaskClient, claire: FlaskClient) -> None:
    answer = olive.delete(f"{MEMBERSHIPS}/{people.memberships['claire'].id}")
    assert (answer.status_code, answer.location) == (303, MEMBERSHIPS)
    assert claire.get("/projects/intranet").status_code == 404
    assert Person.by_email("claire@town.example").active


def test_a_plain_form_removes_too(people: Cast, olive: FlaskClient) -> None:
    address = f"{MEMBERSHIPS}/{people.memberships['marc'].id}"
    assert olive.post(address, data=form_in(olive.get(MEMBERSHIPS), address).values).status_code == 303
    assert Membership.select().count() == 2


def test_a_member_of_another_project_is_not_found_here(people: Cast, olive: FlaskClient) -> None:
    assert olive.delete(f"{MEMBERSHIPS}/{people.memberships['zoe'].id}").status_code == 404


def test_staff_see_and_may_not_change(people: Cast, sam: FlaskClient) -> None:
    assert sam.post(MEMBERSHIPS, data=NADIA).status_code == 403
    assert sam.delete(f"{MEMBERSHIPS}/{people.memberships['claire'].id}").status_code == 403


def test_clients_may_not(claire: FlaskClient) -> None:
    assert claire.get(MEMBERSHIPS).status_code == claire.post(MEMBERSHIPS, data=NADIA).status_code == 403


def test_a_stranger_finds_nothing(zoe: FlaskClient) -> None:
    assert zoe.get(MEMBERSHIPS).status_code == zoe.post(MEMBERSHIPS, data=NADIA).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get(MEMBERSHIPS).status_code == nobody.post(MEMBERSHIPS, data=NADIA).status_code == 303
    assert Membership.select().count() == 3
