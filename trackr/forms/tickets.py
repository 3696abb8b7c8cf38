"""Tickets: opening one, changing one, placing one."""

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.files import Upload
from trackr.forms.fields import Fields, Invalid
from trackr.forms.files import Files
from trackr.forms.files import read as read_files
from trackr.models import Column, Person, Project, Ticket
from trackr.models.link import KINDS as LINKS
from trackr.models.tag import LONGEST, MOST, altered
from trackr.models.ticket import KINDS, PRIORITIES

Form = MultiDict[str, str]

LONGEST_TITLE = 200
LONGEST_TEMPLATE = 5_000


@dataclass(frozen=True)
class NewTicket:
    title: str
    body: str
    kind: str
    priority: str
    column: Column | None
    files: list[Upload]
    about: int = 0  # the number of the statement that it asks about

    @classmethod
    def read(cls, form: Form, columns: list[Column], sent: Files | None = None) -> "NewTicket":
        """`columns`: those that the person may choose from; where there are none, the field is not read.

        What was `said` in one field is title and text together.
        """
        fields = Fields(form)
        title, body = _said(fields) if fields.has("said") else (_title(fields), fields.text("body"))
        new = cls(
            title=title,
            body=body,
            kind=fields.choice("kind", KINDS, "support"),
            priority=fields.choice("priority", PRIORITIES, "normal"),
            column=fields.record("column", columns, None) if columns else None,
            files=read_files(fields, sent),
            about=fields.number("about", lowest=0, highest=10**9, default=0),
        )
        fields.check()
        return new


def changes(form: Form, ticket: Ticket, people: list[Person], may_work: bool) -> dict[str, Any]:
    """What a form changes of a ticket: only the fields that were sent; a client may send title and text.

    people: who may have asked; those of the agency may be assigned. Returns values by name for Ticket.change. Raises
    Invalid.
    """
    fields = Fields(form)
    changed: dict[str, Any] = {}
    if fields.has("title"):
        changed["title"] = _title(fields)
    if fields.has("body"):
        changed["body"] = fields.text("body")
    if may_work:
        if fields.has("kind"):
            changed["kind"] = fields.choice("kind", KINDS, ticket.kind)
        if fields.has("priority"):
            changed["priority"] = fields.choice("priority", PRIORITIES, ticket.priority)
        if fields.has("assignee"):
            changed["assignee"] = fields.record("assignee", [one for one in people if one.is_staff], None)
        if fields.has("requester"):
            changed["requester"] = fields.record("requester", people, ticket.requester)
        if fields.has("due_on"):
            changed["due_on"] = fields.day("due_on")
    changed["mark"] = fields.line("mark", limit=64) or None
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


def tags(form: Form, before: list[str]) -> list[str] | None:
    """The tags that a form asks for: all of them, or more or fewer than there are. None: it is not about them."""
    fields = Fields(form)
    if not any(map(fields.has, ("tags", "add_tags", "remove_tags"))):
        return None
    wanted = tag_names(fields, "tags") if fields.has("tags") else before
    kept = altered(wanted, tag_names(fields, "add_tags"), tag_names(fields, "remove_tags"))
    if len(kept) > MOST:
        fields.error("add_tags" if fields.has("add_tags") else "tags", _("At most %(num)s tags.", num=MOST))
    fields.check()
    return kept


def tag_names(fields: Fields, name: str) -> list[str]:
    """Names of tags with commas or lines between them."""
    words = [" ".join(word.split()) for word in re.split(r"[,;\n]", fields.text(name, limit=1000))]
    if any(len(word) > LONGEST for word in words):
        fields.error(name, _("A tag has at most %(num)s characters.", num=LONGEST))
    return [word for word in words if word]


def link(form: Form) -> tuple[int, str]:
    """The number of the ticket to be linked, and what it is to this one. Raises Invalid."""
    fields = Fields(form)
    kind = fields.choice("kind", LINKS, "related")
    number = _number(fields, "number")
    fields.check()
    return number, kind


def merge(form: Form) -> int:
    """The number of the ticket to merge into. Raises Invalid."""
    fields = Fields(form)
    number = _number(fields, "into")
    fields.check()
    return number


def require_ticket(ticket: Ticket | None, field: str) -> Ticket:
    """The ticket of the number that was sent. Raises Invalid where the person sees none."""
    if ticket is None:
        raise Invalid({field: _("There is no ticket with this number.")})
    return ticket


def _number(fields: Fields, name: str) -> int:
    text = fields.line(name, required=_("Write the number of a ticket.")).removeprefix("#").strip()
    if text and not re.fullmatch(r"[0-9]{1,9}", text):
        fields.error(name, _("Write the number of a ticket."))
        return 0
    return int(text or 0)


def more(form: Form, before: dict[str, str] | None) -> dict[str, str]:
    """What was said in one field as the fields of the whole form, with what stood there before. Raises Invalid."""
    fields = Fields(form)
    title, body = split(fields.text("said"))
    fields.check()
    before = before or {}
    texts = [body, before.get("title", ""), before.get("body", "")]
    body = "\n\n".join(text for text in texts if text.strip())
    return before | {"title": title} | ({"body": body} if body else {})


def project(form: Form, projects: list[Project]) -> Project:
    """The one of the projects that was chosen, by its short name. Raises Invalid."""
    fields = Fields(form)
    slug = fields.line("project", required=_("Choose a project."))
    chosen = next((one for one in projects if one.slug == slug), None)
    if chosen is None:
        fields.error("project", _("Choose a project."))
    fields.check()
    assert chosen is not None
    return chosen


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


def _said(fields: Fields) -> tuple[str, str]:
    return split(fields.text("said", required=_("Write what it is about.")))


def split(said: str) -> tuple[str, str]:
    """The title and the text of what was said: the first line, and the others; of one too long for a title both."""
    first, _, rest = said.strip().partition("\n")
    first = " ".join(first.split())
    if len(first) <= LONGEST_TITLE:
        return first, rest.strip("\n")
    return first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…", said.strip()


def _title(fields: Fields) -> str:
    return fields.line(
        "title", limit=LONGEST_TITLE, required=_("Write a title: one sentence, as you would say it on the phone.")
    )
