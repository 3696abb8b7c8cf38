"""Where somebody is signed in: ended there, one by one."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Person, Session
from trackr.web.auth import allow, me, my_session, sensitive
from trackr.web.pages import done

bp = Blueprint("devices", __name__, url_prefix="/devices")


@bp.delete("/<int:device>")
@allow(Person.can_write)
@sensitive
def destroy(device: Session) -> ResponseReturnValue:
    device.end(me())
    if device.id == my_session().id:
        return redirect(url_for("sessions.new"), 303)
    is_mine = device.person_id == me().id
    back = url_for("account.edit") if is_mine else url_for("people.edit", person=device.person_id)
    return done(back, message=_("That device is signed out."))
