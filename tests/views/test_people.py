"""/access, /devices/<device>, /people/<person> with devices, data, erasure and glance: who may what, and its end."""

import json
import zipfile
from io import BytesIO

from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Agency, Audit, Membership, Person, Session, Sight

MEMBERSHIPS = "/projects/intranet/memberships"


def test_the_table_tells_in_words_what_everybody_may(people: Cast, olive: FlaskClient) -> None:
    people.person("lee", "staff", limited=True, shop=True)
    text = olive.get("/access").text
    for words in (
        "everything of it",
        "all tickets",
        "own and shared tickets",
        "no hours",
        "some projects only",
        "invite coll",
    ):
        assert words in text
    place = people.memberships["marc"]
    values = form_in(olive.get(f"{MEMBERSHIPS}?member={place.id}"), MEMBERSHIPS).values
    assert (values["email"], values["sees"], "hours" in values) == ("marc@town.example", "own", False)
    olive.post(MEMBERSHIPS, data=values | {"hours": "1"})
    assert Membership.get_by_id(place.id).hours and Audit.get(Audit.kind == "membership.changed").subject == people.marc


def test_what_is_kept_is_set_and_too_short_a_trail_refused(olive: FlaskClient) -> None:
    answer = olive.patch("/access", data={"audit_days": "30"})
    assert (answer.status_code, form_in(answer, "/access").invalid) == (422, {"audit_days"})
    assert olive.patch("/access", data={"audit_days": "90", "file_days": "400"}, headers=HTMX).status_code == 204
    assert (Agency.get().audit_days, Agency.get().file_days) == (90, 400)
    assert Audit.get(Audit.kind == "settings", Audit.person == 1, Audit.detail.contains("access")).details


def test_who_is_shut_out_is_out_at_once_and_let_in_again(people: Cast, olive: FlaskClient, claire: FlaskClient) -> None:
    address = f"/people/{people.claire.id}"
    values = form_in(olive.get(address), address).values
    assert values["active"] == "1" and claire.get("/account").status_code == 200
    del values["active"]
    assert olive.post(address, data=values).location == address
    assert claire.get("/").status_code == 303 and not Person.get_by_id(people.claire.id).active
    olive.post(address, data=values | {"active": "1"})
    assert claire.get("/").status_code == 303 and Person.get_by_id(people.claire.id).active


def test_an_owner_is_made_and_nobody_takes_it_from_themselves(people: Cast, olive: FlaskClient) -> None:
    assert olive.patch(f"/people/{people.sam.id}", data={"role": "owner", "active": "1"}).status_code == 303
    assert Person.get_by_id(people.sam.id).is_owner
    assert olive.patch(f"/people/{people.claire.id}", data={"role": "owner", "active": "1"}).status_code == 422
    answer = olive.patch(f"/people/{people.olive.id}", data={"role": "staff", "active": "1"})
    assert answer.status_code == 422 and "another owner can" in answer.text


def test_one_ends_ones_devices_and_the_owner_anybody_s(
    people: Cast, claire: FlaskClient, olive: FlaskClient, sign_in: SignIn
) -> None:
    others = [sign_in(people.claire) for _ in range(3)]
    ids = [session.id for session in Session.open_ones(people.claire)]
    assert claire.get("/account", headers={"User-Agent": "Firefox on Linux"}).text.count("/devices/") == 4
    assert claire.delete(f"/devices/{ids[0]}").location == "/account" and others[2].get("/").status_code == 303
    assert claire.delete(f"/people/{people.claire.id}/devices").status_code == 303
    assert others[0].get("/").status_code == 303 and claire.get("/account").status_code == 200
    assert olive.delete(f"/people/{people.claire.id}/devices").location == f"/people/{people.claire.id}"
    assert claire.get("/").status_code == 303


def test_the_owner_sees_as_claire_and_writes_nothing(
    people: Cast, olive: FlaskClient, claire: FlaskClient, clock: Clock
) -> None:
    ticket = people.ticket(people.marc)
    people.comment(ticket, people.sam)
    clock.forward(minutes=1)
    assert olive.post(f"/people/{people.claire.id}/glance").location == "/"
    page = olive.get(f"/tickets/{ticket.id}").text
    assert "You see what Claire Clement sees" in page and 'data-for="client"' in page
    assert Sight.select().where(Sight.person == people.claire).count() == 0  # nor does it count as read by her
    for method, address in (
        ("post", f"/tickets/{ticket.id}/comments"), ("patch", "/account"), ("get", "/account"), ("get", "/access"),
        ("get", f"/people/{people.claire.id}/data.zip"), ("put", f"/drafts/reply:{ticket.id}"),
        ("post", "/projects/intranet/sights"),
    ):  # fmt: skip
        assert getattr(olive, method)(address, data={"body": "Hi", "name": "X"}).status_code == 403, address
    olive.get("/projects/intranet/tickets.csv")
    assert Audit.get(Audit.kind == "export").person == people.olive
    assert olive.delete("/glance").location == f"/people/{people.claire.id}"
    assert olive.get("/access").status_code == 200 and "You see what" not in claire.get("/").text
    kinds = [line.kind for line in Audit.select().where(Audit.subject == people.claire)]
    assert kinds == ["seen_as.began", "seen_as.ended"]
    assert olive.post(f"/people/{people.olive.id}/glance").status_code == 422


def test_a_person_takes_their_data_along(people: Cast, claire: FlaskClient) -> None:
    people.file(people.ticket(), people.claire, name="plan.txt", content=b"The plan")
    answer = claire.get(f"/people/{people.claire.id}/data.zip")
    with zipfile.ZipFile(BytesIO(answer.data)) as whole:
        told = json.loads(whole.read("person.json"))
        assert [whole.read(name) for name in whole.namelist()[1:]] == [b"The plan"]
    assert (told["person"]["email"], len(told["tickets"])) == ("claire@town.example", 1)


def test_somebody_is_forgotten_once_their_address_is_typed(people: Cast, olive: FlaskClient) -> None:
    address = f"/people/{people.claire.id}/erasure"
    answer = olive.post(address, data={"confirm": "claire"})
    assert (answer.status_code, form_in(answer, address).invalid) == (422, {"confirm"})
    assert olive.post(address, data={"confirm": "Claire@town.example"}).location == "/access"
    assert Person.get_by_id(people.claire.id).erased_at and "Clement" not in olive.get("/access").text
