"""A mail that a group passed on under its own address (as it must where the author's domain has a DMARC policy).

A desk's address is often such a group: then every mail seems to come from that address, which is ours too. Who wrote
it stands in other lines, which the group writes, and which nothing proves: whoever is read there is the author, and
no more proven to be so than in a mail that nobody has looked at.
"""

from email.message import Message

from trackr.mail import headers
from trackr.mail.headers import Address

MARKS = ("List-Id", "List-Post", "Mailing-List", "X-Mailing-List", "X-Google-Group-Id", "X-BeenThere")
AUTHORS = ("X-Original-From", "X-Original-Sender", "Reply-To")  # Google's two, and that of Mailman


def mark(message: Message) -> str:
    """The header by which it came over a list, "" where it did not."""
    return next((name for name in MARKS if message[name]), "")


def author(message: Message, ours: frozenset[str]) -> Address | None:
    """Who wrote what a group of ours passed on; None where it did not, or where nobody or more than one is named."""
    if headers.sender(message).email not in ours or not mark(message):
        return None
    for name in AUTHORS:
        found = [one for one in headers.addresses(message, name) if one.email not in ours]
        if found:
            return found[0] if len(found) == 1 else None
    return None
