"""Seeing Trackr as somebody else does: for the owner, for a while, without writing anything."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from trackr.models import Person
from trackr.models.base import Refused
from trackr.views import people
from trackr.web.auth import allow, even_showing, me, my_session, sensitive
from trackr.web.pages import done, refills

bp = Blueprint("glances", __name__)


@bp.post("/people/<int:person>/glance")
@allow(Person.can_manage)
@sensitive
@refills(people.edit)
def create(person: Person) -> ResponseReturnValue:
    if person.is_owner or not person.active:
        raise Refused("not_shown")
    my_session().show(person)
    return done(url_for("home.index"))


@bp.delete("/glance")
@allow(Person.can_write)
@even_showing
def destroy() -> ResponseReturnValue:
    shown, session = me(), my_session()
    session.show_no_more()
    was_shown = shown.id != session.person_id  # else the half hour was over
    return done(url_for("people.edit", person=shown.id) if was_shown else url_for("home.index"))
