"""GET, POST /canned-replies, GET …/<id>/edit, PATCH, DELETE …/<id>, and `?canned=` on a ticket."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page
from trackr.models import CannedReply

PLACE = "/canned-replies"
THANKS = {"name": "Thanks", "body": "Dear {client}, about {ticket}: {left} are left. {agent} {else}"}
FILLED = "Dear Claire Clement, about #1: 20 h are left. Sam Stone {else}"


@pytest.fixture
def reply(people: Cast) -> CannedReply:
    people.pack()
    people.ticket()
    return CannedReply.add(people.sam, **THANKS)


def test_one_is_added_mended_and_deleted(sam: FlaskClient) -> None:
    assert sam.post(PLACE, data=THANKS).location == PLACE
    place = f"{PLACE}/{CannedReply.get().id}"
    values = form_in(sam.get(f"{place}/edit"), place).values
    assert sam.post(place, data=values | {"name": "Thank you"}).location == PLACE
    assert "Thank you" in sam.get(PLACE).text
    assert sam.delete(place, headers=HTMX).headers["HX-Redirect"] == PLACE
    assert CannedReply.select().count() == 0


@pytest.mark.parametrize(("field", "typed"), [("name", " "), ("name", "thanks"), ("body", ""), ("body", "a" * 10_001)])
def test_what_is_wrong_is_marked(sam: FlaskClient, reply: CannedReply, field: str, typed: str) -> None:
    answer = sam.post(PLACE, data={"name": "Other", "body": "Text"} | {field: typed})
    assert (answer.status_code, form_in(answer, PLACE).invalid) == (422, {field})


def test_it_is_put_into_the_composer_by_an_address(sam: FlaskClient, reply: CannedReply) -> None:
    text = form_in(sam.get(f"/tickets/1?canned={reply.id}"), "/tickets/1/comments").values["body"]
    assert text.replace("\u00a0", " ") == FILLED
    assert form_in(sam.get("/tickets/1?canned=999"), "/tickets/1/comments").values["body"] == ""
    assert form_in(sam.get("/tickets/1"), "/tickets/1/comments").values["body"] == ""


def test_a_client_gets_none(claire: FlaskClient, reply: CannedReply) -> None:
    assert "Dear" not in claire.get(f"/tickets/1?canned={reply.id}").text
    assert claire.get(PLACE).status_code == 403
    assert claire.patch(f"{PLACE}/{reply.id}", data=THANKS).status_code == 404


def test_htmx_is_given_them_filled(sam: FlaskClient, reply: CannedReply) -> None:
    answer = sam.get(f"{PLACE}?ticket=1", headers=HTMX)
    assert not is_page(answer) and FILLED in answer.text.replace("\u00a0", " ")
    assert f"/tickets/1?canned={reply.id}" in sam.get(f"{PLACE}?ticket=1").text
    assert sam.get(f"{PLACE}?ticket=x").status_code == sam.get(f"{PLACE}?ticket=99").status_code == 200


def test_one_signs_in_first(nobody: FlaskClient) -> None:
    assert nobody.post(PLACE, data=THANKS, headers=HTMX).status_code == 401
