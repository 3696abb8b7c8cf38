"""Taking all of a project as read."""

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue

from trackr.models import Person, Project, Sight
from trackr.web.auth import allow, even_archived, me
from trackr.web.pages import done

bp = Blueprint("sights", __name__, url_prefix="/projects/<project>/sights")


@bp.post("")
@allow(Person.can_write)
@even_archived
def create(project: Project) -> ResponseReturnValue:
    Sight.note_all(me(), g.reach.tickets(project))
    return done(url_for("projects.show", project=project.slug))
