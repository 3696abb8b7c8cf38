"""POST, DELETE /projects/<slug>/archival: a project is put away and taken out again."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Project

ARCHIVAL = "/projects/intranet/archival"

WRITES = [
    ("PATCH", "/projects/intranet/settings"), ("POST", "/projects/intranet/memberships"),
    ("POST", "/projects/intranet/purchases"), ("POST", "/projects/intranet/tickets"), ("PATCH", "/tickets/1"),
    ("PUT", "/tickets/1/placement"), ("POST", "/tickets/1/closure"), ("DELETE", "/tickets/1/closure"),
    ("POST", "/tickets/1/comments"), ("PATCH", "/tickets/1/comments/1"), ("DELETE", "/tickets/1/comments/1"),
    ("POST", "/tickets/1/entries"), ("PATCH", "/entries/1"), ("DELETE", "/entries/1"),
]  # fmt: skip
READS = ["", "/tickets", "/hours", "/meter", "/settings", "/memberships", "/pulse"]


def is_archived() -> bool:
    return Project.get(Project.slug == "intranet").is_archived


@pytest.fixture
def archived(people: Cast) -> None:
    """Ticket, comment and entry 1, in a project that was put away then."""
    ticket = people.ticket()
    people.comment(ticket, people.olive)
    people.entry(ticket, person=people.olive)
    people.intranet.archive(people.olive)


def test_the_owner_puts_a_project_away_and_takes_it_out_again(olive: FlaskClient) -> None:
    answer = olive.post(ARCHIVAL)
    assert (answer.status_code, answer.location, is_archived()) == (303, "/", True)
    answer = olive.delete(ARCHIVAL)
    assert (answer.status_code, answer.location, is_archived()) == (303, "/projects/intranet", False)


def test_the_settings_offer_the_way_back(archived: None, olive: FlaskClient) -> None:
    form = form_in(olive.get("/projects/intranet/settings"), ARCHIVAL)
    assert olive.post(ARCHIVAL, data=form.values).status_code == 303
    assert not is_archived()


def test_before_it_is_put_away_hours_on_no_statement_are_told(people: Cast, olive: FlaskClient) -> None:
    assert "Close them first" not in olive.get("/projects/intranet/settings").text
    people.entry(people.ticket())
    assert "Close them first" in olive.get("/projects/intranet/settings").text
    people.intranet.archive(people.olive)
    assert "Close them first" not in olive.get("/projects/intranet/settings").text


def test_htmx_is_told_where_to_go(olive: FlaskClient) -> None:
    answer = olive.post(ARCHIVAL, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/")


@pytest.mark.parametrize(("method", "address"), WRITES)
def test_nothing_is_written_to_what_is_put_away(method: str, address: str, archived: None, olive: FlaskClient) -> None:
    assert olive.open(address, method=method).status_code == 403


@pytest.mark.parametrize("address", READS)
def test_what_is_put_away_is_read(address: str, archived: None, olive: FlaskClient) -> None:
    assert olive.get(f"/projects/intranet{address}").status_code == 200


def test_a_client_reads_it_too(archived: None, claire: FlaskClient) -> None:
    assert claire.get("/projects/intranet").status_code == claire.get("/tickets/1").status_code == 200
    assert claire.post("/tickets/1/comments", data={"body": "Hello"}).status_code == 403


def test_only_the_owner_may(sam: FlaskClient, claire: FlaskClient) -> None:
    for browser in (sam, claire):
        assert browser.post(ARCHIVAL).status_code == browser.delete(ARCHIVAL).status_code == 403
    assert not is_archived()


def test_a_stranger_finds_nothing(zoe: FlaskClient) -> None:
    assert zoe.post(ARCHIVAL).status_code == zoe.delete(ARCHIVAL).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.post(ARCHIVAL).status_code == 303
    assert not is_archived()
