"""The composer: a reply or a note, with or without time."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.files import Upload
from trackr.forms.entries import Time
from trackr.forms.fields import Fields
from trackr.forms.files import Files
from trackr.forms.files import read as read_files
from trackr.models import Column, Ticket


@dataclass(frozen=True)
class Reply:
    body: str
    internal: bool
    time: Time | None
    then: Column | None  # where the ticket goes with it
    reopens: bool
    form_key: str | None
    files: list[Upload]
    about: int = 0  # the number of the statement that it asks about

    @classmethod
    def read(cls, form: "MultiDict[str, str]", ticket: Ticket, may_work: bool, sent: Files | None = None) -> "Reply":
        """Raises Invalid. What only staff may say (internal, time) is not read from others."""
        fields = Fields(form)
        uploads = read_files(fields, sent)
        reply = cls(
            # A picture may say it all.
            body=fields.text("body", required="" if uploads else _("Write something first.")),
            internal=may_work and fields.flag("internal"),
            time=Time.read(fields, ticket) if may_work else None,
            then=_then(fields, ticket) if may_work else None,
            reopens=not may_work and fields.flag("reopen"),
            form_key=form_key(fields),
            files=uploads,
            about=fields.number("about", lowest=0, highest=10**9, default=0),
        )
        fields.check()
        return reply


def _then(fields: Fields, ticket: Ticket) -> Column | None:
    chosen = fields.raw("then").strip()
    return fields.record("then", ticket.project.ordered_columns(), None) if chosen else None


def body(form: "MultiDict[str, str]") -> str:
    """The text of a comment that is edited. Raises Invalid."""
    fields = Fields(form)
    text = fields.text("body", required=_("Write something first."))
    fields.check()
    return text


def form_key(fields: Fields) -> str | None:
    """The key a page gives each form, so that one sent twice is stored once; scripts need not send any."""
    return fields.line("form_key", limit=64) or None
