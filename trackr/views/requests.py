"""A client asks for more hours."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.purchases import Request
from trackr.models import Person, Project, Purchase
from trackr.web.auth import allow, me
from trackr.web.instance import agency
from trackr.web.pages import done, page, refills

bp = Blueprint("requests", __name__, url_prefix="/projects/<project>/requests")


@bp.get("/new")
@allow(Person.can_ask)
def new(project: Project) -> ResponseReturnValue:
    _require_right(project)
    return page("requests/new.html", project=project)


@bp.post("")
@allow(Person.can_ask)
@refills(new)
def create(project: Project) -> ResponseReturnValue:
    _require_right(project)
    Purchase.request(project, me(), **vars(Request.read(request.form)))
    house = agency()
    message = _("Asked. %(agency)s will answer; until then nothing changes.", agency=house.name if house else "")
    return done(url_for("hours.show", project=project.slug), message=message)


def _require_right(project: Project) -> None:
    if not g.reach.sees_hours(project):
        abort(404)
    if not g.reach.may_ask(project):
        abort(403)
