"""Offering an activity no more, and again."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Activity, Person
from trackr.views import activities
from trackr.web.auth import allow, me
from trackr.web.pages import refills, wants_fragment

bp = Blueprint("activity_archivals", __name__, url_prefix="/activities/<int:activity>/archival")


def _index(**_: Activity) -> ResponseReturnValue:
    return activities.show_changed("") if wants_fragment() else activities.index()


@bp.post("")
@allow(Person.can_manage)
def create(activity: Activity) -> ResponseReturnValue:
    activity.archive(me())
    return activities.show_changed(_("%(name)s is archived.", name=activity.name))


@bp.delete("")
@allow(Person.can_manage)
@refills(_index, "archival")
def destroy(activity: Activity) -> ResponseReturnValue:
    activity.unarchive(me())
    return activities.show_changed(_("%(name)s is offered.", name=activity.name))
