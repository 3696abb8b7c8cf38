"""Sending what is due, oldest first, over one connection; what is not taken now is tried later, for some days."""

import logging
import smtplib
import time

from trackr import log
from trackr.mail import letters
from trackr.mail.letter import Letter
from trackr.mail.outbox import queue_direct
from trackr.mail.post import Server, post
from trackr.mail.smtp import Trouble, connected
from trackr.models import Mail, Person
from trackr.models.mail import SECRET

__all__ = ["Trouble", "deliver", "try_out"]

BATCH = 50
BATCH_SECONDS = 10  # after which the rest of a batch waits, so that the other jobs have their turn

logger = logging.getLogger(__name__)


def deliver() -> None:
    """Send what is due. Where the server cannot be reached everything waits, longer each time."""
    due = Mail.due(BATCH) if post.is_set_up else []
    if not due or post.server is None:
        return
    ends = time.monotonic() + BATCH_SECONDS
    try:
        with connected(post.server) as connection:
            for mail in due:
                if not _send(connection, mail) or time.monotonic() > ends:
                    break
    except Trouble as trouble:
        Mail.postpone_due(str(trouble))
        log.event(logger, "mail_waits", level=logging.WARNING, why=trouble.code, said=str(trouble))


def try_out(person: Person) -> str:
    """Send a test at once; returns why it was not taken, "" where it was. Raises Trouble where no mail can be sent."""
    mail = queue_direct("test", person)
    if mail is None or post.server is None:
        raise Trouble("missing", Server("", 0, False), ", ".join(post.missing))
    try:
        with connected(post.server) as connection:
            _send(connection, mail)
    except Trouble as trouble:
        mail.fail(str(trouble))
        raise
    mail = Mail.get_by_id(mail.id)
    return "" if mail.state == "sent" else str(mail.reason)


def _send(connection: smtplib.SMTP, mail: Mail) -> bool:
    """Send one, and note what became of it. False where the connection has ended."""
    # In hand first: what happens from now on goes into another mail.
    letter = _written(mail) if mail.take() else None
    if letter is None:
        return True
    # Some mails go where their reader asked from, all others to the address that is theirs by now.
    address = mail.address if mail.kind in letters.DIRECT else mail.person.email
    try:
        message = letter.message(mail.message_id, address)
        connection.send_message(message, from_addr=post.address, to_addrs=[address])
    except smtplib.SMTPServerDisconnected as problem:
        mail.postpone(str(problem))
        return False
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as problem:
        _refused(mail, *_answer(problem))
    except (smtplib.SMTPException, ValueError) as problem:  # an address or a name that no mail can carry
        mail.fail(str(problem))
    except OSError as problem:
        mail.postpone(str(problem))
        return False
    else:
        # The subject of a mail with a code has the code in it.
        mail.sent("" if mail.kind in SECRET else letter.subject, address)
        log.event(logger, "mail_sent", mail=mail.id, kind=mail.kind)
    return True


def _written(mail: Mail) -> Letter | None:
    """The letter, None where there is none to be sent: then that is noted."""
    try:
        return letters.write(mail)
    except letters.Nothing as nothing:
        mail.drop(str(nothing))
    except Exception as problem:  # noqa: BLE001 (one that cannot be written must not stop those behind it)
        log.event(logger, "mail_unwritten", level=logging.ERROR, exc_info=True, mail=mail.id)
        mail.fail(repr(problem))
    return None


def _answer(problem: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> tuple[int, bytes | str]:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()))
        return code, said
    return problem.smtp_code, problem.smtp_error


def _refused(mail: Mail, code: int, said: bytes | str) -> None:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    reason = f"{code} {' '.join(text.split())}"
    if 500 <= code < 600:  # for good: the address does not exist, the sender may not, the mail is unwanted
        mail.fail(reason)
    else:
        mail.postpone(reason)
