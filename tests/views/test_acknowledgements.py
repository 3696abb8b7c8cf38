"""PUT /statements/<number>/acknowledgement: a client says that a statement is fine."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Acknowledgement, Membership

SEEN = "/statements/12/acknowledgement"


@pytest.fixture(autouse=True)
def statement(people: Cast) -> None:
    people.statement()


def test_one_click_says_it_and_both_sides_read_who_and_when(
    people: Cast, claire: FlaskClient, sam: FlaskClient
) -> None:
    answer = claire.post(SEEN, data=form_in(claire.get("/statements/12"), SEEN).values)
    assert (answer.status_code, answer.location) == (303, "/statements/12")
    assert Acknowledgement.get().person == people.claire
    for browser in (claire, sam):
        assert "Seen by Claire Clement on 14 March" in browser.get("/statements/12").text
    assert SEEN not in claire.get("/statements/12").text


def test_htmx_is_told_where_to_go(claire: FlaskClient) -> None:
    assert claire.put(SEEN, headers=HTMX).headers["HX-Redirect"] == "/statements/12"


def test_the_page_says_when_silence_counts(people: Cast, claire: FlaskClient) -> None:
    people.intranet.change(people.olive, seen_days=15)
    assert "After 15 days without a word we take it as seen." in claire.get("/statements/12").text


def test_it_is_said_by_a_client_who_may(
    people: Cast, claire: FlaskClient, sam: FlaskClient, marc: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    Membership.update(approves=False).where(Membership.id == people.memberships["claire"].id).execute()
    assert "Seen, fine" not in claire.get("/statements/12").text + claire.get("/projects/intranet").text
    found = [browser.put(SEEN).status_code for browser in (claire, sam, marc, zoe, nobody)]
    assert (found, Acknowledgement.select().count()) == ([403, 403, 404, 404, 303], 0)
