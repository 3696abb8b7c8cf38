"""The columns of a project's board: adding, naming, ordering, and taking one off."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import columns as forms
from trackr.models import Column, Person, Project
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("columns", __name__, url_prefix="/projects/<project>/columns")


@bp.get("")
@allow(Person.can_manage)
def index(project: Project) -> ResponseReturnValue:
    return page("columns/index.html", **_all(project))


def show_changed(project: Project, message: str) -> ResponseReturnValue:
    """After something was done: the list."""
    address = url_for("columns.index", project=project.slug)
    return done(address, "columns/index.htmx.html", message, **_all(project))


def _all(project: Project) -> dict[str, Any]:
    return {"project": project, "columns": project.ordered_columns()}


@bp.post("")
@allow(Person.can_manage)
@refills(index)
def create(project: Project) -> ResponseReturnValue:
    column = Column.add(project, me(), **forms.read_new(request.form))
    message = _("%(name)s stands on the board.", name=column.name)
    return done(url_for("columns.index", project=project.slug), message=message)


@bp.get("/<int:column>/edit")
@allow(Person.can_manage)
def edit(project: Project, column: Column) -> ResponseReturnValue:
    return page("columns/edit.html", project=project, column=column)


@bp.patch("/<int:column>")
@allow(Person.can_manage)
@refills(edit)
def update(project: Project, column: Column) -> ResponseReturnValue:
    changed = forms.changes(request.form, column)
    column.change(me(), **changed)
    return show_changed(project, _("Moved.") if changed.keys() == {"position"} else _("Saved."))


@bp.delete("/<int:column>")
@allow(Person.can_manage)
@refills(edit, "removal")
def destroy(project: Project, column: Column) -> ResponseReturnValue:
    column.remove(me(), forms.heir(request.form, column))
    return show_changed(project, _("%(name)s is off the board.", name=column.name))
