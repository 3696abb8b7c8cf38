"""The parts of a mail: its text, plain or HTML, and the files that came with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import collapse_rfc2231_value
from itertools import islice
from typing import Any

from trackr.files import names
from trackr.mail import headers
from trackr.mail.plain import unwrapped

MOST_PARTS = 200
LONGEST_TEXT = 500_000  # characters that are looked at
ENDINGS = {
    "text/plain": "txt", "text/html": "html", "text/calendar": "ics", "application/ics": "ics",
    "message/rfc822": "eml", "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "image/heic": "heic", "application/pdf": "pdf", "application/ms-tnef": "dat",
}  # fmt: skip
# What is part of the way a mail travels, and says nothing that a person would look for.
PLUMBING = {
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/pgp-encrypted", "message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came with a mail."""

    name: str  # a safe one
    media_type: str
    content: bytes
    inline: bool  # shown within the text


@dataclass(slots=True)
class Body:
    plain: str = ""
    html: str = ""
    files: tuple[Part, ...] = ()
    invitation: str = ""  # what a calendar says of it
    parts_left: bool = False  # more than are read

    def text(self) -> str:
        """The plain text; that of the HTML where there is none, or where it says no more than to look there."""
        plain, html = self.plain.strip(), _of_html(self.html)
        return html if len(html) > 20 * len(plain) or not plain else plain


def read(message: Message) -> Body:
    body = Body()
    files: list[Part] = []
    parts = list(islice(_leaves(message), MOST_PARTS + 1))
    body.parts_left = len(parts) > MOST_PARTS
    for part in parts[:MOST_PARTS]:
        kind = part.get_content_type()
        if kind == "text/calendar" and not body.invitation:
            body.invitation = _summary(_text(part))
        if kind in ("text/plain", "text/html") and not _is_file(part):
            _add_text(body, part, kind)
        elif kind not in PLUMBING:
            files.append(_file(part, kind, len(files) + 1))
    body.files = tuple(files)
    return body


def _of_html(source: str) -> str:
    if not source:
        return ""
    from trackr.mail import markup  # with lxml, which is large: mails in HTML alone are why it is there

    return markup.text(source)


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail within a mail is one of them, whole."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        content: Any = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(content, list):
            waiting += reversed(content)
        else:
            yield part


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_given_name(part))


def _add_text(body: Body, part: Message, kind: str) -> None:
    text = _text(part)
    if kind == "text/html":
        body.html += text
        return
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
    else:
        text = unwrapped(text)
    body.plain = f"{body.plain}\n{text}" if body.plain.strip() else text


def unflowed(text: str, delete_space: bool) -> str:
    """Lines that were broken to travel, and end with a space, as the paragraphs that they were (RFC 3676)."""
    done: list[str] = []
    open_depth = -1  # of quotation, of the line before, where that goes on
    for given in text.split("\n"):
        depth = len(given) - len(given.lstrip(">"))
        content = given[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if depth == open_depth and content != "-- ":
            done[-1] += content
        else:
            done.append(f"{'>' * depth}{' ' if depth else ''}{content}")
        if flows and delete_space:
            done[-1] = done[-1][:-1]
        open_depth = depth if flows else -1
    return "\n".join(done)


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_param("charset", "")
    name = collapse_rfc2231_value(charset) if isinstance(charset, tuple | str) else ""
    text = headers.text_of(content if isinstance(content, bytes) else b"", name.strip("\"' "))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")[:LONGEST_TEXT].removeprefix("\ufeff")


def _file(part: Message, kind: str, number: int) -> Part:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):  # a mail within the mail
        inner: Any = part.get_payload()
        content = inner[0].as_bytes() if isinstance(inner, list) and inner else b""
    inline = part.get_content_disposition() != "attachment" and part.get("content-id") is not None
    return Part(names.clean(_given_name(part) or _made_name(part, kind, number)), kind, content, inline)


def _given_name(part: Message) -> str:
    try:
        given = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, IndexError):  # pieces of a name that do not fit together
        given = "file"
    return headers.decoded(given[: headers.LONGEST])


def _made_name(part: Message, kind: str, number: int) -> str:
    ending = ENDINGS.get(kind, "")
    inner: Any = part.get_payload()
    if kind == "message/rfc822" and isinstance(inner, list) and inner:
        return f"{headers.line(inner[0], 'subject')[:80] or 'mail'}.eml"
    stem = {"calendar": "invitation", "ms-tnef": "winmail"}.get(part.get_content_subtype(), f"file-{number}")
    return f"{stem}.{ending}" if ending else stem


def _summary(calendar: str) -> str:
    """The name of what an invitation is to, with its beginning as the calendar writes it."""
    unfolded = calendar.replace("\n ", "").replace("\n\t", "")
    event = unfolded.partition("BEGIN:VEVENT")[2].split("\n")
    found = {line.partition(":")[0].partition(";")[0].upper(): line.partition(":")[2] for line in reversed(event)}
    summary = found.get("SUMMARY", "").replace("\\,", ",").replace("\\;", ";").replace("\\n", " ").strip()
    begins = found.get("DTSTART", "")
    day = f"{begins[:4]}-{begins[4:6]}-{begins[6:8]}" if begins[:8].isdecimal() else ""
    return ", ".join(filter(None, (summary[:200], day)))
