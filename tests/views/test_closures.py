"""POST, DELETE /tickets/<id>/closure: a ticket is closed and reopened, by clients too."""

from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, regions
from trackr.models import Event, Ticket


def address(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/closure"


def test_a_client_closes_a_ticket_and_reopens_it(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket()
    answer = claire.post(address(ticket))
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert (Ticket.get().is_closed, Ticket.get().column.role) == (True, "done")
    assert claire.delete(address(ticket)).status_code == 303
    assert (Ticket.get().is_closed, Ticket.get().column.role) == (False, "active")


def test_the_ticket_s_page_offers_both(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    for closed in (True, False):
        form = form_in(sam.get(f"/tickets/{ticket.id}"), address(ticket))
        assert sam.post(address(ticket), data=form.values).status_code == 303
        assert Ticket.get().is_closed is closed


def test_htmx_is_answered_with_the_regions_that_change(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket()
    for answer in (claire.post(address(ticket), headers=HTMX), claire.delete(address(ticket), headers=HTMX)):
        assert answer.status_code == 200
        assert {"ticket", "side", "pulse"} <= regions(answer)


def test_closing_twice_is_closing_once(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    assert [sam.post(address(ticket)).status_code for _ in range(2)] == [303, 303]
    assert Event.select().where(Event.kind == "ticket.closed").count() == 1


def test_it_is_only_sent_and_never_looked_at(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    assert sam.get(address(ticket)).status_code == 405
    assert not Ticket.get().is_closed


def test_a_client_of_own_tickets_finds_nothing_of_others(people: Cast, marc: FlaskClient, zoe: FlaskClient) -> None:
    ticket = people.ticket()
    for browser in (marc, zoe):
        assert browser.post(address(ticket)).status_code == browser.delete(address(ticket)).status_code == 404
    assert not Ticket.get().is_closed


def test_signed_out_is_led_to_the_sign_in(people: Cast, nobody: FlaskClient) -> None:
    assert nobody.post(address(people.ticket())).status_code == 303
    assert not Ticket.get().is_closed
