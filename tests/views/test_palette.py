"""GET /palette: a way to every page that its reader may open, and to no other."""

import re

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, is_page
from trackr.models import Ticket


def offered(client: FlaskClient, asked: str = "") -> dict[str, str]:
    """The addresses that are offered, with what is written on each."""
    answer = client.get("/palette", query_string={"q": asked}, headers=HTMX)
    assert answer.status_code == 200 and not is_page(answer)
    found = re.findall(r'<a role="option"[^>]*href="([^"]+)">(.*?)</a>', answer.text)
    return {address: re.sub(r"<[^>]+>", " ", words) for address, words in found}


def test_staff_are_led_to_every_page_of_a_project(people: Cast, olive: FlaskClient) -> None:
    own = {"", "/tickets", "/hours", "/memberships", "/settings", "/tickets/new", "/activity", "/year"}
    own |= {"/statements"}
    assert {f"/projects/intranet{page}" for page in own} == set(offered(olive, "intranet"))


def test_what_a_person_may_not_open_is_not_offered(people: Cast, sam: FlaskClient, marc: FlaskClient) -> None:
    assert "/projects/intranet/settings" not in offered(sam, "intranet")
    pages = ("", "/tickets", "/tickets/new", "/activity")
    assert set(offered(marc, "intranet")) == {f"/projects/intranet{page}" for page in pages}
    assert not {"/week", "/activities", "/activity"} & set(offered(marc))


def test_everything_that_is_offered_opens(
    people: Cast, olive: FlaskClient, sam: FlaskClient, claire: FlaskClient
) -> None:
    people.ticket()
    for client in (olive, sam, claire):
        for asked in ("", "intranet", "form", "s"):
            assert {client.get(address).status_code for address in offered(client, asked)} <= {200, 303}


@pytest.mark.parametrize("asked", ["ete", "ÉTÉ", "horaires d ete", "d'été hor", "  éte "])
def test_the_first_letters_of_words_are_enough_and_accents_do_not_count(
    asked: str, people: Cast, claire: FlaskClient
) -> None:
    ticket = people.ticket(title="Les horaires d’été sont faux")
    assert f"/tickets/{ticket.id}" in offered(claire, asked)


@pytest.mark.parametrize("asked", ["raires", "ete hiver", "%", "_"])
def test_what_does_not_fit_is_left_out(asked: str, people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket(title="Les horaires d’été sont faux")
    assert (f"/tickets/{ticket.id}" in offered(claire, asked)) == (asked in "%_")  # signs are no words: all fit


@pytest.mark.parametrize("sign", ["", "#"])
def test_a_number_leads_to_its_ticket_first(sign: str, people: Cast, sam: FlaskClient) -> None:
    tickets = [people.ticket(title=f"Version {number}") for number in range(4)]
    assert next(iter(offered(sam, f"{sign}{tickets[2].id}"))) == f"/tickets/{tickets[2].id}"


def test_tickets_of_others_are_not_offered(people: Cast, marc: FlaskClient, zoe: FlaskClient) -> None:
    hers, his = people.ticket(people.claire), people.ticket(people.marc)
    for asked in ("", "form", f"#{hers.id}"):
        assert f"/tickets/{hers.id}" not in offered(marc, asked)
        assert not any(address.startswith("/tickets/") for address in offered(zoe, asked))
    assert f"/tickets/{his.id}" in offered(marc, "form")


def test_an_archived_project_is_found_by_its_name(people: Cast, olive: FlaskClient) -> None:
    people.shop.archive(people.olive)
    assert set(offered(olive, "online")) == {"/projects/shop"}
    assert "/projects/shop" not in offered(olive)


def test_it_is_a_plain_page_with_links_too(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket(title="A <b>title</b>")
    page = claire.get("/palette?q=title")
    assert is_page(page) and 'value="title"' in page.text
    assert f'href="/tickets/{ticket.id}"' in page.text and "A &lt;b&gt;title" in page.text
    assert "Nothing fits these words." in claire.get("/palette?q=zzz").text


@pytest.mark.parametrize("asked", ["\x00", "9" * 300, "#" * 50, "\u0661", "a" * 5000, "é" * 90, "²", "-1"])
def test_whatever_is_asked_there_is_an_answer(asked: str, people: Cast, sam: FlaskClient) -> None:
    people.ticket()
    offered(sam, asked)


def test_many_tickets_are_not_all_offered(people: Cast, sam: FlaskClient) -> None:
    for number in range(30):
        Ticket.open(people.intranet, people.claire, title=f"Ticket {number}")
    assert len(offered(sam, "ticket")) <= 20


def test_signed_out_is_led_to_the_sign_in(people: Cast, nobody: FlaskClient) -> None:
    assert nobody.get("/palette").status_code == 303
    assert nobody.get("/palette", headers=HTMX).status_code == 401
