"""What new tickets of a project begin with, by kind."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import tickets as forms
from trackr.models import Person, Project, Template
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("templates", __name__, url_prefix="/projects/<project>/templates")


@bp.get("")
@allow(Person.can_manage)
def edit(project: Project) -> ResponseReturnValue:
    return page("templates/edit.html", project=project, begins=Template.of(project))


@bp.put("")
@allow(Person.can_manage)
@refills(edit)
def update(project: Project) -> ResponseReturnValue:
    Template.put(project, me(), forms.templates(request.form))
    return done(url_for("templates.edit", project=project.slug), message=_("Saved."))
