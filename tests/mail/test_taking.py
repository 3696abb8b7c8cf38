"""From a raw mail to a comment, a ticket, or the staff: once each, by whom it may be, and nothing lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.mail.programs import PROGRAMS, mail
from tests.mail.samples import BOUNCE, INTERLEAVED, PIXEL, raw, with_parts
from tests.people import Cast
from trackr.archive import digests_in
from trackr.mail import addresses, post, reading, taking
from trackr.mail.taking import accept, take
from trackr.models import Attachment, BlockedSender, Comment, Entry, Event, Mail, Participant, ReceivedMail, Ticket
from trackr.models.base import Refused, now
from trackr.models.mail import Told
from trackr.settings import Settings

MX, AR = "mx.cobalt.example", "Authentication-Results"


@pytest.fixture(autouse=True)
def at_the_post(settings: Settings, clock: Clock) -> None:
    post.open(
        replace(
            settings,
            smtp_url="smtp://127.0.0.1:1",
            mail_from="tickets@cobalt.example",
            base_url="https://desk.example",
            authserv_id=MX,
        )
    )


def heads(person: str = "claire@town.example", proven: bool = True, **more: str) -> dict[str, str]:
    verdict = "dmarc=pass" if proven else "dmarc=fail"
    return {"From": person, "Authentication-Results": f"{MX}; {verdict}"} | more


def new(text: str = "Hello", number: int = 1, subject: str = "New", **more: str) -> bytes:
    return mail(text, subject=subject, **({"Message-ID": f"<{number}@town.example>"} | heads() | more))


def said(ticket: Ticket) -> list[str]:
    return [comment.body for comment in Comment.select().where(Comment.ticket == ticket).order_by(Comment.id)]


def test_the_answers_of_nine_programs_become_comments(people: Cast) -> None:
    first = take(new("The form loses the date.", subject="The form"))
    ticket = first.ticket
    assert (ticket.title, ticket.requester, ticket.project) == ("The form", people.claire, people.intranet)
    for turn, program in enumerate(PROGRAMS):
        person = people.claire if turn % 2 else people.sam
        name = addresses.message_id(ticket.id, person.id, str(turn))
        answer = program(f"Turn {turn}", turn % 3 == 0, turn % 4 != 0)
        edited = heads(person.email, In_Reply_To=name) | {"Message-ID": f"<turn{turn}@town.example>"}
        for key, value in edited.items():
            answer = with_head(answer, key.replace("_", "-"), value)
        assert take(answer).state == "taken"
    assert said(ticket) == [f"Turn {turn}" for turn in range(len(PROGRAMS))]
    assert {event.via for event in Event.select().where(Event.ticket == ticket)} == {"mail"}
    whole = Comment.get(Comment.body == "Turn 1").mailed
    assert "The form is back online." in whole


def with_head(content: bytes, name: str, value: str) -> bytes:
    head, _, body = content.partition(b"\n\n")
    kept = [line for line in head.split(b"\n") if not line.lower().startswith(name.lower().encode() + b":")]
    return b"\n".join([*kept, f"{name}: {value}".encode()]) + b"\n\n" + body


def test_a_mail_is_taken_once_however_often_it_comes(people: Cast) -> None:
    assert take(new()).id == take(new()).id == take(new("Other words")).id
    assert Ticket.select().count() == 1
    assert take(new(subject="Another under that name")).ticket.title == "Another under that name"


def test_an_answer_finds_its_ticket_by_its_subject_or_by_the_mail_before(people: Cast) -> None:
    ticket = people.ticket()
    take(new("By number", 1, f"RE: [Intranet #{ticket.id}] x"))
    other = take(new("First", 2)).ticket
    take(new("Second", 3, References="<2@town.example>"))
    assert (said(ticket), said(other)) == (["By number"], ["Second"])


def test_what_is_not_theirs_or_not_proven_is_held(people: Cast) -> None:
    ticket = people.ticket()
    mine = f"[Intranet #{ticket.id}] x"
    token = addresses.message_id(ticket.id, people.sam.id, "1")
    for number, (content, why) in enumerate([
        (new("x", 1, mine, From="nobody@evil.example"), "unknown"),
        (new("x", 2, mine, **heads("marc@town.example")), "not_theirs"),
        (new("x", 3, mine, **heads(proven=False)), "forged"),
        (new("/t 1h30\nDone", 4, mine, **heads("sam@cobalt.example", proven=False)), "forged"),
        (with_head(new("/t 1h30", 5, mine, From="sam@cobalt.example"), AR, "none"), "unproven"),
        (new("x", 6, mine, From="claire@town.example, olive@cobalt.example"), "no_sender"),
        (new("x", 7, In_Reply_To=addresses.message_id(ticket.id, 99, "1").replace(".99.", ".3.")), ""),
        (new("x", 8, **heads("sam@cobalt.example")), "which_project"),
        (new("/t 3x\nDone", 9, In_Reply_To=token, **heads("sam@cobalt.example")), "bad_time"),
        (new("/internal\nDone", 10, To="shop@cobalt.example", **heads("sam@cobalt.example")), "which_project"),
    ]):  # fmt: skip
        received = take(content)
        assert (number, received.state, received.why) == (number, "held" if why else "taken", why)
    assert said(ticket) == [] and Entry.select().count() == 0


def test_staff_log_time_and_write_notes(people: Cast) -> None:
    ticket = people.ticket()
    people.pack()
    subject = f"Re: [Intranet #{ticket.id}] x"
    sam = heads("sam@cobalt.example")
    take(new("/t 1h30\n/internal\n\nDone, said Claire.", 1, subject, **sam))
    take(new("/t 45m", 2, subject, **sam))
    take(new("/t 45m", 3, subject))  # of a client they are words
    entries = list(Entry.select().order_by(Entry.id))
    assert [(entry.spent_minutes, entry.comment_id and entry.comment.internal) for entry in entries] == [
        (90, True),
        (45, None),
    ]
    assert said(ticket) == ["Done, said Claire.", "/t 45m"]


def test_the_answer_to_a_mail_of_notes_is_a_note(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket, internal=True)
    note = Event.get(Event.kind == "note.written")
    name = addresses.message_id(ticket.id, people.olive.id, "5")
    sent = Mail.create(
        person=people.olive, address="", kind="ticket", ticket=ticket, message_id=name, due_at=note.created_at
    )
    Told.create(mail=sent, event=note, person=people.olive, why="participant")
    assert take(new("I agree", 1, "Re: x", In_Reply_To=name, **heads("olive@cobalt.example"))).comment.internal


def test_the_project_is_that_of_the_address_else_the_last_one_used(people: Cast) -> None:
    people.shop.change(people.olive, mail_address="shop@cobalt.example")
    people.zoe = people.person("zoe2", intranet=True, shop=True)
    zoe = heads(people.zoe.email)
    assert take(new("x", 1, **zoe)).why == "which_project"
    assert take(new("x", 2, **(zoe | {"To": "Desk <Shop@cobalt.example>"}))).ticket.project == people.shop
    assert take(new("x", 3, **zoe)).ticket.project == people.shop
    assert take(new("x", 4, **heads("marc@town.example", Delivered_To="shop@cobalt.example"))).why == "not_theirs"


def test_files_come_along_and_what_is_too_large_is_named(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackr.files.store.largest", 100)
    parts = (("image/gif", "a/b.gif", PIXEL, "<p@x>"), ("application/pdf", "large.pdf", b"x" * 101, ""))
    received = take(with_parts("See", "", *parts, **heads()))
    assert [file.name for file in Attachment.select()] == ["b.gif"] and "large.pdf" in received.ticket.body
    again = with_parts("Again", "", *parts[:1], **heads(), References="<c3@town.example>")
    take(with_head(again, "Message-ID", "<9@x.example>"))
    assert Attachment.select().count() == 1 and said(received.ticket) == ["Again"]


def test_those_in_copy_take_part_where_they_see_it_and_others_are_proposed(people: Cast) -> None:
    copy = "marc@town.example, sam@cobalt.example, new@town.example, tickets@cobalt.example, zoe@shop.example"
    received = take(new(Cc=copy))
    told = {one.name for one in Participant.told_on(received.ticket)}
    assert told == {"Claire Clement", "Sam Stone"} and received.unknown_addresses == ["new@town.example"]
    people.memberships["claire"].invites = False
    people.memberships["claire"].save()
    assert len(Participant.told_on(take(new(number=2, Cc=copy)).ticket)) == 1


def test_machines_make_no_comment_and_get_no_answer(people: Cast) -> None:
    ticket = people.ticket()
    subject = f"[Intranet #{ticket.id}] x"
    for number, more in enumerate(
        (
            {"Auto_Submitted": "auto-replied"},
            {"List_Id": "<a.b>", "To": "all@town.example"},
            {"From": "tickets@cobalt.example", "Auto_Submitted": "auto-generated"},
        )
    ):
        assert take(new("x", number, subject, **more)).state == "ignored"
    assert take(new("x", 8, List_Id="<tickets.cobalt.example>")).state == "taken"
    ours = addresses.message_id(ticket.id, people.claire.id, "1")
    assert take(with_head(new("x", 9, subject), "Message-ID", ours)).why == "ours"
    BlockedSender.create(email="claire@town.example")
    assert take(new("x", 10, subject)).why == "blocked"
    assert said(ticket) == [] and Mail.select().count() == 0


def test_what_a_group_passes_on_is_of_who_wrote_it_and_proves_nothing(people: Cast) -> None:
    people.shop.change(people.olive, mail_address="shop@cobalt.example")
    for number, (writer, group, proven, state, why) in enumerate([
        ("claire@town.example", "tickets@cobalt.example", True, "taken", ""),
        ("zoe@shop.example", "shop@cobalt.example", True, "taken", ""),
        ("claire@town.example", "tickets@cobalt.example", False, "held", "forged"),
        ("sam@cobalt.example", "tickets@cobalt.example", True, "held", "unproven"),
        ("tickets@cobalt.example", "tickets@cobalt.example", True, "held", "unknown"),
    ]):  # fmt: skip
        head = heads(f"'Somebody' via Desk <{group}>", proven) | {"To": group, "Reply_To": writer, "List_Id": "<desk>"}
        received = take(new("x", number, **head))
        assert (received.sender, received.state, received.why) == (writer, state, why)
    assert {ticket.requester.email for ticket in Ticket.select()} == {"claire@town.example", "zoe@shop.example"}


def test_two_machines_that_answer_each_other_are_stopped(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_PER_HOUR", 2)
    assert [take(new(number=number)).why for number in range(3)] == ["", "", "flood"]
    old = take(new(number=4), arrived=now() - timedelta(days=3))  # it lay in the box at the first start
    assert old.why == "" and Event.get(Event.ticket == old.ticket).details.get("untold")


def test_a_bounce_marks_an_address_only_if_it_is_of_a_mail_of_ours(people: Cast) -> None:
    people.claire.email = "gone@town.example"
    people.claire.save()
    bounce = BOUNCE.format(action="failed", status="5.1.1")
    take(raw(bounce))
    assert people.claire.get_by_id(people.claire.id).bounced_at is None
    name = addresses.message_id(1, people.claire.id, "1")
    content = raw(bounce.replace("Subject: [Intr", f"Message-ID: {name}\nSubject: [Intr"))
    take(with_head(content, "Message-ID", "<bounce@mx.example>"))
    assert people.claire.get_by_id(people.claire.id).bounced_at is not None


def test_what_is_too_large_is_answered_once(people: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2000)
    for number in range(2):
        received = take(new("x" * 3000, number))
        assert (received.state, received.why) == ("ignored", "too_large_size")
    take(new("x" * 3000, 8, From="nobody@evil.example"))
    assert [sent.person for sent in Mail.select()] == [people.claire] and len(received.content()) < 3500
    clock.forward(days=2)
    take(new("x" * 3000, 9))
    assert Mail.select().count() == 2


def test_what_breaks_the_program_is_kept_and_does_not_stop_the_next(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = take(b"X: y\n" * 900 + b"\nHello")
    assert broken.is_broken and broken.content().endswith(b"Hello") and take(broken.content()).id == broken.id
    with monkeypatch.context() as patch:
        patch.setattr(taking, "place", lambda *_: 1 / 0)
        assert take(new()).why == "ZeroDivisionError('division by zero')"
    assert take(new(number=2)).state == "taken"


def test_a_held_mail_is_accepted_as_somebodys(people: Cast) -> None:
    held = take(new(From="claire@home.example"))
    accept(held, people.sam, people.claire, people.intranet)
    assert (held.state, held.ticket.requester, held.handled_by) == ("taken", people.claire, people.sam)
    with pytest.raises(Refused, match="decided"):
        accept(held, people.sam, people.claire, people.intranet)
    assert Ticket.select().count() == 1


def test_an_answer_between_the_lines_is_a_comment_that_holds_all(people: Cast) -> None:
    ticket = people.ticket()
    take(new(INTERLEAVED, 1, f"Re: [Intranet #{ticket.id}] x"))
    assert "> Is it back?\n\nYes." in said(ticket)[0]


def test_a_client_opens_again_what_was_closed_by_answering(people: Cast) -> None:
    ticket = people.ticket()
    ticket.close(people.sam)
    take(new("It is back", 1, f"Re: [Intranet #{ticket.id}] x"))
    assert not Ticket.get_by_id(ticket.id).is_closed


def test_contents_are_kept_while_they_wait_and_let_go_later(people: Cast, clock: Clock, settings: Settings) -> None:
    taken, held = take(new()), take(new(number=2, From="nobody@evil.example"))
    assert {taken.digest, held.digest} <= set(digests_in(settings.database_path)) & Attachment.used_digests()
    clock.forward(days=91)
    ReceivedMail.let_go(90)
    assert [ReceivedMail.get_by_id(one.id).digest != "" for one in (taken, held)] == [False, True]
