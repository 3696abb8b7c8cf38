"""Comments and internal notes: counted apart, edited with a trace, sent once."""

import pytest

from tests.people import Cast
from trackr.models import Comment, Event
from trackr.models.base import Refused, now


def last_event() -> Event:
    return Event.select().order_by(Event.id.desc()).get()


def test_comments_and_notes_are_numbered_apart(people: Cast) -> None:
    ticket = people.ticket()
    keys = [people.comment(ticket, internal=internal).key for internal in (False, True, False, True, True)]
    assert keys == ["1", "n1", "2", "n2", "n3"]


def test_every_ticket_counts_its_own(people: Cast) -> None:
    people.comment(people.ticket())
    assert people.comment(people.ticket()).key == "1"


def test_a_comment_is_found_by_its_key(people: Cast) -> None:
    ticket = people.ticket()
    comment, note = people.comment(ticket), people.comment(ticket, internal=True)
    assert (Comment.by_key(ticket, "1"), Comment.by_key(ticket, "n1")) == (comment, note)


@pytest.mark.parametrize("key", ["", "n", "0", "2", "-1", "nn1", "1n", "N1", "١", "1.0", " 1", "9" * 400])
def test_other_keys_find_nothing(key: str, people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket)
    assert Comment.by_key(ticket, key) is None


def test_a_key_finds_nothing_on_another_ticket(people: Cast) -> None:
    people.comment(people.ticket())
    assert Comment.by_key(people.ticket(), "1") is None


@pytest.mark.parametrize(("internal", "kind"), [(False, "comment.written"), (True, "note.written")])
def test_clients_are_told_of_comments_alone(internal: bool, kind: str, people: Cast) -> None:
    people.comment(people.ticket(), internal=internal)
    assert (last_event().kind, last_event().client) == (kind, not internal)


def test_the_same_form_is_stored_once(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket, form_key="k1")
    with pytest.raises(Refused, match="sent_twice"):
        people.comment(ticket, form_key="k1")
    assert Comment.select().count() == 1


def test_an_edited_comment_keeps_the_earlier_text_for_staff(people: Cast) -> None:
    comment = people.comment(people.ticket(), people.claire, "Thank yuo")
    comment.edit(people.claire, body="Thank you", body_html="<p>Thank you</p>")
    stored = Comment.get()
    assert (stored.body, stored.body_html, stored.edited_at) == ("Thank you", "<p>Thank you</p>", now())
    assert (last_event().kind, last_event().details) == ("comment.edited", {"earlier": "Thank yuo", "key": "1"})


def test_a_comment_that_stays_the_same_is_not_edited(people: Cast) -> None:
    comment = people.comment(people.ticket(), text="Thank you")
    count = Event.select().count()
    comment.edit(people.sam, body="Thank you", body_html="<p>Thank you</p>")
    assert (Comment.get().edited_at, Event.select().count()) == (None, count)


@pytest.mark.parametrize(("internal", "kind"), [(False, "comment.deleted"), (True, "note.deleted")])
def test_a_deleted_comment_leaves_a_trace(internal: bool, kind: str, people: Cast) -> None:
    people.comment(people.ticket(), text="Never mind", internal=internal).remove(people.sam)
    assert (Comment.get().body, Comment.get().body_html, Comment.get().deleted_at) == ("", "", now())
    event = last_event()
    assert (event.kind, event.actor, event.client) == (kind, people.sam, not internal)
    assert event.details == {"earlier": "Never mind", "key": "n1" if internal else "1"}


def test_time_logged_with_a_comment_outlives_it(people: Cast) -> None:
    ticket = people.ticket()
    comment = people.comment(ticket)
    entry = people.entry(ticket, comment=comment)
    comment.remove(people.sam)
    assert type(entry).get().valued_minutes == entry.valued_minutes


def test_the_number_of_a_deleted_comment_is_not_given_again(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket).remove(people.sam)
    assert Comment.by_key(ticket, "1") is None
    assert people.comment(ticket).key == "2"
