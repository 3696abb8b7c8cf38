"""Who is to be told of a ticket."""

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models.participant import Follower


def person(form: "MultiDict[str, str]", offered: list[Follower]) -> Follower:
    """One of those who are offered. Raises Invalid."""
    fields = Fields(form)
    chosen = fields.record("person", offered, None)
    if chosen is None:
        fields.error("person", _("Choose somebody."))
    fields.check()
    assert chosen is not None
    return chosen
