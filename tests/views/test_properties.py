"""GET /tickets/<id>/properties: the menus that a and p open on a card of the board."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, is_page, regions
from trackr.models import Ticket


@pytest.mark.parametrize(("of", "choice"), [("assignee", "Sam Stone"), ("priority", "Urgent"), ("x", "Sam Stone")])
def test_for_htmx_the_menu_is_a_dialog(of: str, choice: str, people: Cast, sam: FlaskClient) -> None:
    answer = sam.get(f"/tickets/{people.ticket().id}/properties?of={of}", headers=HTMX)
    assert answer.status_code == 200 and not is_page(answer)
    assert "<dialog" in answer.text and choice in answer.text


def test_without_htmx_it_is_the_form_of_the_ticket(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    assert sam.get(f"/tickets/{ticket.id}/properties").location == f"/tickets/{ticket.id}/edit"


def test_what_is_chosen_comes_back_with_the_board(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    answer = sam.patch(f"/tickets/{ticket.id}", data={"board": "1", "priority": "urgent"}, headers=HTMX)
    assert answer.status_code == 200 and "board" in regions(answer)
    assert Ticket.get().priority == "urgent"


def test_clients_may_not_strangers_find_nothing_and_signed_out_is_told(
    people: Cast, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    address = f"/tickets/{people.ticket().id}/properties"
    assert [client.get(address, headers=HTMX).status_code for client in (claire, zoe, nobody)] == [403, 404, 401]
