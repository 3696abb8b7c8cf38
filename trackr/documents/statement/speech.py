"""The language in which a statement is told: its client's in its files, the reader's on a page and in a mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask_babel import force_locale, gettext

from trackr.hours.document import Document
from trackr.web.catalogues import catalogue

# Known by itself: the worker writes mails, and files that go with them, where no page is asked for.
_spoken: ContextVar[str] = ContextVar("spoken", default="")


@contextmanager
def speaking(document: Document) -> Iterator[None]:
    before = _spoken.set(document.language)
    try:
        with force_locale(document.language):
            yield
    finally:
        _spoken.reset(before)


def _(message: str, **values: object) -> str:
    """In the language that is spoken, else in that of the page."""
    if not _spoken.get():
        return gettext(message, **values)
    told = catalogue(_spoken.get()).gettext(message)
    return told % values if values else told
