"""Which mail of ours one answers, told from the names of mails in its head."""

from dataclasses import dataclass

from trackr.mail.addresses import known_by
from trackr.mail.reading import Mail
from trackr.models import Event
from trackr.models import Mail as SentMail
from trackr.models.mail import Told


@dataclass(frozen=True, slots=True)
class Answered:
    """A ticket by its number, and to whom the mail about it went (0: nobody, it answers a mail that came in)."""

    ticket: int
    person: int = 0
    tells_notes: str = ""  # "only": of internal notes alone, "some": of them too


def answered(mail: Mail) -> Answered | None:
    """By a genuine token: nobody else can have written one. None where it answers no mail of ours about a ticket."""
    for reference in mail.references[:50]:
        known = known_by(reference)
        if known and known.ticket:
            return Answered(known.ticket, known.person, _notes(mail.references[:50], known.person))
    return None


def is_ours(mail: Mail) -> bool:
    """Whether it is one that was sent from here, come back by some way."""
    return known_by(mail.message_id) is not None


def _notes(references: tuple[str, ...], person: int) -> str:
    """Whether what it answers tells of what only the agency may read: then so may the answer."""
    sent = SentMail.message_id.in_([f"<{name}>" for name in references]) & (SentMail.person == person)
    query = Event.select(Event.kind, Event.client).join(Told, on=(Told.event == Event.id)).join(SentMail)
    told = list(query.where(sent).tuples())
    notes = [kind for kind, client in told if not client and kind.startswith("note.")]
    if not notes:
        return ""
    return "only" if len(notes) == len(told) else "some"
