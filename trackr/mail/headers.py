"""The lines at the head of a mail, read as they come: in any charset or a wrong one, cut off, doubled, or missing.

The standard library has a stricter reader of addresses and of encoded words. On what is sent to a public address it
takes quadratic time, and raises errors that nobody documents; the older one used here gives what it can.
"""

import re
from dataclasses import dataclass
from email._parseaddr import AddressList  # type: ignore[import-not-found]  # what getaddresses is made of
from email.header import decode_header
from email.message import Message

LONGEST = 2_000  # characters of a header that are read, and of a list of addresses and of references ten times as many
_ID = re.compile(r"<([^<>\s]{3,250})>")
_EMAIL = re.compile(r"[^@\s,;<>()\"]{1,64}@[^@\s,;<>()\"]{1,189}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')  # names in quotes, and comments
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    email: str  # in small letters


def line(message: Message, name: str, limit: int = LONGEST) -> str:
    """A header as one line of text, "" where there is none."""
    return next(iter(lines(message, name, limit)), "")


def lines(message: Message, name: str, limit: int = LONGEST) -> list[str]:
    """All headers of that name, from the top, each as one line of text."""
    return [decoded(value[:limit]) for key, value in message.raw_items() if key.lower() == name.lower()]


def decoded(value: str) -> str:
    """Encoded words as text, and bytes that nobody has declared as what they most likely are; one line."""
    text = _of_bytes(value)
    if "=?" in text:
        text = "".join(_piece(piece, charset) for piece, charset in _pieces(text))
    return " ".join(_CONTROLS.sub(" ", text).split())


def addresses(message: Message, *names: str) -> tuple[Address, ...]:
    """Those of the headers of these names, each once."""
    values = [_of_bytes(value[: LONGEST * 10]) for name in names for value in _raw(message, name)]
    found: dict[str, Address] = {}
    # Read before they are decoded: a name may hold a comma. Not strictly: "Dupont, Anne <anne@x.example>" is common.
    for name, email in (pair for value in values for pair in AddressList(value).addresslist):
        email = email.strip().lower()
        if _EMAIL.fullmatch(email):
            found.setdefault(email, Address(decoded(name)[:100], email))
    return tuple(found.values())


def sender(message: Message) -> Address:
    """Whom it is from; an empty address where that can be read in more than one way, as forgers like it."""
    given = _raw(message, "from")
    if len(given) != 1:
        return Address("", "")
    value = _of_bytes(given[0][:LONGEST])
    bare = _QUOTED.sub(" ", value)
    bracketed = re.findall(r"<([^<>]*)>", bare)
    email = bracketed[0].strip().lower() if len(bracketed) == 1 else bare.strip().lower()
    if not _EMAIL.fullmatch(email):
        return Address("", "")
    return Address(decoded(value.partition("<")[0]).strip(" \"'")[:100] if bracketed else "", email)


def ids(message: Message, *names: str) -> tuple[str, ...]:
    """Message-IDs that the headers of these names hold, without brackets, each once."""
    values = [value[: LONGEST * 10] for name in names for value in _raw(message, name)]
    return tuple(dict.fromkeys(found for value in values for found in _ID.findall(value)))


def _raw(message: Message, name: str) -> list[str]:
    return [value for key, value in message.raw_items() if key.lower() == name.lower()]


def _of_bytes(value: str) -> str:
    """What stands in a header as bytes beyond ASCII is UTF-8, else what Windows writes."""
    try:
        value.encode()
        return value
    except UnicodeEncodeError:
        return text_of(value.encode("utf-8", "surrogateescape"))


def _pieces(text: str) -> list[tuple[bytes | str, str | None]]:
    try:
        return decode_header(text)
    except ValueError:  # a word whose Base64 is none
        return [(text, None)]


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    return text_of(piece, charset or "")


def text_of(content: bytes, charset: str = "") -> str:
    """The bytes as text: in the charset declared if they are, else UTF-8, else what Windows writes in the west."""
    for name in (charset, "utf-8", "cp1252"):
        try:
            # What calls itself Latin 1 or ASCII is what Windows calls so: with its quotes, dashes and euro signs.
            name = "cp1252" if name.lower() in ("iso-8859-1", "latin1", "latin-1") else name
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")
