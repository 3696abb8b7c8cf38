"""Tags, due day, requester, title and text of a ticket, and the way to the ones around it."""

import re
from datetime import date

from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, form_in, regions
from trackr.models import Event, Tag, Ticket

LIST = "/projects/intranet/tickets"


def test_tags_are_added_and_taken_off(people: Cast, sam: FlaskClient) -> None:
    address = f"/tickets/{people.ticket().id}"
    sam.patch(address, data={"add_tags": " print ,  big  one\nprint"})
    assert Tag.names_on(Ticket.get()) == ["big one", "print"]
    sam.patch(address, data={"remove_tags": "PRINT"})
    assert Tag.names_on(Ticket.get()) == Tag.names_in(people.intranet) == ["big one"]
    sam.patch(address, data={"tags": "a,b"})
    assert Tag.names_on(Ticket.get()) == ["a", "b"]
    assert Event.select().where(Event.kind == "ticket.tagged").count() == 3


def test_a_tag_in_another_case_is_the_one_there_is(people: Cast, sam: FlaskClient) -> None:
    Tag.put(people.ticket(), people.sam, ["Print"])
    other = people.ticket()
    sam.patch(f"/tickets/{other.id}", data={"add_tags": "print"})
    assert Tag.names_on(other) == ["Print"]


def test_too_many_and_too_long_tags_are_refused_in_their_place(people: Cast, sam: FlaskClient) -> None:
    address = f"/tickets/{people.ticket().id}"
    for typed in (", ".join(map(str, range(11))), "x" * 41):
        answer = sam.patch(address, data={"add_tags": typed}, headers=HTMX)
        assert (answer.status_code, regions(answer)) == (422, {"side"})
        assert typed in answer.text and 'id="tags-error"' in answer.text
    assert Tag.select().count() == 0


def test_tags_and_due_day_are_shown_on_board_and_in_the_list_which_they_narrow(people: Cast, sam: FlaskClient) -> None:
    ticket, _ = people.ticket(), people.ticket()
    Tag.put(ticket, people.sam, ["print"])
    ticket.change(people.sam, due_on=date(2026, 12, 24))
    board, listed = sam.get("/projects/intranet").text, sam.get(f"{LIST}?tag=print").text
    assert 'class="tag">print<' in board and "due 24" in board
    assert re.findall(r'<tr id="t-([0-9]+)"', listed) == [str(ticket.id)]


def test_clients_read_tags_and_due_day_and_change_neither(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket()
    Tag.put(ticket, people.sam, ["print"])
    ticket.change(people.sam, due_on=date(2026, 3, 24))
    claire.patch(f"/tickets/{ticket.id}", data={"add_tags": "mine", "due_on": "2026-04-01"})
    page = claire.get(f"/tickets/{ticket.id}").text
    assert "print" in page and "24 March" in page and "mine" not in page and 'name="add_tags"' not in page


def test_a_client_of_own_tickets_is_not_offered_the_tags_of_others(people: Cast, marc: FlaskClient) -> None:
    Tag.put(people.ticket(), people.sam, ["secret"])
    assert "secret" not in marc.get(LIST).text


def test_a_due_day_is_near_and_then_past(people: Cast, sam: FlaskClient, clock: Clock) -> None:
    ticket = people.ticket()
    sam.patch(f"/tickets/{ticket.id}", data={"due_on": "2026-03-20"})
    states = []
    for days in (0, 4, 3):
        clock.forward(days=days)
        states.append(re.findall(r'data-due="(\w*)"', sam.get("/projects/intranet").text))
    assert states == [[""], ["soon"], ["over"]]
    ticket.close(people.sam)
    assert "data-due" not in sam.get("/projects/intranet").text
    sam.patch(f"/tickets/{ticket.id}", data={"due_on": ""})
    assert Ticket.get().due_on is None


def test_a_day_that_is_none_is_said_at_the_field(people: Cast, sam: FlaskClient) -> None:
    answer = sam.patch(f"/tickets/{people.ticket().id}", data={"due_on": "never"})
    assert answer.status_code == 422 and 'id="due-error"' in answer.text


def test_the_requester_is_a_client_of_the_project_or_staff(people: Cast, sam: FlaskClient) -> None:
    address = f"/tickets/{people.ticket().id}"
    for person, stored in ((people.marc, people.marc), (people.olive, people.olive), (people.zoe, people.olive)):
        sam.patch(address, data={"requester": person.id})
        assert Ticket.get().requester == stored
    assert "Marc Moreau" in sam.get(address).text


def test_the_second_of_two_who_edit_the_text_is_told_and_loses_nothing(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket(title="Before", body="One")
    address = f"/tickets/{ticket.id}"
    mark = form_in(sam.get(f"{address}/edit"), address).values["mark"]
    ticket.change(people.olive, title="Hers")
    sent = {"title": "His", "body": "Two", "mark": mark}
    answer = sam.patch(address, data=sent)
    form = form_in(answer, address)
    assert (answer.status_code, form.values["title"], form.values["body"]) == (422, "His", "Two")
    assert "Hers" in answer.text and Ticket.get().title == "Hers"
    assert sam.patch(address, data=sent | {"mark": form.values["mark"]}).status_code == 303
    assert (Ticket.get().title, Ticket.get().body) == ("His", "Two")


def test_title_and_text_are_edited_in_place(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket(title="Before")
    address = f"/tickets/{ticket.id}"
    assert regions(sam.get(f"{address}/edit", headers=HTMX)) == {"ticket-head"}
    answer = sam.patch(address, data={"title": "", "mark": ticket.mark}, headers=HTMX)
    assert (answer.status_code, regions(answer)) == (422, {"ticket-head"})
    answer = sam.patch(address, data={"title": "After", "mark": ticket.mark}, headers=HTMX)
    assert "ticket" in regions(answer) and 'hx-target="#ticket" hx-swap="outerHTML"' in answer.text


def around(browser: FlaskClient, address: str) -> dict[str, str]:
    """The links to the tickets before and after."""
    return dict(re.findall(r'<a rel="(prev|next)" href="([^"]+)"', browser.get(address).text))


def test_on_the_board_one_goes_from_card_to_card_and_column_to_column(people: Cast, sam: FlaskClient) -> None:
    columns = people.intranet.ordered_columns()
    low, high = people.ticket(column=columns[0]), people.ticket(column=columns[0])
    far = people.ticket(column=columns[2])
    people.ticket(column=columns[3])
    assert around(sam, f"/tickets/{high.id}") == {"next": f"/tickets/{low.id}"}
    assert around(sam, f"/tickets/{low.id}") == {"prev": f"/tickets/{high.id}", "next": f"/tickets/{far.id}"}
    assert around(sam, f"/tickets/{far.id}") == {"prev": f"/tickets/{low.id}"}


def test_from_a_list_one_goes_through_what_it_shows(people: Cast, sam: FlaskClient) -> None:
    numbers = [people.ticket(title=title, priority="high").id for title in ("b", "a", "c")]
    people.ticket(title="aa")
    shown = re.findall(r'class="table-link" href="([^"]+)"', sam.get(f"{LIST}?priority=high&sort=title").text)
    assert [int(re.findall("[0-9]+", address)[0]) for address in shown] == [numbers[1], numbers[0], numbers[2]]
    links = around(sam, shown[1].replace("&amp;", "&"))
    assert (links["prev"], links["next"]) == (shown[0], shown[2])


def test_a_client_goes_through_their_own_tickets_alone(people: Cast, marc: FlaskClient) -> None:
    first, _, last = people.ticket(people.marc), people.ticket(), people.ticket(people.marc)
    assert around(marc, f"/tickets/{last.id}") == {"next": f"/tickets/{first.id}"}
    assert around(marc, f"/tickets/{last.id}?in=list") == {"next": f"/tickets/{first.id}?in=list"}


def test_staff_read_the_earlier_texts_of_a_comment(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    comment = people.comment(people.ticket(), people.claire, "First words")
    comment.edit(people.claire, body="Second words", body_html="<p>Second words</p>")
    address = f"/tickets/{comment.ticket_id}/comments/1"
    assert "First words" in sam.get(address).text
    assert "First words" in sam.get(address, headers=HTMX).text
    assert claire.get(address).status_code == 403
    assert "First words" not in claire.get(f"/tickets/{comment.ticket_id}").text
