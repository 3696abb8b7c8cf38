"""Codes of a second factor, as they are typed."""

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields


def read_code(form: "MultiDict[str, str]") -> str:
    """Raises Invalid."""
    fields = Fields(form)
    code = fields.line("code", limit=40, required=_("Write the code."))
    fields.check()
    return code
