"""A private address for a calendar or a feed reader: of what, and of which project."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Project
from trackr.models.feed import KINDS


@dataclass(frozen=True)
class NewFeed:
    kind: str
    project: Project | None  # none: all of the person's

    @classmethod
    def read(cls, form: "MultiDict[str, str]", projects: Iterable[Project]) -> "NewFeed":
        """Raises Invalid."""
        fields = Fields(form)
        kind = fields.choice("kind", KINDS, KINDS[0])
        slug = fields.line("project")
        project = next((one for one in projects if one.slug == slug), None)
        if slug and project is None:
            fields.error("project", _("Choose a project."))
        fields.check()
        return cls(kind, project)
