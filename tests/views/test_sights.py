"""POST /projects/<slug>/sights, and what is unread on every page that lists tickets."""

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX
from trackr.models import Ticket

SIGHTS = "/projects/intranet/sights"
LISTS = ("/projects/intranet", "/projects/intranet/tickets")


@pytest.fixture(autouse=True)
def ticket(stand_still: None, people: Cast, clock: Clock) -> Ticket:
    """Claire asks an hour after everybody came, and Sam answers."""
    clock.forward(hours=1)
    ticket = people.ticket(people.claire, title="Asked by Claire")
    clock.forward(minutes=1)
    people.comment(ticket, people.sam)
    return ticket


def is_unread(browser: FlaskClient) -> list[bool]:
    texts = [browser.get(address, headers=HTMX).text for address in LISTS]
    assert all("Asked by Claire" in text for text in texts)
    return ["data-unread" in text and "<u>unread </u>" in text for text in texts]


@pytest.mark.parametrize("name", ["olive", "claire"])
def test_a_ticket_is_unread_until_it_is_opened(
    name: str, ticket: Ticket, olive: FlaskClient, claire: FlaskClient
) -> None:
    browser = {"olive": olive, "claire": claire}[name]
    assert is_unread(browser) == [True, True]
    browser.get(f"/tickets/{ticket.id}")
    assert is_unread(browser) == [False, False]


def test_who_wrote_last_after_reading_has_nothing_new(ticket: Ticket, people: Cast, olive: FlaskClient) -> None:
    olive.get(f"/tickets/{ticket.id}")
    olive.post(f"/tickets/{ticket.id}/comments", data={"body": "Thank you"})
    assert is_unread(olive) == [False, False]


@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender"])
def test_what_is_only_fetched_in_advance_stays_unread(purpose: str, ticket: Ticket, olive: FlaskClient) -> None:
    olive.get(f"/tickets/{ticket.id}", headers={"Sec-Purpose": purpose})
    olive.head(f"/tickets/{ticket.id}")
    assert is_unread(olive) == [True, True]


def test_a_page_that_brings_itself_up_to_date_has_been_seen(ticket: Ticket, people: Cast, olive: FlaskClient) -> None:
    olive.get(f"/tickets/{ticket.id}", headers=HTMX)
    assert is_unread(olive) == [False, False]


def test_two_readers_of_one_board_have_their_own_dots(ticket: Ticket, olive: FlaskClient, sam: FlaskClient) -> None:
    olive.get(f"/tickets/{ticket.id}")
    assert (is_unread(olive)[0], is_unread(sam)[0]) == (False, True)


def test_the_home_page_counts_what_is_unread(ticket: Ticket, olive: FlaskClient) -> None:
    assert "1 unread" in olive.get("/").text
    olive.get(f"/tickets/{ticket.id}")
    assert "unread" not in olive.get("/").text


def test_all_is_taken_as_read(olive: FlaskClient) -> None:
    assert f'action="{SIGHTS}"' in olive.get("/projects/intranet").text
    answer = olive.post(SIGHTS)
    assert (answer.status_code, answer.location) == (303, "/projects/intranet")
    assert is_unread(olive) == [False, False]
    assert "as read" not in olive.get("/projects/intranet").text


def test_a_client_of_own_tickets_has_nothing_of_others(people: Cast, clock: Clock, marc: FlaskClient) -> None:
    own = people.ticket(people.marc)
    clock.forward(minutes=1)
    people.comment(own, people.sam)
    assert "Mark one as read" in marc.get("/projects/intranet").text
    assert marc.post(SIGHTS).status_code == 303
    assert "as read" not in marc.get("/projects/intranet").text


def test_a_stranger_finds_nothing(zoe: FlaskClient) -> None:
    assert zoe.post(SIGHTS).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.post(SIGHTS).status_code == 303


def test_the_search_and_the_list_find_what_is_unread(ticket: Ticket, olive: FlaskClient) -> None:
    addresses = ("/search?q=is:unread", "/search?q=form is:unread", "/projects/intranet/tickets?q=is:unread")
    link = f"/tickets/{ticket.id}"
    ticket.change(ticket.requester, title="The form")
    assert [link in olive.get(address).text for address in addresses] == [True, True, True]
    olive.get(link)
    assert [link in olive.get(address).text for address in addresses] == [False, False, False]
    assert link not in olive.get("/search?q=is:unread is:closed").text
