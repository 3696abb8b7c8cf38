"""Response targets of a project: by when its tickets should be answered."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import targets as forms
from trackr.models import Person, Project, Target
from trackr.web.auth import allow, me
from trackr.web.instance import agency
from trackr.web.pages import done, page, refills

bp = Blueprint("targets", __name__, url_prefix="/projects/<project>/targets")


@bp.get("")
@allow(Person.can_manage)
def edit(project: Project) -> ResponseReturnValue:
    return page("targets/edit.html", project=project, house=agency())


@bp.put("")
@allow(Person.can_manage)
@refills(edit)
def update(project: Project) -> ResponseReturnValue:
    Target.set_for(project, me(), **forms.read(request.form))
    return done(url_for("targets.edit", project=project.slug), message=_("Saved."))
