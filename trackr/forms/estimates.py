"""Estimates: how long a ticket will take, and the client's answer."""

from dataclasses import dataclass
from typing import Literal, cast

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields

LONGEST = 1000 * 60
ANSWERS = ("accept", "decline")


@dataclass(frozen=True)
class NewEstimate:
    low_minutes: int
    ceiling_minutes: int
    message: str

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "NewEstimate":
        """Without a low one the ceiling is the estimate. Raises Invalid."""
        fields = Fields(form)
        ceiling = fields.duration("ceiling", required=True, limit_minutes=LONGEST) or 0
        low = fields.duration("low", limit_minutes=LONGEST) or ceiling
        if ceiling and low > ceiling:
            fields.error("low", _("This is more than the most that you write beside it."))
        new = cls(low_minutes=low, ceiling_minutes=ceiling, message=fields.line("message", limit=500))
        fields.check()
        return new


@dataclass(frozen=True)
class Answer:
    answer: Literal["accept", "decline"]
    message: str

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "Answer":
        """The choice has no default: nobody agrees by accident. Raises Invalid."""
        fields = Fields(form)
        chosen = fields.choice("answer", ANSWERS, "")
        answer = cls(cast(Literal["accept", "decline"], chosen), fields.line("message", limit=500))
        fields.check()
        return answer
