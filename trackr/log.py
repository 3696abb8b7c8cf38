"""Log lines: one event a line, `key=value`, on standard error.

    ts=2026-03-14T15:09:26.535Z level=info event=request method=GET path=/tickets/12 status=200 ms=8.2

What comes from outside (paths, addresses, messages of exceptions) cannot break out of its line or its value, and
what lets one in (sign-in links, passwords in addresses, query strings) is not written down.
"""

import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

LONGEST_VALUE = 4000  # characters: room for a traceback, not for a flood

QUIETER = {
    "asyncio": logging.WARNING,
    "mail.log": logging.ERROR,  # what is said over LMTP, with the addresses of who writes to whom
    "peewee.migrations": logging.WARNING,  # says of each migration what Trackr says of those that were kept
    "waitress.queue": logging.ERROR,  # a line for each request that waits would bury the others when they matter
}

_plain = re.compile(r"[\w./:@+,*%~&?()\[\]-]+", re.ASCII)
_credentials = re.compile(r"(?<=://)[^\s/@]+@")
_query = re.compile(r"\?\S+")
# Tokens of links are long and mixed; words in an address (slugs, numbers, names of pages) are not.
_token = re.compile(r"(?<=/)(?:[\w.~-]{32,}|(?=[a-z0-9_.~-]*[A-Z])[\w.~-]{20,})(?=[/\s]|$)", re.ASCII)
_addresses = frozenset({"path", "url", "referrer", "location"})


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line of this process, those of libraries too, to `stream` (standard error)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Logfmt())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)
    for name, enough in QUIETER.items():
        logging.getLogger(name).setLevel(enough)


def event(
    logger: logging.Logger, name: str, /, *, level: int = logging.INFO, exc_info: bool = False, **fields: object
) -> None:
    """Log one event with its fields; a field that is None is left out.

    Fields called path, url, referrer or location lose their query string and the tokens in their path.
    """
    logger.log(level, name, exc_info=exc_info, extra={"fields": fields})


class Logfmt(logging.Formatter):
    """One record as one line; a record that `event` did not make is an event named after its logger."""

    def format(self, record: logging.LogRecord) -> str:
        written = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        pairs: dict[str, object] = {"ts": written.replace("+00:00", "Z"), "level": record.levelname.lower()}
        fields: dict[str, object] | None = getattr(record, "fields", None)
        if fields is None:
            pairs |= {"event": record.name, "message": _without_tokens(record.getMessage())}
        else:
            pairs |= {"event": record.getMessage()}
            pairs |= {name: _without_tokens(value) if name in _addresses else value for name, value in fields.items()}
        if record.exc_info:
            pairs["traceback"] = self.formatException(record.exc_info)
        return " ".join(f"{name}={_value(value)}" for name, value in pairs.items() if value is not None)


def _without_tokens(value: object) -> object:
    return _token.sub("[hidden]", _query.sub("?[hidden]", str(value))) if value is not None else None


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _credentials.sub("***@", str(value))
    if len(text) > LONGEST_VALUE:
        # The end of a traceback names the error.
        text = f"{text[:1000]}…{text[1000 - LONGEST_VALUE :]}"
    return text if _plain.fullmatch(text) else f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    # Not printable: line ends of every alphabet, terminal controls, marks that turn the direction of writing.
    return character if character.isprintable() else character.encode("unicode_escape").decode()
