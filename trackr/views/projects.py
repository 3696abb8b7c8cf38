"""Projects: the board, making one, its settings."""

from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from trackr.forms import projects as forms
from trackr.forms.examples import Example
from trackr.models import Person, Project
from trackr.reach.board import board
from trackr.web import kept
from trackr.web.auth import allow, me
from trackr.web.languages import agency_language
from trackr.web.pages import done, page, refills, typed

bp = Blueprint("projects", __name__, url_prefix="/projects")


@bp.get("/<project>")
def show(project: Project) -> ResponseReturnValue:
    return page("projects/show.html", fragment="projects/show.htmx.html", project=project, cards=_cards(project))


def show_changed(project: Project, **context: Any) -> ResponseReturnValue:
    """After something on the board was done: the board, or for htmx all of it that moves."""
    project.refresh()
    address = url_for("projects.show", project=project.slug)
    return done(address, "projects/refresh.htmx.html", project=project, cards=_cards(project), **context)


def _cards(project: Project) -> Markup:
    return kept.board(project, lambda: board(g.reach, project))


@bp.get("/new")
@allow(Person.can_manage)
def new() -> ResponseReturnValue:
    return page("projects/new.html")


@bp.post("")
@allow(Person.can_manage)
@refills(new)
def create() -> ResponseReturnValue:
    values = forms.read_new(request.form)
    language = agency_language()
    names = forms.column_names(language)
    project = Project.open(me(), column_names=names, language=language, timezone=g.timezone, **values)
    return done(url_for("projects.show", project=project.slug), message=_("The project is ready."))


@bp.get("/<project>/settings")
@allow(Person.can_manage)
def edit(project: Project) -> ResponseReturnValue:
    zones = sorted(available_timezones())
    return page("projects/edit.html", project=project, zones=zones, example=Example.read(typed().values, project))


@bp.patch("/<project>/settings")
@allow(Person.can_manage)
@refills(edit)
def update(project: Project) -> ResponseReturnValue:
    project.change(me(), **forms.changes(request.form, project))
    return done(url_for("projects.edit", project=project.slug), message=_("Saved."))
