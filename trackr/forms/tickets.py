"""Tickets: opening one, changing one, placing one."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.files import Upload
from trackr.forms.fields import Fields
from trackr.forms.files import Files
from trackr.forms.files import read as read_files
from trackr.models import Column, Person, Ticket
from trackr.models.ticket import KINDS, PRIORITIES
from trackr.web import markdown

Form = MultiDict[str, str]

LONGEST_TEMPLATE = 5_000


@dataclass(frozen=True)
class NewTicket:
    title: str
    body: str
    kind: str
    priority: str
    column: Column | None
    files: list[Upload]

    @classmethod
    def read(cls, form: Form, columns: list[Column], sent: Files | None = None) -> "NewTicket":
        """`columns`: those that the person may choose from; where there are none, the field is not read."""
        fields = Fields(form)
        new = cls(
            title=_title(fields),
            body=fields.text("body"),
            kind=fields.choice("kind", KINDS, "support"),
            priority=fields.choice("priority", PRIORITIES, "normal"),
            column=fields.record("column", columns, None) if columns else None,
            files=read_files(fields, sent),
        )
        fields.check()
        return new

    @property
    def body_html(self) -> str:
        return markdown.render(self.body)


def changes(form: Form, ticket: Ticket, people: list[Person], may_work: bool) -> dict[str, Any]:
    """What a form changes of a ticket: only the fields that were sent; a client may send title and text.

    Returns values by name for Ticket.change. Raises Invalid.
    """
    fields = Fields(form)
    changed: dict[str, Any] = {}
    if fields.has("title"):
        changed["title"] = _title(fields)
    if fields.has("body"):
        changed["body"] = fields.text("body")
        changed["body_html"] = markdown.render(changed["body"])
    if may_work:
        if fields.has("kind"):
            changed["kind"] = fields.choice("kind", KINDS, ticket.kind)
        if fields.has("priority"):
            changed["priority"] = fields.choice("priority", PRIORITIES, ticket.priority)
        if fields.has("assignee"):
            changed["assignee"] = fields.record("assignee", people, None)
    fields.check()
    return changed


def kind(form: Form) -> str:
    """The kind that an address asks the form for a new ticket to begin with; support for whatever is none."""
    return Fields(form).choice("kind", KINDS, "support")


def templates(form: Form) -> dict[str, str]:
    """What tickets begin with, by kind: only the fields that were sent. Raises Invalid."""
    fields = Fields(form)
    bodies = {name: fields.text(name, limit=LONGEST_TEMPLATE) for name in KINDS if fields.has(name)}
    fields.check()
    return bodies


def placement(form: Form, columns: list[Column]) -> tuple[Column, int]:
    """The column and the position in it (0 = top) that a form asks for. Raises Invalid."""
    fields = Fields(form)
    asked = fields.raw("column").strip()
    column = next((one for one in columns if str(one.id) == asked), None)
    if not asked:
        fields.error("column", _("Choose a column."))
    elif column is None:
        fields.error("column", _("This column is not on the board any more. Nothing was moved."))
    position = fields.number("position", lowest=0, highest=1_000_000, default=0)
    fields.check()
    assert column is not None
    return column, position


def _title(fields: Fields) -> str:
    return fields.line("title", limit=200, required=_("Write a title: one sentence, as you would say it on the phone."))
