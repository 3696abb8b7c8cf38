"""POST /projects/<slug>/bulk: many tickets changed at once."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX
from trackr.forms.bulk_changes import MOST
from trackr.models import Event, Tag, Ticket

BULK = "/projects/intranet/bulk"


@pytest.fixture
def three(people: Cast) -> list[int]:
    return [people.ticket(title=f"Ticket {number}").id for number in range(3)]


def seen(name: str) -> list[object]:
    return [getattr(ticket, name) for ticket in Ticket.select().order_by(Ticket.id)]


def test_what_is_ticked_is_changed_and_nothing_else(people: Cast, three: list[int], sam: FlaskClient) -> None:
    column = people.intranet.ordered_columns()[1]
    sent = {"tickets": three[:2], "column": column.id, "assignee": people.sam.id, "priority": "high"}
    answer = sam.post(f"{BULK}?sort=title&q=Ticket", data=sent)
    assert (answer.status_code, answer.location) == (303, "/projects/intranet/tickets?q=Ticket&sort=title")
    assert seen("priority") == ["high", "high", "normal"] and seen("assignee") == [people.sam, people.sam, None]
    assert [role.role for role in seen("column")] == ["active", "active", "new"]
    assert "2 tickets were changed." in sam.get(answer.location).text


def test_each_change_is_told_of_its_ticket(three: list[int], sam: FlaskClient) -> None:
    sam.post(BULK, data={"tickets": three, "priority": "low"})
    assert Event.select().where(Event.kind == "ticket.changed").count() == 3


def test_they_are_closed_and_one_that_is_stays_as_it_is(people: Cast, three: list[int], sam: FlaskClient) -> None:
    Ticket.get_by_id(three[0]).close(people.sam)
    answer = sam.post(BULK, data={"tickets": three, "close": "1"})
    assert all(seen("is_closed")) and "2 tickets were changed." in sam.get(answer.location).text


def test_they_are_taken_from_whom_they_were_assigned_to(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket(assignee=people.sam)
    sam.post(BULK, data={"tickets": [ticket.id], "assignee": "none"})
    assert seen("assignee") == [None]


def test_they_keep_their_order_in_the_other_column(people: Cast, three: list[int], sam: FlaskClient) -> None:
    column = people.intranet.ordered_columns()[2]
    sam.post(BULK, data={"tickets": [three[2], three[0], three[1]], "column": column.id})
    assert [ticket.id for ticket in Ticket.select().order_by(Ticket.position)] == [three[2], three[0], three[1]]


def test_tags_are_put_on_and_taken_off_and_nothing_is_changed_where_they_are_too_many(
    people: Cast, three: list[int], sam: FlaskClient
) -> None:
    first, second = (Ticket.get_by_id(number) for number in three[:2])
    Tag.put(first, people.sam, ["menu", "Old"])
    answer = sam.post(BULK, data={"tickets": three[:2], "add_tags": "Menu, print", "remove_tags": "old"})
    assert [Tag.names_on(ticket) for ticket in (first, second)] == [["menu", "print"]] * 2
    assert "2 tickets were changed." in sam.get(answer.location).text
    Tag.put(second, people.sam, [str(number) for number in range(10)])
    answer = sam.post(BULK, data={"tickets": three[:2], "add_tags": "eleven"})
    assert answer.status_code == 422 and "more than ten tags" in answer.text and 'value="eleven"' in answer.text
    assert Tag.names_on(first) == ["menu", "print"]


def test_tickets_of_other_projects_are_left_alone(people: Cast, three: list[int], sam: FlaskClient) -> None:
    other = Ticket.open(people.shop, people.zoe, title="Elsewhere")
    sam.post(BULK, data={"tickets": [three[0], other.id, 999], "priority": "urgent"})
    assert seen("priority") == ["urgent", "normal", "normal", "normal"]


def test_all_or_none(people: Cast, three: list[int], sam: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    close = Ticket.close

    def fail(ticket: Ticket, actor: object, at: object = None) -> None:
        if ticket.id == three[0]:
            raise OSError
        close(ticket, people.sam)

    monkeypatch.setattr(Ticket, "close", fail)
    assert sam.post(BULK, data={"tickets": three, "close": "1", "priority": "low"}).status_code == 500
    assert not any(seen("is_closed")) and set(seen("priority")) == {"normal"}


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"tickets": "x", "priority": "low"}, {"tickets": "1"}, {"tickets": "1", "column": "999"},
        {"tickets": "1", "priority": "9"}, {"tickets": "1", "assignee": "4"},
        {"tickets": list(range(MOST + 1)), "close": "1"}, {"tickets": "1", "priority": ["low", "high"]},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_what_cannot_be_is_told_and_what_was_ticked_stays(
    sent: dict[str, object], headers: dict[str, str], three: list[int], sam: FlaskClient
) -> None:
    answer = sam.post(BULK, data=sent, headers=headers)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert ('value="1" checked' in answer.text) == ("1" in str(sent.get("tickets", "")))
    assert set(seen("priority")) == {"normal"} and not any(seen("is_closed"))


def test_without_a_ticked_box_there_is_a_bar_for_staff_alone(
    three: list[int], sam: FlaskClient, claire: FlaskClient
) -> None:
    assert 'id="bulk"' in sam.get("/projects/intranet/tickets").text
    assert "bulk" not in claire.get("/projects/intranet/tickets").text


def test_nobody_else_may(three: list[int], claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    sent = {"tickets": three, "close": "1"}
    assert [one.post(BULK, data=sent).status_code for one in (claire, zoe, nobody)] == [403, 404, 303]
    assert not any(seen("is_closed"))
