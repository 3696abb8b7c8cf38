"""Canned replies: their name, and their text with places for names."""

from flask_babel import gettext as _

from trackr.forms.fields import Fields
from trackr.forms.tickets import Form

LONGEST_BODY = 10_000


def read(form: Form) -> dict[str, str]:
    """The values for CannedReply.add and change. Raises Invalid."""
    fields = Fields(form)
    values = {
        "name": fields.line("name", limit=80, required=_("Write a name to find it by.")),
        "body": fields.text("body", limit=LONGEST_BODY, required=_("Write something first.")),
    }
    fields.check()
    return values
