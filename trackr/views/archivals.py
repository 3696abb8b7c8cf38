"""Putting a project away, and taking it out again."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Person, Project
from trackr.web.auth import allow, even_archived, me
from trackr.web.pages import done

bp = Blueprint("archivals", __name__, url_prefix="/projects/<project>/archival")


@bp.post("")
@allow(Person.can_manage)
@even_archived
def create(project: Project) -> ResponseReturnValue:
    project.archive(me())
    return done(url_for("home.index"), message=_("%(name)s is archived.", name=project.name))


@bp.delete("")
@allow(Person.can_manage)
@even_archived
def destroy(project: Project) -> ResponseReturnValue:
    project.unarchive(me())
    return done(url_for("projects.show", project=project.slug), message=_("%(name)s is back.", name=project.name))
