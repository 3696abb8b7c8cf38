"""The pulse: whether anything that this person sees has changed, and in a header who is writing there now."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.models import Project
from trackr.web import typings
from trackr.web.pages import page

bp = Blueprint("pulses", __name__, url_prefix="/projects/<project>/pulse")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    writing = typings.header(g.reach, project, request.args.get("ticket", ""))
    if request.args.get("since") == g.reach.version(project):
        return "", 204, writing
    return page("pulses/show.html", project=project), writing
