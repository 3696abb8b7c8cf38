"""The composer: a reply or a note, with or without time."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.entries import Time
from trackr.forms.fields import Fields
from trackr.models import Ticket


@dataclass(frozen=True)
class Reply:
    body: str
    internal: bool
    time: Time | None
    form_key: str | None

    @classmethod
    def read(cls, form: "MultiDict[str, str]", ticket: Ticket, may_work: bool) -> "Reply":
        """Raises Invalid. What only staff may say (internal, time) is not read from others."""
        fields = Fields(form)
        reply = cls(
            body=fields.text("body", required=_("Write something first.")),
            internal=may_work and fields.flag("internal"),
            time=Time.read(fields, ticket) if may_work else None,
            form_key=form_key(fields),
        )
        fields.check()
        return reply


def body(form: "MultiDict[str, str]") -> str:
    """The text of a comment that is edited. Raises Invalid."""
    fields = Fields(form)
    text = fields.text("body", required=_("Write something first."))
    fields.check()
    return text


def form_key(fields: Fields) -> str | None:
    """The key a page gives each form, so that one sent twice is stored once; scripts need not send any."""
    return fields.line("form_key", limit=64) or None
