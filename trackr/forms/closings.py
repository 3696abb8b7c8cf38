"""Closing by hand: through which day."""

from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields


def read_through(form: "MultiDict[str, str]", default: date | None = None) -> date:
    """The last day of the statement. Raises Invalid."""
    fields = Fields(form)
    through = fields.day("through", default=default)
    if through is None:
        fields.error("through", _("Choose the last day that the statement covers."))
    fields.check()
    assert through is not None
    return through
