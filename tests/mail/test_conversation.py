"""A ticket from its first word to its last by mail alone: each answers the very mail that Trackr has sent them."""

from collections.abc import Iterator

import pytest

from tests.clock import Clock
from tests.mail import programs
from tests.mailbox import Box, go, html_of, text_of
from tests.people import Cast
from trackr.mail import post
from trackr.mail.taking import take
from trackr.models import Comment, Entry, Event, Person, ReceivedMail

MX = "mx.cobalt.example"


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The lines that the mail programs quote."""
    kept = list(programs.ASKED)
    yield programs.ASKED
    programs.ASKED[:] = kept


def test_ten_turns_are_held_by_mail_alone(people: Cast, box: Box, clock: Clock, asked: list[str]) -> None:
    people.pack(20)
    post.authserv_id = MX
    first = with_heads(programs.mail("The form loses the date.", subject="The form"), people.claire, "first")
    ticket = take(first).ticket
    for turn in range(10):
        go(clock)
        writer, program = (people.claire, programs.gmail) if turn % 2 else (people.sam, programs.outlook_2016)
        letter = box.to(writer.email)[-1]
        assert "not read" not in text_of(letter)  # mail comes in
        asked[:] = (text_of(letter) if turn < 5 else html_of(letter)).split("\n")
        said = f"Turn {turn}" if turn != 4 else "/t 1h30\n\nTurn 4"
        answer = program(said, turn % 3 == 0, True)
        take(with_heads(answer, writer, str(turn), letter["Message-ID"], letter["References"]))
    comments = list(Comment.select().order_by(Comment.id))
    assert [comment.body for comment in comments] == [f"Turn {turn}" for turn in range(10)]
    assert [comment.author for comment in comments] == [people.sam, people.claire] * 5
    assert all(f"Turn {turn - 1}" in comments[turn].mailed for turn in range(1, 10))
    assert not any(secret in comment.body for comment in comments for secret in ("unsubscribe", "20 h"))
    assert Entry.get().spent_minutes == 90 and not any(comment.internal for comment in comments)
    assert {event.via for event in Event.select().where(Event.ticket == ticket)} == {"mail"}
    assert {received.state for received in ReceivedMail.select()} == {"taken"}
    assert not any(take(bytes(mail)).state == "taken" for mail in box.mails)  # ours, come back


def with_heads(content: bytes, person: Person, number: str, *answers: str) -> bytes:
    """The mail as that person's, answering these, as their own server proves."""
    head, _, body = content.partition(b"\n\n")
    kept = [line for line in head.split(b"\n") if not line.startswith((b"From:", b"Message-ID:"))]
    more = [f"From: {person.name} <{person.email}>", f"Message-ID: <{number}@mail.example>"]
    more += [f"In-Reply-To: {answers[0]}", f"References: {' '.join(answers[::-1])}"] if answers else []
    proof = f"Authentication-Results: {MX}; dmarc=pass"
    return b"\n".join([proof.encode(), *kept, *(line.encode() for line in more)]) + b"\n\n" + body
