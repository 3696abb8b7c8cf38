"""What has happened in a project, and in all of them: who, when, and from where."""

from functools import partial

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from trackr.models import Person, Project
from trackr.reach.history import Asked, history
from trackr.web.auth import allow
from trackr.web.filters import reader
from trackr.web.pages import page

bp = Blueprint("histories", __name__)


@bp.get("/activity")
@allow(Person.can_work)
def index() -> ResponseReturnValue:
    asked = Asked.read(request.args)
    at = partial(url_for, "histories.index")
    return page("histories/index.html", at=at, asked=asked, found=history(g.reach, asked), zone=reader().zone)


@bp.get("/projects/<project>/activity")
def show(project: Project) -> ResponseReturnValue:
    asked = Asked.read(request.args)
    at = partial(url_for, "histories.show", project=project.slug)
    found = history(g.reach, asked, project)
    return page("histories/show.html", project=project, at=at, asked=asked, found=found, zone=reader().zone)
