"""The list of a project's tickets, and one ticket: opened, read, changed."""

import csv
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page, regions
from trackr.models import Ticket
from trackr.reach.ticket_list import PER_PAGE

LIST = "/projects/intranet/tickets"


def shown(answer: TestResponse) -> list[int]:
    """The numbers of the tickets in a list, in its order."""
    assert answer.status_code == 200
    return [int(number) for number in re.findall(r'<tr id="t-([0-9]+)"', answer.text)]


@pytest.fixture
def three(people: Cast) -> list[int]:
    """Three tickets: one done, one urgent and worked on by Sam, one that Marc asks help with."""
    done, active = people.intranet.ordered_columns()[3], people.intranet.ordered_columns()[1]
    first = people.ticket(title="100% of the forms", column=done)
    second = people.ticket(title="A broken link", priority="urgent", column=active, assignee=people.sam)
    third = people.ticket(people.marc, title="Zoom in", kind="assistance")
    people.entry(second, 30)
    return [first.id, second.id, third.id]


def test_the_newest_tickets_come_first(three: list[int], sam: FlaskClient, claire: FlaskClient) -> None:
    assert shown(sam.get(LIST)) == shown(claire.get(LIST)) == three[::-1]


def test_a_client_of_own_tickets_sees_theirs(three: list[int], marc: FlaskClient) -> None:
    assert shown(marc.get(LIST)) == three[2:]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({"q": "BROKEN"}, [1]), ({"q": "%"}, [0]), ({"q": "_"}, []), ({"q": "#2"}, [1]), ({"q": "2"}, [1]),
        ({"q": "'; DROP TABLE ticket"}, []), ({"kind": "assistance"}, [2]), ({"priority": "urgent"}, [1]),
        ({"column": "4"}, [0]), ({"column": "4", "priority": "urgent"}, []), ({"assignee": "2"}, [1]),
        ({"q": "form"}, [0]), ({"q": "kind:assistance"}, [2]), ({"q": "is:closed"}, [0]), ({"q": "assignee:me"}, [1]),
        ({"sort": "number", "direction": "asc"}, [0, 1, 2]), ({"sort": "age"}, [2, 1, 0]),
        ({"sort": "age", "direction": "desc"}, [0, 1, 2]), ({"sort": "priority"}, [1, 2, 0]),
        ({"sort": "priority", "direction": "asc"}, [2, 0, 1]), ({"sort": "title", "direction": "desc"}, [2, 1, 0]),
        ({"sort": "valued", "direction": "asc"}, [2, 0, 1]), ({"sort": "newest"}, [2, 1, 0]),
        ({"sort": "oldest"}, [0, 1, 2]), ({"sort": "title"}, [0, 1, 2]), ({"sort": "valued"}, [1, 2, 0]),
    ],
    ids=str,
)  # fmt: skip
def test_the_list_is_narrowed_and_ordered_by_its_address(
    query: dict[str, str], places: list[int], three: list[int], sam: FlaskClient
) -> None:
    assert shown(sam.get(LIST, query_string=query)) == [three[place] for place in places]


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": ""}, {"column": "x"}, {"assignee": "1; --"},
        {"sort": "spent"}, {"sort": "__class__"}, {"kind": "bug"}, {"priority": "9"}, {"column": "9" * 40},
        {"q": "\x00"}, {"page": "١"}, {"unknown": "x"}, {"direction": "down"}, {"direction": ""},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_in_an_address_is_as_if_it_were_not_there(
    query: dict[str, str], three: list[int], sam: FlaskClient
) -> None:
    assert shown(sam.get(LIST, query_string=query)) == three[::-1]


def test_an_address_with_a_very_long_search_finds_nothing(three: list[int], sam: FlaskClient) -> None:
    assert shown(sam.get(LIST, query_string={"q": "x" * 5000})) == []


def test_a_long_list_has_pages(people: Cast, sam: FlaskClient) -> None:
    numbers = [people.ticket().id for _ in range(PER_PAGE + 1)]
    first, second = sam.get(LIST), sam.get(f"{LIST}?page=2")
    assert shown(first) + shown(second) == numbers[::-1]
    assert 'rel="next"' in first.text and 'rel="prev"' not in first.text
    assert 'rel="prev"' in second.text and 'rel="next"' not in second.text


def test_a_page_beyond_the_last_is_empty(three: list[int], sam: FlaskClient) -> None:
    assert shown(sam.get(f"{LIST}?page=999999999")) == []


def test_who_sees_no_hours_cannot_order_by_them(people: Cast, marc: FlaskClient) -> None:
    little, much = people.ticket(people.marc), people.ticket(people.marc)
    people.entry(little, 500)
    assert shown(marc.get(f"{LIST}?sort=valued")) == [much.id, little.id]


def test_what_changed_last_is_what_the_reader_saw_change(
    people: Cast, clock: Clock, sam: FlaskClient, claire: FlaskClient
) -> None:
    first, second = people.ticket(), people.ticket()
    clock.set("2026-03-15 10:00")
    people.comment(second, text="Yes")
    clock.set("2026-03-15 11:00")
    people.comment(first, internal=True)
    people.entry(first, 30)
    assert shown(sam.get(f"{LIST}?sort=changed")) == [first.id, second.id]
    assert shown(claire.get(f"{LIST}?sort=changed")) == [second.id, first.id]


def test_words_of_comments_narrow_the_list_and_those_of_notes_for_staff_alone(
    people: Cast, sam: FlaskClient, claire: FlaskClient
) -> None:
    ticket = people.ticket()
    people.comment(ticket, text="Only in Firefox"), people.comment(ticket, text="A cousin", internal=True)
    assert shown(sam.get(f"{LIST}?q=firefox")) == shown(claire.get(f"{LIST}?q=firefox")) == [ticket.id]
    assert (shown(sam.get(f"{LIST}?q=cousin")), shown(claire.get(f"{LIST}?q=cousin"))) == ([ticket.id], [])


def test_heads_turn_the_order_and_pages_keep_the_filters(people: Cast, sam: FlaskClient) -> None:
    for _ in range(PER_PAGE + 1):
        people.ticket(priority="high")
    text = sam.get(f"{LIST}?priority=high&sort=title&direction=desc").text
    assert 'aria-sort="descending"' in text and f'href="{LIST}?priority=high&amp;sort=title"' in text
    assert f'href="{LIST}?priority=high&amp;sort=title&amp;direction=desc&amp;page=2"' in text
    assert f"{PER_PAGE + 1} tickets" in text and "1 of 2" in text


def test_what_fits_nothing_says_so_and_leads_back(three: list[int], sam: FlaskClient) -> None:
    text = sam.get(f"{LIST}?q=nowhere").text
    assert "Nothing fits" in text and f'href="{LIST}"' in text


def test_the_list_is_a_file_too(people: Cast, three: list[int], sam: FlaskClient, claire: FlaskClient) -> None:
    people.ticket(title="=SUM(A1:A9)", assignee=people.sam)
    people.entry(Ticket.get_by_id(three[1]), 4711, valued_minutes=15)
    answer = sam.get("/projects/intranet/tickets.csv?sort=title")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    assert [line[1] for line in lines[1:]] == ["100% of the forms", "'=SUM(A1:A9)", "A broken link", "Zoom in"]
    assert lines[0][-2:] == ["Valued minutes", "Internal minutes"] and lines[3][-2:] == ["45", "4741"]
    client_s = claire.get("/projects/intranet/tickets.csv?sort=title").data.decode("utf-8-sig")
    assert "4741" not in client_s and "Internal" not in client_s and "Valued minutes" in client_s


def test_the_list_of_all_projects_is_a_file_too_with_the_project_of_each(
    people: Cast, three: list[int], sam: FlaskClient, claire: FlaskClient
) -> None:
    Ticket.open(people.shop, people.zoe, title="Elsewhere")
    assert 'href="/tickets.csv?priority=normal"' in sam.get("/tickets?priority=normal").text
    lines = list(csv.reader(io.StringIO(sam.get("/tickets.csv?q=e").data.decode("utf-8-sig"))))
    assert lines[0][:3] == ["Ticket", "Project", "Title"] and lines[1][1:3] == ["Online shop", "Elsewhere"]
    assert claire.get("/tickets.csv").status_code == 403


def test_the_file_holds_what_one_may_see(
    people: Cast, three: list[int], marc: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    text = marc.get("/projects/intranet/tickets.csv").data.decode("utf-8-sig")
    assert "Zoom in" in text and "broken" not in text and "Valued" not in text
    assert zoe.get("/projects/intranet/tickets.csv").status_code == 404
    assert nobody.get("/projects/intranet/tickets.csv").status_code == 303


def test_staff_have_one_list_of_all_projects(
    people: Cast, three: list[int], sam: FlaskClient, claire: FlaskClient, nobody: FlaskClient
) -> None:
    other = Ticket.open(people.shop, people.zoe, title="Elsewhere")
    assert shown(sam.get("/tickets")) == [other.id, *three[::-1]]
    assert shown(sam.get("/tickets?q=project:shop")) == [other.id] == shown(sam.get("/tickets?q=elsew", headers=HTMX))
    assert claire.get("/tickets").status_code == 403 and nobody.get("/tickets").status_code == 303


def test_htmx_is_answered_with_the_list_alone(three: list[int], sam: FlaskClient) -> None:
    answer = sam.get(LIST, headers=HTMX)
    assert not is_page(answer) and shown(answer) == three[::-1]


def test_the_lists_of_others_are_not_there(zoe: FlaskClient, nobody: FlaskClient) -> None:
    assert zoe.get(LIST).status_code == zoe.get(f"{LIST}/new").status_code == 404
    assert nobody.get(LIST).location == f"/sign-in?next={LIST}"


def test_a_client_opens_a_ticket(people: Cast, claire: FlaskClient) -> None:
    sent = {"title": " The form  loses\nthe date ", "body": "Since *Monday*.", "kind": "assistance", "priority": "high"}
    answer = claire.post(LIST, data=sent)
    ticket = Ticket.get()
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert (ticket.title, ticket.kind, ticket.priority) == ("The form loses the date", "assistance", "high")
    assert ticket.body_html == "<p>Since <em>Monday</em>.</p>"
    assert (ticket.requester, ticket.column.role) == (people.claire, "new")


def test_a_title_is_enough(marc: FlaskClient) -> None:
    assert marc.post(LIST, data={"title": "It breaks"}).status_code == 303
    assert (Ticket.get().kind, Ticket.get().priority, Ticket.get().body_html) == ("support", "normal", "")


def test_staff_choose_the_column_and_clients_do_not(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    waiting = people.intranet.ordered_columns()[2]
    sam.post(LIST, data={"title": "By phone", "column": waiting.id})
    assert Ticket.get().column == waiting
    claire.post(LIST, data={"title": "By hand", "column": waiting.id})
    assert Ticket.get(Ticket.title == "By hand").column.role == "new"


def test_a_column_of_another_project_is_refused(people: Cast, sam: FlaskClient) -> None:
    foreign = people.shop.ordered_columns()[0]
    assert sam.post(LIST, data={"title": "Astray", "column": foreign.id}).status_code == 422
    assert Ticket.select().count() == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""), ("title", " \n "), ("title", "x" * 201), ("body", "x" * 100_001), ("kind", "bug"),
        ("priority", "9"),
    ],
    ids=lambda value: str(value)[:8],
)  # fmt: skip
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(field: str, typed: str, claire: FlaskClient) -> None:
    sent = {"title": "It breaks", "body": "Line one\nline two"} | {field: typed}
    answer = claire.post(LIST, data=sent)
    form = form_in(answer, LIST)
    assert (answer.status_code, form.invalid) == (422, {field})
    kept = {"title", "body"} - ({field} if field == "title" else set())
    assert {name: form.values[name] for name in kept} == {name: sent[name] for name in kept}
    assert Ticket.select().count() == 0


def test_a_field_that_is_sent_twice_is_refused(claire: FlaskClient) -> None:
    assert claire.post(LIST, data={"title": ["One", "Two"]}).status_code == 422


def test_quick_add_goes_back_to_the_board(people: Cast, sam: FlaskClient) -> None:
    column = people.intranet.ordered_columns()[1]
    answer = sam.post(LIST, data={"title": "Quick", "column": column.id, "stay": "1"})
    assert (answer.status_code, answer.location) == (303, "/projects/intranet")
    assert Ticket.get().column == column


def test_quick_add_by_htmx_brings_the_board_and_an_empty_field(people: Cast, sam: FlaskClient) -> None:
    column = people.intranet.ordered_columns()[1]
    answer = sam.post(LIST, data={"title": "Quick", "column": column.id, "stay": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert {"board", "pulse", f"quick-{column.id}"} <= regions(answer)
    assert f'id="t-{Ticket.get().id}"' in answer.text


def test_quick_add_that_is_refused_comes_back_in_its_place(people: Cast, sam: FlaskClient) -> None:
    column = people.intranet.ordered_columns()[1]
    answer = sam.post(LIST, data={"title": "x" * 201, "column": column.id, "stay": "1"}, headers=HTMX)
    assert (answer.status_code, regions(answer)) == (422, {f"quick-{column.id}"})
    assert (form_in(answer, LIST).values["title"], form_in(answer, LIST).invalid) == ("x" * 201, {"title"})


def test_a_stranger_and_who_is_signed_out_open_nothing(zoe: FlaskClient, nobody: FlaskClient) -> None:
    assert zoe.post(LIST, data={"title": "Hello"}).status_code == 404
    assert nobody.post(LIST, data={"title": "Hello"}).status_code == 303
    assert Ticket.select().count() == 0


def test_a_ticket_is_read(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    ticket = people.ticket(title="The <form>", body_html="<p>Since Monday</p>")
    for browser in (sam, claire):
        answer = browser.get(f"/tickets/{ticket.id}")
        assert answer.status_code == 200 and is_page(answer)
        assert "The &lt;form&gt;" in answer.text and "<p>Since Monday</p>" in answer.text


def test_htmx_brings_a_ticket_s_page_up_to_date(people: Cast, sam: FlaskClient) -> None:
    answer = sam.get(f"/tickets/{people.ticket().id}", headers=HTMX)
    assert not is_page(answer) and 'id="ticket"' in answer.text and "side" in regions(answer)


def test_a_client_reads_nothing_internal(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    ticket = people.ticket()
    people.comment(ticket, text="Between us", internal=True)
    people.entry(ticket, 4711, valued_minutes=60, internal_note="In vain")  # two digits may stand in any hash
    internal = ("Between us", "In vain", "78\u00a0h\u00a031", "78 h 31", "4711")
    staff_s, client_s = (browser.get(f"/tickets/{ticket.id}").text for browser in (sam, claire))
    assert "Between us" in staff_s and "In vain" in staff_s and "78\u00a0h\u00a031" in staff_s
    assert not any(word in client_s for word in internal)


def test_a_client_of_own_tickets_finds_nothing_of_others(people: Cast, marc: FlaskClient, zoe: FlaskClient) -> None:
    ticket = people.ticket(people.claire)
    for browser in (marc, zoe):
        assert browser.get(f"/tickets/{ticket.id}").status_code == 404
        assert browser.get(f"/tickets/{ticket.id}/edit").status_code == 404
        assert browser.patch(f"/tickets/{ticket.id}", data={"title": "Mine"}).status_code == 404
    assert Ticket.get().title != "Mine"


@pytest.mark.parametrize("address", ["/tickets/0", "/tickets/999", f"/tickets/{10**30}", "/tickets/x", "/tickets/-1"])
def test_a_number_that_no_ticket_has_is_not_there(address: str, sam: FlaskClient) -> None:
    assert sam.get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("title", "Another title", "Another title"), ("body", "More", "More"), ("kind", "assistance", "assistance"),
        ("priority", "low", "low"),
    ],
)  # fmt: skip
def test_staff_change_one_thing_at_a_time(field: str, typed: str, stored: Any, people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket(body="Before", assignee=people.sam)
    answer = sam.patch(f"/tickets/{ticket.id}", data={field: typed})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    after = Ticket.get()
    assert getattr(after, field) == stored
    assert after.assignee == people.sam


def test_staff_assign_a_ticket_and_take_it_back(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    sam.post(f"/tickets/{ticket.id}", data={"_method": "PATCH", "assignee": people.olive.id})
    assert Ticket.get().assignee == people.olive
    sam.patch(f"/tickets/{ticket.id}", data={"assignee": ""})
    assert Ticket.get().assignee is None


def test_a_ticket_is_not_assigned_to_a_client(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    assert sam.patch(f"/tickets/{ticket.id}", data={"assignee": people.claire.id}).status_code == 422
    assert Ticket.get().assignee is None


def test_htmx_is_answered_with_the_regions_that_a_change_moves(people: Cast, sam: FlaskClient) -> None:
    answer = sam.patch(f"/tickets/{people.ticket().id}", data={"priority": "high"}, headers=HTMX)
    assert answer.status_code == 200
    assert {"ticket", "side", "pulse"} <= regions(answer)


def test_who_asked_may_mend_title_and_text_and_nothing_else(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket(people.claire)
    address = f"/tickets/{ticket.id}"
    sent = {"title": "Clearer", "body": "And longer", "priority": "urgent", "assignee": people.sam.id}
    assert claire.patch(address, data=sent).status_code == 303
    after = Ticket.get()
    assert (after.title, after.body, after.priority, after.assignee) == ("Clearer", "And longer", "normal", None)


def test_a_client_who_sees_a_ticket_of_another_may_not_change_it(people: Cast, claire: FlaskClient) -> None:
    address = f"/tickets/{people.ticket(people.marc, title='His').id}"
    assert claire.get(address).status_code == 200
    assert claire.patch(address, data={"title": "Hers"}).status_code == 403
    assert claire.get(f"{address}/edit").status_code == 403
    assert Ticket.get().title == "His"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("title", ""), ("title", "x" * 201), ("body", "x" * 100_001)],
    ids=lambda value: str(value)[:8],
)
def test_a_change_that_cannot_be_is_marked(field: str, typed: str, people: Cast, sam: FlaskClient) -> None:
    address = f"/tickets/{people.ticket(title='Before').id}"
    answer = sam.patch(address, data={"title": "After", field: typed})
    form = form_in(answer, address)
    assert (answer.status_code, form.invalid, Ticket.get().title) == (422, {field}, "Before")


def test_signed_out_changes_nothing(people: Cast, nobody: FlaskClient) -> None:
    address = f"/tickets/{people.ticket(title='Before').id}"
    assert nobody.get(address).location == f"/sign-in?next={address}"
    assert nobody.patch(address, data={"title": "After"}).status_code == 303
    assert Ticket.get().title == "Before"
