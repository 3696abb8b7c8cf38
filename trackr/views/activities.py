"""Activities: the kinds of work that time is logged as, the same for all projects."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import activities as forms
from trackr.models import Activity, Person
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("activities", __name__, url_prefix="/activities")


@bp.get("")
@allow(Person.can_manage)
def index() -> ResponseReturnValue:
    return page("activities/index.html", **_all())


def show_changed(message: str) -> ResponseReturnValue:
    """After something was done: the list."""
    return done(url_for("activities.index"), "activities/index.htmx.html", message, **_all())


def _all() -> dict[str, Any]:
    return {"offered": Activity.offered(), "archived": Activity.archived()}


@bp.post("")
@allow(Person.can_manage)
@refills(index)
def create() -> ResponseReturnValue:
    activity = Activity.add(me(), **forms.read_new(request.form))
    return done(url_for("activities.index"), message=_("%(name)s is offered.", name=activity.name))


@bp.get("/<int:activity>/edit")
@allow(Person.can_manage)
def edit(activity: Activity) -> ResponseReturnValue:
    return page("activities/edit.html", activity=activity)


@bp.patch("/<int:activity>")
@allow(Person.can_manage)
@refills(edit)
def update(activity: Activity) -> ResponseReturnValue:
    changed = forms.changes(request.form)
    activity.change(me(), **changed)
    return show_changed(_("Moved.") if changed.keys() == {"position"} else _("Saved."))
