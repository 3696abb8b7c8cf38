"""What each kind of mail says: written when it goes, from what its reader may see at that moment."""

from collections.abc import Callable, Iterable

from trackr.mail.letter import Letter
from trackr.mail.letters import direct, hours, returned, talk
from trackr.mail.letters.desk import Desk, Nothing
from trackr.models import Agency, Event, Mail, Person

__all__ = ["KINDS", "Nothing", "write"]

WRITERS: dict[str, Callable[[Desk], Letter]] = {
    "ticket": talk.ticket,
    "digest": talk.digest,
    "hours": hours.warning,
    "statement": hours.statement,
    "request": hours.request,
    "invitation": direct.invitation,
    "sign_in": direct.sign_in,
    "address_confirm": direct.address_confirm,
    "address_stop": direct.address_stop,
    "test": direct.test,
    "not_taken": returned.not_taken,
}
KINDS = tuple(WRITERS)
DIRECT = ("invitation", "sign_in", "address_confirm", "address_stop", "test", "not_taken")


def write(
    mail: Mail, events: Iterable[Event] | None = None, reasons: set[str] | None = None, language: str = ""
) -> Letter:
    """The letter of a mail; raises Nothing, with the reason, where there is nothing (more) to tell its reader.

    events, reasons: those of a mail that is not stored, to look at, if need be in another language than its reader's.
    """
    agency, person = Agency.current(), Person.get_or_none(Person.id == mail.person_id)
    if agency is None or person is None or not person.active:
        raise Nothing("disabled")
    if person.mails == "never" and mail.kind not in DIRECT and events is None:
        raise Nothing("unwanted")
    person.language = language or person.language
    told = mail.events if events is None else list(events)
    whys = mail.reasons if reasons is None else reasons
    return WRITERS[mail.kind](Desk(mail, person, agency, told, whys))
