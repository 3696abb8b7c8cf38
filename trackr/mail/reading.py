"""A raw mail, read: who wrote what to whom, and what came with it. Knows no database.

Whatever can be wrong in a mail is, somewhere. What cannot be read is left out and what can is told; where even that
fails, Unreadable is raised, and the mail is kept as it came.
"""

import hashlib
import re
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from trackr.mail import authentication, headers, nature, parts, passed_on, quotes
from trackr.mail.headers import Address
from trackr.mail.nature import Nature
from trackr.mail.parts import Part

LARGEST = 50 * 1024 * 1024  # bytes of a mail that is read
LARGEST_HEAD = 256 * 1024
MOST_HEADERS = 500
LONGEST_BODY = 50_000  # characters

_prefix = re.compile(r"\s*(?:re|tr|fw|fwd|ref|rép|aw|wg|sv)\s?(?:\[\d+\])?\s?:\s*", re.IGNORECASE)
_forward = re.compile(r"\s*(?:tr|fw|fwd|i)\s?:", re.IGNORECASE)
_numbered = re.compile(r"\[[^\[\]]{1,120} #(\d{1,9})\]")


PERSON = Nature()


class Unreadable(Exception):
    """A mail of which nothing can be made."""


@dataclass(frozen=True, slots=True)
class Mail:
    message_id: str  # without brackets; made from its content where it has none
    references: tuple[str, ...]  # what it answers, newest first
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]  # all addresses that it went to, as far as it says
    subject: str
    date: str  # as it says
    text: str = ""
    whole: str = ""  # with what it answers and the signature, where `text` is less
    files: tuple[Part, ...] = ()
    invitation: str = ""
    nature: Nature = PERSON
    authentication: str = authentication.UNKNOWN
    too_large: str = ""  # size, parts, or ""

    @property
    def title(self) -> str:
        """The subject without "Re:" and the like, and without the mark of a ticket."""
        text, before = self.subject, ""
        while text != before:
            before, text = text, _prefix.sub("", text, count=1) if _prefix.match(text) else text
            text = _numbered.sub("", text).strip() if _numbered.match(text) else text
        return text[:200].strip()

    @property
    def ticket_number(self) -> int | None:
        """That of `[Project #123]` in the subject."""
        found = _numbered.search(self.subject)
        return int(found[1]) if found else None


def read(raw: bytes, *, size: int = 0, server: str = "", ours: frozenset[str] = frozenset()) -> Mail:
    """size: of the whole, where no more than its head was fetched. server: by whose Authentication-Results senders
    are told from forgers. ours: addresses that mail is sent to, and that Trackr sends from.

    Raises Unreadable.
    """
    head = _head(raw)
    if len(head) > LARGEST_HEAD or head.count(b"\n") > MOST_HEADERS:
        raise Unreadable(f"{len(head)} bytes of headers")
    try:
        if max(size, len(raw)) > LARGEST:
            return _of(BytesHeaderParser(policy=policy.compat32).parsebytes(head), raw, server, ours, too_large="size")
        return _of(BytesParser(policy=policy.compat32).parsebytes(raw), raw, server, ours)
    except (RecursionError, MemoryError) as problem:
        raise Unreadable(type(problem).__name__) from problem
    except Exception as problem:
        raise Unreadable(repr(problem)[:300]) from problem


def identity(raw: bytes) -> str:
    """A Message-ID for what has none: the same for the same mail."""
    return f"{hashlib.sha256(raw).hexdigest()[:40]}@no-message-id"


def _head(raw: bytes) -> bytes:
    found = re.search(rb"\r?\n\r?\n", raw[: LARGEST_HEAD + 2])
    return raw[: found.end()] if found else raw[: LARGEST_HEAD + 1]


def _of(message: Message, raw: bytes, server: str, ours: frozenset[str], too_large: str = "") -> Mail:
    body = parts.Body() if too_large else parts.read(message)
    subject = headers.line(message, "subject")
    said = quotes.split(body.text(), forwards=bool(_forward.match(subject)))
    sender, author = headers.sender(message), passed_on.author(message, ours)
    proven = authentication.verdict(message, server, sender.email)
    if author and proven == authentication.PASSED:  # that it is of the group, which says nothing of who wrote it
        proven = authentication.UNKNOWN
    references = headers.ids(message, "in-reply-to") + headers.ids(message, "references")[::-1]
    delivered = headers.addresses(
        message, "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to"
    )
    return Mail(
        message_id=next(iter(headers.ids(message, "message-id")), "") or identity(raw),
        references=tuple(dict.fromkeys(references)),
        sender=author or sender,
        to=headers.addresses(message, "to"),
        cc=headers.addresses(message, "cc"),
        delivered_to=tuple(one.email for one in delivered),
        subject=subject[:300],
        date=headers.line(message, "date")[:100],
        text=said.said[:LONGEST_BODY],
        whole=(said.whole or (said.said if len(said.said) > LONGEST_BODY else ""))[: LONGEST_BODY * 4],
        files=body.files,
        invitation=body.invitation,
        nature=nature.of(message, (author or sender).email, ours),
        authentication=proven,
        too_large=too_large or ("parts" if body.parts_left else ""),
    )
