"""What a client says of how a ticket went."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models.satisfaction import ANSWERS


@dataclass(frozen=True)
class Said:
    answer: str
    message: str

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "Said":
        fields = Fields(form)
        said = cls(fields.choice("answer", ANSWERS, ""), fields.line("message"))
        if not said.answer:
            fields.error("answer", _("Choose one of the options."))
        fields.check()
        return said
