"""Lists of tickets kept under a name."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.saved_views import View
from trackr.models import Person, Project, SavedView
from trackr.reach.filters import Filters
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills, typed

bp = Blueprint("saved_views", __name__, url_prefix="/views")


@bp.get("/new")
@allow(Person.can_write)
def new() -> ResponseReturnValue:
    slug, is_refused = request.values.get("project", ""), typed().is_refused
    project = g.reach.project(slug) if slug else None
    if project is None and not is_refused and (slug or not me().is_staff):
        abort(404)
    query = Filters.from_query(request.values.get("query", "")).as_query()
    choices = [(one.slug, one.name) for one in g.reach.projects()] if is_refused else []
    return page("views/new.html", listed=project, choices=choices, query=query)


@bp.post("")
@allow(Person.can_write)
@refills(new)
def create() -> ResponseReturnValue:
    form = View.read(request.form, is_staff=me().is_staff, find=g.reach.project)
    query = Filters.from_query(form.query or "").as_query()
    SavedView.keep(me(), form.project, name=form.name, query=query, shared=form.shared)
    return done(_list(form.project, query), message=_("The view is kept."))


@bp.get("/<int:view>/edit")
@allow(Person.can_write)
def edit(view: SavedView) -> ResponseReturnValue:
    return page("views/edit.html", view=view)


@bp.patch("/<int:view>")
@allow(Person.can_write)
@refills(edit)
def update(view: SavedView) -> ResponseReturnValue:
    form = View.read(request.form, is_staff=me().is_staff)
    query = view.query if form.query is None else Filters.from_query(form.query).as_query()
    view.change(me(), name=form.name, shared=form.shared, query=query)
    return done(_list(view.project, query), message=_("Saved."))


@bp.delete("/<int:view>")
@allow(Person.can_write)
def destroy(view: SavedView) -> ResponseReturnValue:
    view.remove(me())
    return done(_list(view.project, ""), message=_("The view is removed."))


def _list(project: Project | None, query: str) -> str:
    address = url_for("tickets.index", project=project.slug) if project else url_for("all_tickets.index")
    return f"{address}?{query}" if query else address
