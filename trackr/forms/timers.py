"""What becomes of a timer's time: it is parked, or after an absence kept, or trimmed to a part of it."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields

ANSWERS = ("park", "keep", "trim")


@dataclass(frozen=True)
class Answer:
    """kind: one of ANSWERS · minutes: what is kept of it, where it is trimmed."""

    kind: str
    minutes: int

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "Answer":
        """Raises Invalid."""
        fields = Fields(form)
        kind = fields.choice("answer", ANSWERS, "park")
        minutes = fields.duration("duration", required=kind == "trim")
        fields.check()
        return cls(kind, minutes or 0)


def is_used(form: "MultiDict[str, str]") -> bool:
    """Whether the time that a form logs was taken from the person's timer on the ticket."""
    return Fields(form).flag("timer")
