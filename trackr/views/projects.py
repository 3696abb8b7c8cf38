"""Projects: the board, making one, its settings."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import available_timezones

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import projects as forms
from trackr.forms.examples import Example
from trackr.models import Person, Project, closing
from trackr.reach import statement_list, unread
from trackr.reach.board import board
from trackr.web import kept
from trackr.web.auth import allow, me
from trackr.web.languages import agency_language
from trackr.web.pages import done, page, refills, typed, wants_fragment

bp = Blueprint("projects", __name__, url_prefix="/projects")


@bp.get("/<project>")
def show(project: Project) -> ResponseReturnValue:
    newest = statement_list.newest(g.reach, [project]) if me().is_client else []
    return page("projects/show.html", fragment="projects/show.htmx.html", newest=newest, **_board(project))


def show_changed(project: Project, **context: Any) -> ResponseReturnValue:
    """After something on the board was done, or refused: the board, or for htmx all of it that moves."""
    project.refresh()
    address = url_for("projects.show", project=project.slug)
    return done(address, "projects/refresh.htmx.html", **_board(project), **context)


def _board(project: Project) -> dict[str, Any]:
    whole = _whole(project) if me().is_staff else 0
    new = unread.numbers(g.reach, project)
    cards = kept.board(project, whole, lambda: board(g.reach, project, whole), new)
    return {"project": project, "cards": cards, "whole": whole, "unread": len(new)}


def _whole(project: Project) -> int:
    """The column that the address asks to be shown to its end, or that of the page which htmx brings up to date."""
    page = urlsplit(request.headers.get("HX-Current-URL", "")).query if wants_fragment() else ""
    asked = request.args.get("column") or dict(parse_qsl(page)).get("column")
    return next((one.id for one in project.ordered_columns() if str(one.id) == asked), 0) if asked else 0


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
    return page(
        "projects/edit.html",
        project=project,
        zones=sorted(available_timezones()),
        example=Example.read(typed().values, project),
        has_untold_hours=not project.is_archived and closing.has_untold(project),
    )


@bp.patch("/<project>/settings")
@allow(Person.can_manage)
@refills(edit)
def update(project: Project) -> ResponseReturnValue:
    project.change(me(), **forms.changes(request.form, project))
    return done(url_for("projects.edit", project=project.slug), message=_("Saved."))
