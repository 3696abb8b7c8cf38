"""GET, POST /projects/<slug>/columns, GET …/<id>/edit, PATCH and DELETE …/<id>."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page, regions
from trackr.models import Column, Ticket

COLUMNS = "/projects/intranet/columns"
REVIEW = {"name": "Review", "role": "waiting"}


def named(name: str) -> Column:
    return Column.get(Column.name == name)


def address(people: Cast, place: int) -> str:
    return f"{COLUMNS}/{people.intranet.ordered_columns()[place].id}"


def order(people: Cast) -> list[str]:
    return [column.name for column in people.intranet.ordered_columns()]


def test_it_is_reached_from_the_board_and_the_settings(olive: FlaskClient, sam: FlaskClient) -> None:
    for page in ("/projects/intranet", "/projects/intranet/settings"):
        assert f'href="{COLUMNS}"' in olive.get(page).text
    assert COLUMNS not in sam.get("/projects/intranet").text


def test_one_is_added(people: Cast, olive: FlaskClient) -> None:
    answer = olive.post(COLUMNS, data=REVIEW)
    assert (answer.status_code, answer.location) == (303, COLUMNS)
    assert order(people)[3] == "Review" and "Review" in olive.get("/projects/intranet").text


@pytest.mark.parametrize(("field", "typed"), [("name", " "), ("name", "x" * 41), ("name", "new"), ("role", "blocked")])
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(
    people: Cast, field: str, typed: str, olive: FlaskClient
) -> None:
    for way, place in ((olive.post, COLUMNS), (olive.patch, address(people, 1))):
        answer = way(place, data=REVIEW | {field: typed})
        form = form_in(answer, place)
        assert (answer.status_code, form.invalid) == (422, {field})
        assert field == "role" or form.values["name"] == typed
    assert order(people) == ["New", "In progress", "Waiting on client", "Done"]


def test_a_thirteenth_is_refused_with_a_reason(people: Cast, olive: FlaskClient) -> None:
    for number in range(8):
        Column.add(people.intranet, people.olive, name=f"Step {number}")
    answer = olive.post(COLUMNS, data=REVIEW)
    assert answer.status_code == 422 and "twelve columns" in answer.text


def test_one_is_renamed(people: Cast, olive: FlaskClient) -> None:
    place = address(people, 1)
    values = form_in(olive.get(f"{place}/edit"), place).values
    assert values == {"_method": "PATCH", "name": "In progress", "role": "active"}
    assert olive.post(place, data=values | {"name": "Under way"}).location == COLUMNS
    assert order(people)[1] == "Under way"


def test_htmx_moves_one_and_is_brought_the_list(people: Cast, olive: FlaskClient) -> None:
    answer = olive.patch(address(people, 1), data={"position": "0"}, headers=HTMX)
    assert order(people)[0] == "In progress"
    assert not is_page(answer) and 'id="columns"' in answer.text and "live" in regions(answer)


def test_an_empty_one_is_deleted(people: Cast, olive: FlaskClient) -> None:
    answer = olive.post(address(people, 1), data={"_method": "DELETE"})
    assert (answer.location, order(people)) == (COLUMNS, ["New", "Waiting on client", "Done"])


def test_one_with_tickets_asks_where_they_go(people: Cast, olive: FlaskClient) -> None:
    ticket, place = people.ticket(column=people.intranet.ordered_columns()[1]), address(people, 1)
    answer = olive.post(place, data={"_method": "DELETE"})
    assert answer.status_code == 422 and "choose a column that takes them over" in answer.text
    done, waiting = named("Done"), named("Waiting on client")
    assert olive.delete(place, data={"heir": done.id}).status_code == 422
    assert olive.delete(place, data={"heir": waiting.id}).status_code == 303
    assert Ticket.get_by_id(ticket.id).column == waiting


def test_the_last_one_for_done_tickets_stays(people: Cast, olive: FlaskClient) -> None:
    answer = olive.delete(address(people, 3))
    assert answer.status_code == 422 and "the last of its kind" in answer.text


def test_a_ticket_opened_as_done_after_a_role_changed_is_closed(people: Cast, olive: FlaskClient) -> None:
    olive.patch(address(people, 1), data={"role": "done"})
    olive.post("/projects/intranet/tickets", data={"title": "Done already", "column": named("In progress").id})
    assert Ticket.get().is_closed


def test_only_the_owner_may(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    for browser in (sam, claire):
        assert browser.get(COLUMNS).status_code == browser.post(COLUMNS, data=REVIEW).status_code == 403
    assert sam.patch(address(people, 1), data=REVIEW).status_code == 403
    assert claire.delete(address(people, 1)).status_code == 404


def test_a_stranger_and_another_project_find_nothing(people: Cast, olive: FlaskClient, zoe: FlaskClient) -> None:
    other = people.shop.ordered_columns()[0].id
    assert olive.get(f"{COLUMNS}/{other}/edit").status_code == olive.get(f"{COLUMNS}/999/edit").status_code == 404
    assert zoe.get(COLUMNS).status_code == zoe.post(COLUMNS, data=REVIEW).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get(COLUMNS).location == f"/sign-in?next={COLUMNS}"
