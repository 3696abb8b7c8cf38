"""What the settings of a project would mean, while they are being typed; nothing is stored."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from trackr.forms.examples import Example
from trackr.models import Person, Project
from trackr.web.auth import allow
from trackr.web.pages import page

bp = Blueprint("examples", __name__, url_prefix="/projects/<project>/settings/example")


@bp.get("")
@allow(Person.can_manage)
def show(project: Project) -> ResponseReturnValue:
    return page("examples/show.htmx.html", example=Example.read(request.args, project))
