"""A mail that came in, to be looked at: its head and its text as words, nothing of it run, fetched or drawn."""

from dataclasses import dataclass

from trackr.mail import reading
from trackr.mail.headers import text_of
from trackr.models import ReceivedMail

LONGEST = 20_000  # characters of either


@dataclass(frozen=True, slots=True)
class Looked:
    head: str
    text: str
    files: tuple[str, ...] = ()


def look(received: ReceivedMail) -> Looked:
    raw = received.content()
    head, _, body = text_of(raw[: LONGEST * 2]).replace("\r\n", "\n").replace("\x00", "").partition("\n\n")
    try:
        mail = reading.read(raw, size=received.size)
    except reading.Unreadable:
        return Looked(head[:LONGEST], body[:LONGEST])
    return Looked(head[:LONGEST], (mail.whole or mail.text)[:LONGEST], tuple(part.name for part in mail.files))
