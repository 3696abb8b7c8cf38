"""GET, PUT /tickets/<id>/placement: where a ticket stands on the board."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, is_page, regions
from trackr.models import Column, Ticket


@pytest.fixture
def active(people: Cast) -> Column:
    return people.intranet.ordered_columns()[1]


def address(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/placement"


def in_order(column: Column) -> list[int]:
    query = Ticket.select(Ticket.id).where(Ticket.column == column).order_by(Ticket.position, Ticket.id)
    return [number for (number,) in query.tuples()]


def test_a_ticket_is_placed_at_the_top_unless_said_otherwise(people: Cast, active: Column, sam: FlaskClient) -> None:
    there, ticket = people.ticket(column=active), people.ticket()
    answer = sam.put(address(ticket), data={"column": active.id})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert in_order(active) == [ticket.id, there.id]


def test_a_ticket_is_placed_where_it_was_dropped(people: Cast, active: Column, sam: FlaskClient) -> None:
    second, first, ticket = people.ticket(column=active), people.ticket(column=active), people.ticket()
    sam.put(address(ticket), data={"column": active.id, "position": "1"})
    assert in_order(active) == [first.id, ticket.id, second.id]


def test_a_plain_form_goes_back_to_the_board(people: Cast, active: Column, sam: FlaskClient) -> None:
    ticket = people.ticket()
    answer = sam.post(address(ticket), data={"_method": "PUT", "column": active.id, "board": "1"})
    assert (answer.status_code, answer.location) == (303, "/projects/intranet")


def test_htmx_is_answered_with_the_board_or_the_ticket(people: Cast, active: Column, sam: FlaskClient) -> None:
    ticket = people.ticket()
    board = sam.put(address(ticket), data={"column": active.id, "board": "1"}, headers=HTMX)
    page = sam.put(address(ticket), data={"column": active.id}, headers=HTMX)
    assert (board.status_code, page.status_code) == (200, 200)
    assert {"board", "pulse"} <= regions(board) and {"ticket", "side", "pulse"} <= regions(page)


def test_a_move_is_told_to_who_does_not_see_it(people: Cast, active: Column, sam: FlaskClient) -> None:
    ticket = people.ticket(title="The form")
    answer = sam.put(address(ticket), data={"column": active.id}, headers=HTMX)
    assert "“The form” is in In progress now." in answer.text


def test_a_move_within_a_column_tells_the_new_place(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket(title="The form")
    people.ticket()
    data = {"column": ticket.column.id, "position": "0", "board": "1"}
    assert "“The form” is number 1 in New now." in sam.put(address(ticket), data=data, headers=HTMX).text


def test_a_column_that_was_deleted_meanwhile_is_told_and_the_board_comes_back(
    people: Cast, active: Column, sam: FlaskClient
) -> None:
    ticket = people.ticket()
    active.remove(people.olive)
    answer = sam.put(address(ticket), data={"column": active.id, "position": "0", "board": "1"}, headers=HTMX)
    assert answer.status_code == 422 and "This column is not on the board any more." in answer.text
    assert {"board", "flash", "pulse"} <= regions(answer) and f'id="t-{ticket.id}"' in answer.text


def test_a_title_typed_below_such_a_column_is_kept(people: Cast, active: Column, sam: FlaskClient) -> None:
    active.remove(people.olive)
    data = {"title": "Half of it", "column": active.id, "stay": "1"}
    answer = sam.post("/projects/intranet/tickets", data=data, headers=HTMX)
    first = people.intranet.ordered_columns()[0]
    assert answer.status_code == 422 and 'value="Half of it"' in answer.text
    assert f"quick-{first.id}" in regions(answer) and Ticket.select().count() == 0


def test_what_two_people_move_at_once_stands_in_the_order_of_the_later_one(people: Cast, active: Column) -> None:
    cards = [people.ticket(column=active) for _ in range(4)][::-1]
    seen_by_sam, seen_by_olive = Ticket.get_by_id(cards[3].id), Ticket.get_by_id(cards[0].id)
    seen_by_olive.place(people.olive, active, 3)
    seen_by_sam.place(people.sam, active, 0)
    assert in_order(active) == [cards[3].id, cards[1].id, cards[2].id, cards[0].id]


def test_the_done_column_closes_and_another_reopens(people: Cast, active: Column, sam: FlaskClient) -> None:
    ticket, done = people.ticket(), people.intranet.ordered_columns()[3]
    sam.put(address(ticket), data={"column": done.id})
    assert Ticket.get().is_closed
    sam.put(address(ticket), data={"column": active.id})
    assert not Ticket.get().is_closed


def test_the_choice_is_a_page_and_for_htmx_a_dialog(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    page, dialog = sam.get(address(ticket)), sam.get(address(ticket), headers=HTMX)
    assert is_page(page) and not is_page(dialog) and "<dialog" in dialog.text
    for column in people.intranet.ordered_columns():
        assert f'value="{column.id}"' in page.text and f'value="{column.id}"' in dialog.text


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"column": ""}, {"column": "x"}, {"column": "999"}, {"column": "shop"}, {"column": "2", "position": "-1"},
        {"column": "2", "position": "1.5"}, {"column": "2", "position": "9" * 30},
    ],
    ids=str,
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused(sent: dict[str, str], people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    if sent.get("column") == "shop":
        sent = {"column": str(people.shop.ordered_columns()[0].id)}
    assert sam.put(address(ticket), data=sent).status_code == 422
    assert sam.put(address(ticket), data=sent, headers=HTMX).status_code == 422
    assert Ticket.get().column == ticket.column


def test_clients_may_not(people: Cast, active: Column, claire: FlaskClient) -> None:
    ticket = people.ticket()
    assert claire.get(address(ticket)).status_code == 403
    assert claire.put(address(ticket), data={"column": active.id}).status_code == 403
    assert Ticket.get().column == ticket.column


def test_a_stranger_finds_nothing(people: Cast, active: Column, zoe: FlaskClient) -> None:
    ticket = people.ticket()
    assert zoe.get(address(ticket)).status_code == 404
    assert zoe.put(address(ticket), data={"column": active.id}).status_code == 404


def test_signed_out_is_led_to_the_sign_in(people: Cast, active: Column, nobody: FlaskClient) -> None:
    assert nobody.put(address(people.ticket()), data={"column": active.id}).status_code == 303
    assert Ticket.get().column != active
