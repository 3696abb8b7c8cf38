"""The pulse: whether anything that this person sees has changed."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.models import Project
from trackr.web.pages import page

bp = Blueprint("pulses", __name__, url_prefix="/projects/<project>/pulse")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    if request.args.get("since") == g.reach.version(project):
        return "", 204
    return page("pulses/show.html", project=project)
