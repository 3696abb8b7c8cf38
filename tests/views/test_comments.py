"""POST /tickets/<id>/comments: a reply or a note, with or without time."""

from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import form_in, regions
from trackr.models import Activity, Column, Comment, Entry, Ticket

HTMX = {"HX-Request": "true"}


def test_a_reply_and_its_time_are_stored_in_one_gesture(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    answer = sign_in(people.sam).post(
        f"/tickets/{ticket.id}/comments", data={"body": "Corrected.", "duration": "1h05", "note": "Found and mended"}
    )
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}#comment-1")
    assert Comment.get().body_html == "<p>Corrected.</p>"
    assert (Entry.get().spent_minutes, Entry.get().note) == (65, "Found and mended")


def test_htmx_is_answered_with_the_regions_that_change(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    answer = sign_in(people.sam).post(f"/tickets/{ticket.id}/comments", data={"body": "Corrected."}, headers=HTMX)
    assert answer.status_code == 200
    assert all(f'hx-target="#{region}"' in answer.text for region in ("thread", "side-time", "meter"))


def test_a_bad_duration_brings_the_form_back_with_what_was_typed(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    answer = sign_in(people.sam).post(f"/tickets/{ticket.id}/comments", data={"body": "Nearly sent", "duration": "45"})
    assert answer.status_code == 422
    assert "Nearly sent" in answer.text and "45 minutes or 45 hours? Write 45m or 45h." in answer.text
    assert Comment.select().count() == Entry.select().count() == 0


def test_a_client_cannot_write_notes_or_time(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    sign_in(people.claire).post(
        f"/tickets/{ticket.id}/comments", data={"body": "Hello", "internal": "1", "duration": "1h"}
    )
    assert (Comment.get().internal, Entry.select().count()) == (False, 0)


def test_the_same_form_sent_twice_is_stored_once(people: Cast, sign_in: SignIn) -> None:
    ticket, sam = people.ticket(), sign_in(people.sam)
    data = {"body": "Only once", "duration": "1h", "form_key": "k1"}
    answers = [sam.post(f"/tickets/{ticket.id}/comments", data=data).status_code for _ in range(2)]
    assert answers == [303, 422]
    assert Comment.select().count() == Entry.select().count() == 1


def test_signed_out_is_led_to_the_sign_in(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    answer = sign_in(None).post(f"/tickets/{ticket.id}/comments", data={"body": "Hello"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/")


def test_a_stranger_finds_nothing(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    assert sign_in(people.zoe).post(f"/tickets/{ticket.id}/comments", data={"body": "Hello"}).status_code == 404


def test_at_zero_the_reply_waits_for_the_agreement_too(people: Cast, sign_in: SignIn) -> None:
    people.intranet.change(people.olive, at_zero="ask")
    people.pack(1)
    ticket, sam = people.ticket(), sign_in(people.sam)
    sent = {"body": "Nearly sent", "duration": "1h35", "note": "Called", "form_key": "k1"}
    for headers in ({}, HTMX):
        answer = sam.post(f"/tickets/{ticket.id}/comments", data=sent, headers=headers)
        assert answer.status_code == 422
        assert all(kept in answer.text for kept in ("Nearly sent", 'value="1h35"', 'value="Called"', 'value="k1"'))
        assert 'name="over" value="35" autofocus>' in answer.text and "This goes 35\u00a0min over" in answer.text
        assert Comment.select().count() == Entry.select().count() == 0
    assert sam.post(f"/tickets/{ticket.id}/comments", data=sent | {"over": "35"}).status_code == 303
    assert Comment.select().count() == Entry.select().count() == 1


def test_a_reply_s_time_has_an_activity(people: Cast, sign_in: SignIn) -> None:
    ticket, sam = people.ticket(), sign_in(people.sam)
    training = Activity.create(name="Training", minimum=120)
    people.intranet.bump_all()
    assert f'<option value="{training.id}">Training</option>' in sam.get(f"/tickets/{ticket.id}").text
    data = {"body": "Done", "duration": "1h", "activity": str(training.id)}
    answer = sam.post(f"/tickets/{ticket.id}/comments", data=data, headers=HTMX)
    assert "<span>Training</span>" in answer.text
    assert (Entry.get().activity, Entry.get().valued_minutes) == (training, 120)


def column(people: Cast, role: str) -> Column:
    return Column.first(people.intranet, role)


def test_a_reply_moves_its_ticket_in_the_same_gesture(people: Cast, sign_in: SignIn) -> None:
    ticket, sam = people.ticket(), sign_in(people.sam)
    data = {"body": "Please try", "duration": "1h", "then": str(column(people, "waiting").id)}
    assert sam.post(f"/tickets/{ticket.id}/comments", data=data).status_code == 303
    stored = Ticket.get()
    assert (stored.column, stored.turn, Entry.get().spent_minutes) == (column(people, "waiting"), "theirs", 60)
    assert "moved it from New to Waiting on client" in sam.get(f"/tickets/{ticket.id}").text


def test_a_note_moves_too_and_a_reply_into_the_done_column_closes(people: Cast, sign_in: SignIn) -> None:
    ticket, sam = people.ticket(), sign_in(people.sam)
    for internal, role in (("1", "active"), ("0", "done")):
        data = {"body": "Seen", "internal": internal, "then": str(column(people, role).id)}
        sam.post(f"/tickets/{ticket.id}/comments", data=data)
        assert Ticket.get().column == column(people, role)
    assert Ticket.get().is_closed


def test_htmx_is_answered_with_the_ticket_and_its_side_where_it_moved(people: Cast, sign_in: SignIn) -> None:
    ticket, data = people.ticket(), {"body": "Please try", "then": str(column(people, "waiting").id)}
    answer = sign_in(people.sam).post(f"/tickets/{ticket.id}/comments", data=data, headers=HTMX)
    assert {"ticket", "side", "to-answer"} <= regions(answer) and "thread" not in regions(answer)
    assert "Please try" in answer.text and "moved it from" in answer.text


def test_where_it_stands_already_a_reply_leaves_it_in_its_place(people: Cast, sign_in: SignIn) -> None:
    ticket, above = people.ticket(), people.ticket()
    data = {"body": "Seen", "then": str(ticket.column.id)}
    sign_in(people.sam).post(f"/tickets/{ticket.id}/comments", data=data)
    assert Ticket.get_by_id(ticket.id).position > above.position


def test_a_column_of_elsewhere_is_refused_and_nothing_is_stored(people: Cast, sign_in: SignIn) -> None:
    ticket, sam = people.ticket(), sign_in(people.sam)
    data = {"body": "Nearly sent", "duration": "1h", "then": str(Column.first(people.shop, "done").id)}
    for headers in ({}, HTMX):
        answer = sam.post(f"/tickets/{ticket.id}/comments", data=data, headers=headers)
        form = form_in(answer, f"/tickets/{ticket.id}/comments")
        assert (answer.status_code, form.invalid, form.values["body"]) == (422, {"then"}, "Nearly sent")
    assert Comment.select().count() == Entry.select().count() == 0


def test_what_is_refused_keeps_where_it_was_to_go(people: Cast, sign_in: SignIn) -> None:
    ticket, then = people.ticket(), str(column(people, "waiting").id)
    answer = sign_in(people.sam).post(f"/tickets/{ticket.id}/comments", data={"body": "", "then": then})
    assert form_in(answer, f"/tickets/{ticket.id}/comments").values["then"] == then


def test_a_client_s_reply_reopens_what_was_closed_unless_they_say_otherwise(people: Cast, sign_in: SignIn) -> None:
    ticket, claire = people.ticket(), sign_in(people.claire)
    address = f"/tickets/{ticket.id}/comments"
    assert "reopen" not in form_in(claire.get(f"/tickets/{ticket.id}"), address).values
    ticket.close(people.sam)
    form = form_in(claire.get(f"/tickets/{ticket.id}"), address)
    claire.post(address, data={"body": "Thank you"})
    assert Ticket.get().is_closed and form.values["reopen"] == "1"
    answer = claire.post(address, data=form.values | {"body": "It is lost again"}, headers=HTMX)
    assert not Ticket.get().is_closed and {"ticket", "side"} <= regions(answer)


def test_a_client_cannot_move_and_reopens_nothing_that_is_open(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    data = {"body": "Hello", "then": str(column(people, "done").id), "reopen": "1"}
    sign_in(people.claire).post(f"/tickets/{ticket.id}/comments", data=data)
    assert Ticket.get().column == column(people, "new")
