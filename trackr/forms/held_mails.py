"""A mail that was held, accepted as somebody's, and several that nobody wants."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Person, Project, ReceivedMail


@dataclass(frozen=True)
class Acceptance:
    person: Person | None  # none: somebody new, of that name
    project: Project
    name: str
    sees: str

    @classmethod
    def read(
        cls, form: "MultiDict[str, str]", people: Sequence[Person], projects: Sequence[Project], may_bring_in: bool
    ) -> "Acceptance":
        """Raises Invalid. Somebody new is brought in by who may bring people in."""
        fields = Fields(form)
        person = fields.record("person", people, None)
        project = fields.record("project", projects, None)
        if person is None and not may_bring_in:
            fields.error("person", _("Choose somebody."))
        if project is None:
            fields.error("project", _("Choose a project."))
        is_new = person is None and may_bring_in
        name = fields.line("name", limit=100, required=_("Write their name.")) if is_new else ""
        sees = fields.choice("sees", ("all", "own"), "own")
        fields.check()
        assert project is not None
        return cls(person, project, name, sees)


MOST = 200


@dataclass(frozen=True)
class Filing:
    mails: list[ReceivedMail]

    @classmethod
    def read(cls, form: "MultiDict[str, str]", find: Callable[[list[int]], list[ReceivedMail]]) -> "Filing":
        """find: the mails of these numbers that wait for them. Raises Invalid."""
        fields = Fields(form)
        mails = find(fields.ids("held", most=MOST))
        if not mails and not fields.errors:
            fields.error("held", _("Tick what is meant."))
        fields.check()
        return cls(mails)
