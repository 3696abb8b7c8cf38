"""PUT /texts/<text>/tick, and what else a text may hold: numbers of tickets, people."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Comment, Event, Participant, Ticket
from trackr.web.markdown import render

TEXT = "- [ ] call\n- [x] write"


@pytest.fixture
def comment(people: Cast) -> Comment:
    return people.comment(people.ticket(), people.claire, TEXT, body_html=render(TEXT))


def tick(client: FlaskClient, text: str, task: int, headers: dict[str, str] | None = None) -> int:
    place = f"/texts/{text}/tick"
    values = form_in(client.get("/tickets/1"), place).values
    return client.post(place, data=values | {"task": str(task)}, headers=headers).status_code


@pytest.mark.parametrize(("headers", "status"), [({}, 303), (HTMX, 200)])
def test_the_author_ticks_a_box(claire: FlaskClient, comment: Comment, headers: dict[str, str], status: int) -> None:
    assert tick(claire, "comment:1:1", 0, headers) == status
    stored = Comment.get_by_id(comment.id)
    assert stored.body == "- [x] call\n- [x] write" and stored.edited_at is not None
    assert Event.select().where(Event.kind == "comment.edited").count() == 1
    tick(claire, "comment:1:1", 1)
    assert Comment.get_by_id(comment.id).body == "- [x] call\n- [ ] write"


def test_others_see_the_boxes_and_cannot_tick_them(sam: FlaskClient, comment: Comment) -> None:
    text = sam.get("/tickets/1").text
    assert 'role="checkbox"' in text and "/texts/comment:1:1/tick" not in text
    assert sam.put("/texts/comment:1:1/tick", data={"task": "0"}).status_code == 403


def test_staff_and_who_asked_tick_in_the_text_of_a_ticket(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    people.ticket(body=TEXT, body_html=render(TEXT))
    tick(sam, "edit:1", 0)
    tick(claire, "edit:1", 1)
    assert Ticket.get().body == "- [x] call\n- [ ] write"


@pytest.mark.parametrize(("headers", "status"), [({}, 303), (HTMX, 422)])
def test_a_text_that_has_changed_is_left_alone(
    people: Cast, claire: FlaskClient, comment: Comment, headers: dict[str, str], status: int
) -> None:
    values = form_in(claire.get("/tickets/1"), "/texts/comment:1:1/tick").values
    comment.edit(people.claire, body="- [ ] else", body_html=render("- [ ] else"))
    answer = claire.post("/texts/comment:1:1/tick", data=values | {"task": "0"}, headers=headers)
    assert answer.status_code == status and Comment.get().body == "- [ ] else"
    assert "changed this meanwhile" in (answer.text if headers else claire.get("/tickets/1").text)


@pytest.mark.parametrize("task", ["9", "-1", "x", ""])
def test_a_box_that_there_is_not_is_refused(claire: FlaskClient, comment: Comment, task: str) -> None:
    values = form_in(claire.get("/tickets/1"), "/texts/comment:1:1/tick").values | {"task": task}
    assert claire.post("/texts/comment:1:1/tick", data=values, headers=HTMX).status_code == 422
    assert Comment.get().body == TEXT


def test_strangers_find_nothing_and_one_signs_in_first(
    people: Cast, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient, comment: Comment
) -> None:
    people.comment(Ticket.get(), people.sam, internal=True)
    assert zoe.put("/texts/comment:1:1/tick").status_code == 404
    assert claire.put("/texts/comment:1:n1/tick").status_code == 404
    assert claire.put("/texts/reply:1/tick").status_code == 404
    assert nobody.put("/texts/comment:1:1/tick", headers=HTMX).status_code == 401


def test_a_number_leads_to_the_ticket_and_tells_nothing_of_it(people: Cast, claire: FlaskClient) -> None:
    people.ticket(people.marc, "Secret plans")
    claire.post("/tickets/1/comments", data={"body": "See #1 and #99"})
    text = claire.get("/tickets/1").text
    assert 'href="/tickets/1" rel' in text and 'href="/tickets/99"' in text


def test_who_is_mentioned_takes_part(people: Cast, sam: FlaskClient) -> None:
    people.ticket()
    sam.post("/tickets/1/comments", data={"body": "Ask @claire, @Olive.Owen, @zoe or @marc"})
    assert {one.person_id for one in Participant.select()} == {people.olive.id}, "Claire asked: she is told anyway"
    assert "<mark>@claire</mark>" in Comment.get().body_html and "@zoe" in Comment.get().body_html
    assert "<mark>@zoe" not in Comment.get().body_html and "<mark>@marc" not in Comment.get().body_html


def test_a_note_names_the_agency_alone_and_adds_nobody(people: Cast, sam: FlaskClient) -> None:
    people.ticket()
    sam.post("/tickets/1/comments", data={"body": "Ask @olive, not @claire", "internal": "1"})
    html = Comment.get().body_html
    assert "<mark>@olive</mark>" in html and "<mark>@claire" not in html and not Participant.select().count()


def test_a_client_names_only_whom_they_know_of(people: Cast, marc: FlaskClient) -> None:
    people.comment(people.ticket(people.marc), people.sam)
    marc.post("/tickets/1/comments", data={"body": "@sam @olive @claire"})
    html = Comment.get(Comment.author == people.marc).body_html
    assert "<mark>@sam</mark>" in html and "<mark>@olive" not in html and "<mark>@claire" not in html
