"""A list of tickets that is kept under a name."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Project


@dataclass(frozen=True)
class View:
    name: str
    query: str | None  # as an address writes it; None: not sent
    shared: bool
    project: Project | None = None  # whose list it is, where that was asked; None: that of all projects

    @classmethod
    def read(
        cls, form: "MultiDict[str, str]", *, is_staff: bool, find: Callable[[str], Project | None] | None = None
    ) -> "View":
        """is_staff: who may share it, and keep one of all projects. `find` asks for the list too. Raises Invalid."""
        fields = Fields(form)
        view = cls(
            name=fields.line("name", limit=60, required=_("Write a name.")),
            query=fields.line("query", limit=1000) if fields.has("query") else None,
            shared=is_staff and fields.flag("shared"),
            project=_project(fields, find, is_staff) if find else None,
        )
        fields.check()
        return view


def _project(fields: Fields, find: Callable[[str], Project | None], is_staff: bool) -> Project | None:
    slug = fields.line("project", required="" if is_staff else _("Choose a project."))
    project = find(slug) if slug else None
    if slug and project is None:
        fields.error("project", _("Choose a project."))
    return project
