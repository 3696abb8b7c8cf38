"""Whose turn it is, as staff say."""

from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models.turn import TURNS


def turn(form: "MultiDict[str, str]") -> str:
    """Raises Invalid."""
    fields = Fields(form)
    chosen = fields.choice("turn", TURNS, "")
    fields.check()
    return chosen
