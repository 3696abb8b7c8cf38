"""Names of mails, and the signed tokens in them by which a ticket and its reader are known again.

Every mail about a ticket is called `<142.7.SIGNATURE.15@example.org>`: ticket 142, told to person 7, mail 15. A mail
program puts that name into `In-Reply-To` and `References` of an answer, so `known_by` tells from the headers alone,
without an address of its own for every conversation, on which ticket an answer belongs and who was told. The
signature is made with the secret of the instance: nobody can write to a ticket by guessing its number. It says whom
the mail went to, not who answers it: whoever takes answers in still looks at the sender.
"""

import hashlib
import hmac
import re
from typing import NamedTuple

from trackr.mail.post import post

SIGNATURE = 20  # characters of hexadecimal: 80 bits


class Known(NamedTuple):
    """The ticket (0: none) that a mail was about, and the person to whom it went, both by number."""

    ticket: int
    person: int


def token_of(ticket: int, person: int) -> str:
    """What names ticket and person, and cannot be made up."""
    return f"{ticket}.{person}.{_signature('answer', ticket, person)}"


def known_by(text: str) -> Known | None:
    """Ticket and person of the first genuine token in a text, such as a header of an answer; else None."""
    for ticket, person, signature in re.findall(rf"\b(\d{{1,15}})\.(\d{{1,15}})\.([0-9a-f]{{{SIGNATURE}}})\b", text):
        if hmac.compare_digest(signature, _signature("answer", int(ticket), int(person))):
            return Known(int(ticket), int(person))
    return None


def message_id(ticket: int, person: int, mail: str) -> str:
    """The name of a mail; `mail` tells it from others."""
    return f"<{token_of(ticket, person)}.{mail}@{post.domain}>"


def thread_id(ticket: int, person: int) -> str:
    """The name under which all mails to a person about a ticket are one conversation; no mail itself is called so."""
    return f"<{token_of(ticket, person)}@{post.domain}>"


def unsubscribe_token(person: int, ticket: int) -> str:
    """What stops mails to the person without a sign-in; the ticket (0: none) is the one that the mail was about."""
    return f"{person}-{ticket}-{_signature('unsubscribe', person, ticket)}"


def unsubscribing(token: str) -> Known | None:
    """Whose mails a token stops, None where it is not genuine."""
    found = re.fullmatch(rf"(\d{{1,15}})-(\d{{1,15}})-([0-9a-f]{{{SIGNATURE}}})", token, re.ASCII)
    if not found:
        return None
    person, ticket = int(found[1]), int(found[2])
    genuine = hmac.compare_digest(found[3], _signature("unsubscribe", person, ticket))
    return Known(ticket, person) if genuine else None


def _signature(purpose: str, *numbers: int) -> str:
    told = f"{purpose}:{':'.join(map(str, numbers))}".encode()
    return hmac.new(post.key, told, hashlib.sha256).hexdigest()[:SIGNATURE]
