"""POST /tickets/<id>/transfer: a ticket moves to another project."""

from datetime import date

from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX
from trackr.models import Ticket, ledger


def test_what_will_happen_is_shown_first(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    people.entry(ticket, 45)
    address = f"/tickets/{ticket.id}/transfer"
    assert "Online shop" in sam.get(address).text
    page = sam.get(f"{address}?project=shop").text
    assert all(words in page for words in ("Zoe Zeller", "Claire Clement", "45\u00a0min", "Move it"))
    assert Ticket.get().project == people.intranet


def test_it_moves(people: Cast, sam: FlaskClient, claire: FlaskClient, zoe: FlaskClient) -> None:
    ticket = people.ticket()
    answer = sam.post(f"/tickets/{ticket.id}/transfer", data={"project": "shop"})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    statuses = [browser.get(f"/tickets/{ticket.id}").status_code for browser in (sam, claire, zoe)]
    assert statuses == [200, 404, 200]


def test_htmx_is_led_to_the_ticket(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    answer = sam.post(f"/tickets/{ticket.id}/transfer", data={"project": "shop"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/tickets/{ticket.id}")


def test_with_time_on_a_statement_it_says_why_not(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    people.entry(ticket, 60, day=date(2026, 3, 2))
    ledger.close(people.intranet, date(2026, 3, 5), people.olive)
    address = f"/tickets/{ticket.id}/transfer"
    assert "on a statement" in sam.get(f"{address}?project=shop").text
    answer = sam.post(address, data={"project": "shop"})
    assert answer.status_code == 422 and "on a statement" in answer.text


def test_a_project_that_is_not_there_is_refused(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    for slug in ("", "nowhere", "intranet"):
        answer = sam.post(f"/tickets/{ticket.id}/transfer", data={"project": slug})
        assert answer.status_code == 422 and 'role="alert"' in answer.text


def test_who_sees_one_of_the_two_projects_alone_moves_nothing(people: Cast, sign_in: SignIn) -> None:
    lee = sign_in(people.person("lee", "staff", limited=True, intranet=True))
    ticket = people.ticket()
    assert "Online shop" not in lee.get(f"/tickets/{ticket.id}/transfer").text
    assert lee.post(f"/tickets/{ticket.id}/transfer", data={"project": "shop"}).status_code == 422


def test_others_move_nothing(people: Cast, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    address, sent = f"/tickets/{people.ticket().id}/transfer", {"project": "shop"}
    statuses = [browser.post(address, data=sent).status_code for browser in (claire, zoe, nobody)]
    assert (statuses, Ticket.get().project) == ([403, 404, 303], people.intranet)
