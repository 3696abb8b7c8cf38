"""A list of tickets that is kept under a name."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields


@dataclass(frozen=True)
class View:
    name: str
    query: str | None  # as an address writes it; None: not sent
    shared: bool

    @classmethod
    def read(cls, form: "MultiDict[str, str]", *, may_share: bool) -> "View":
        """may_share: whether the person may keep it for everybody of the agency. Raises Invalid."""
        fields = Fields(form)
        view = cls(
            name=fields.line("name", limit=60, required=_("Write a name.")),
            query=fields.line("query", limit=1000) if fields.has("query") else None,
            shared=may_share and fields.flag("shared"),
        )
        fields.check()
        return view
