"""Putting away a warning about hours that one has read, and taking it out again."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trackr.models import Alert, Dismissal, Person, Project
from trackr.web.auth import allow, me, page_before
from trackr.web.pages import done

bp = Blueprint("dismissals", __name__, url_prefix="/projects/<project>/alerts/<int:alert>/dismissal")


@bp.post("")
@allow(Person.can_write)
def create(project: Project, alert: Alert) -> ResponseReturnValue:
    Dismissal.put_away(alert, me())
    return _changed(project)


@bp.delete("")
@allow(Person.can_write)
def destroy(project: Project, alert: Alert) -> ResponseReturnValue:
    Dismissal.take_out(alert, me())
    return _changed(project)


def _changed(project: Project) -> ResponseReturnValue:
    project.refresh()
    return done(page_before(), "dismissals/update.htmx.html", project=project)
