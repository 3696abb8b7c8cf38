"""All devices on which somebody is signed in, ended at once: one's own but for this one, and by the owner anybody's."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Person, Session
from trackr.web.auth import allow, me, my_session, sensitive
from trackr.web.pages import done

bp = Blueprint("person_devices", __name__, url_prefix="/people/<int:person>/devices")


@bp.delete("")
@allow(Person.can_write)
@sensitive
def destroy(person: Person) -> ResponseReturnValue:
    is_mine = person.id == me().id
    Session.end_all(person, me(), but=my_session() if is_mine else None)
    back = url_for("account.edit") if is_mine else url_for("people.edit", person=person.id)
    return done(back, message=_("Every other device is signed out.") if is_mine else _("Every device is signed out."))
