"""What goes back to who sent a mail, which is little and seldom; and what comes back of ours."""

from datetime import datetime, timedelta

from trackr.mail import outbox
from trackr.mail.addresses import known_by
from trackr.mail.reading import Mail
from trackr.models import Person, ReceivedMail
from trackr.models.base import to_milliseconds

AGAIN = timedelta(days=1)
LONGEST = 200_000  # bytes of a bounce in which the name of ours is looked for


def answer_once(person: Person, mail: Mail, why: str, at: datetime) -> None:
    """Say that a mail was not taken: to somebody known, and once a day at most, or it goes to and fro."""
    since = to_milliseconds(at - AGAIN)
    told = (ReceivedMail.sender == mail.sender.email) & ReceivedMail.why.startswith("too_large")
    if not ReceivedMail.select().where(told & (ReceivedMail.received_at > since)).exists():
        outbox.queue_direct("not_taken", person, subject=mail.subject, why=why)


def mark_bounced(mail: Mail, raw: bytes, at: datetime) -> None:
    """Note that mail to an address comes back. Only of mail that we did send there, or anybody could claim it."""
    known = known_by(raw[:LONGEST].decode("latin-1"))
    person = Person.get_or_none(Person.id == known.person) if known else None
    if person and person.email in mail.nature.bounced and person.bounced_at is None:
        person.bounced_at = at
        person.store("bounced_at")
