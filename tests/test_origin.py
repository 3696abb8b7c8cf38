"""Writes that another site's page caused are refused, by the headers that browsers send and pages cannot forge."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.people import Cast
from trackr import create_app
from trackr.models import Ticket
from trackr.settings import Settings

HOST = "localhost"  # of the test client


@pytest.fixture
def claire(people: Cast, sign_in: SignIn) -> FlaskClient:
    people.ticket()
    return sign_in(people.claire)


def is_let_through(client: FlaskClient, headers: dict[str, str], method: str = "POST") -> bool:
    """Whether Claire's ticket may be closed, or reopened, by a request with these headers."""
    answer = client.open(f"/tickets/{Ticket.get().id}/closure", method=method, headers=headers)
    assert answer.status_code in (303, 403)
    return answer.status_code == 303


@pytest.mark.parametrize(("headers", "passes"), [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),  # typed, or from a bookmark
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),  # another host of the same domain
    ({"Sec-Fetch-Site": "anything"}, False),
    ({"Sec-Fetch-Site": ""}, False),
    ({"Origin": f"http://{HOST}"}, True),
    ({"Origin": f"https://{HOST}"}, True),  # behind a proxy that ends the encryption
    ({"Origin": "http://elsewhere.example"}, False),
    ({"Origin": f"http://{HOST}.elsewhere.example"}, False),
    ({"Origin": f"http://{HOST}:8080"}, False),
    ({"Origin": f"http://{HOST}@elsewhere.example"}, False),
    ({"Origin": "null"}, False),  # a sandboxed frame
    ({"Origin": ""}, False),
    ({"Origin": "http://["}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.example"}, True),  # a proxy that changes the host
    ({"Sec-Fetch-Site": "cross-site", "Origin": f"http://{HOST}"}, False),
    ({}, True),  # no browser
])  # fmt: skip
def test_the_headers_say_whether_the_page_was_ours(claire: FlaskClient, headers: dict[str, str], passes: bool) -> None:
    assert is_let_through(claire, headers) == passes
    assert Ticket.get().is_closed == passes


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_htmx_does_not_make_another_site_ours(claire: FlaskClient, method: str) -> None:
    assert not is_let_through(claire, {"Sec-Fetch-Site": "cross-site", "HX-Request": "true"}, method)


def test_a_method_that_a_form_names_is_a_write_like_any_other(claire: FlaskClient) -> None:
    form, headers = {"_method": "PATCH", "title": "Another"}, {"Sec-Fetch-Site": "cross-site"}
    assert claire.post(f"/tickets/{Ticket.get().id}", data=form, headers=headers).status_code == 403
    assert Ticket.get().title != "Another"


def test_nobody_is_signed_in_from_another_site(people: Cast, sign_in: SignIn) -> None:
    answer = sign_in(None).post("/sign-in", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_links_on_other_sites_lead_here(claire: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "http://elsewhere.example"}
    assert claire.get("/projects/intranet", headers=headers).status_code == 200


def test_the_address_that_people_open_is_ours_whatever_a_proxy_makes_of_the_host(
    settings: Settings, people: Cast
) -> None:
    client = create_app(replace(settings, base_url="https://tickets.example.org")).test_client()
    statuses = [
        client.post("/sign-in", headers={"Origin": origin}).status_code
        for origin in ("https://tickets.example.org", "https://other.example.org")
    ]
    assert statuses == [422, 403]


def test_who_asks_for_another_host_is_not_answered_once_the_instance_knows_its_own(
    settings: Settings, people: Cast
) -> None:
    client = create_app(replace(settings, base_url="https://tickets.example.org")).test_client()
    asked = {
        "tickets.example.org": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "elsewhere.example": 421,
        "tickets.example.org:444": 421, "localhost.elsewhere.example": 421,
    }  # fmt: skip
    answers = {host: client.get("/sign-in", headers={"Host": host}) for host in asked}
    assert {host: answer.status_code for host, answer in answers.items()} == asked
    assert "Strict-Transport-Security" in answers["127.0.0.1:8080"].headers


def test_who_was_signed_out_is_led_back_to_the_page_of_the_form_and_nowhere_else(sign_in: SignIn, people: Cast) -> None:
    pages = {
        f"http://{HOST}/tickets/1": "/sign-in?next=/tickets/1",
        "http://elsewhere.example/tickets/1": "/sign-in?next=/",
        "http://[": "/sign-in?next=/",
        "": "/sign-in?next=/",
    }
    post = sign_in(None).post
    assert {page: post("/projects", headers={"Referer": page}).location for page in pages} == pages
