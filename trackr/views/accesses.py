"""Who may do what: all people by all projects, and what the agency asks of those who come in."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.people import House
from trackr.models import Person
from trackr.reach.people import who_may_what
from trackr.web.auth import allow, me, sensitive
from trackr.web.instance import agency
from trackr.web.pages import done, page, refills

bp = Blueprint("accesses", __name__, url_prefix="/access")


@bp.get("")
@allow(Person.can_manage)
def edit() -> ResponseReturnValue:
    return page("accesses/edit.html", table=who_may_what(g.reach), house=agency())


@bp.patch("")
@allow(Person.can_manage)
@sensitive
@refills(edit)
def update() -> ResponseReturnValue:
    house = agency() or abort(404)
    house.guard(me(), **vars(House.read(request.form)))
    return done(url_for("accesses.edit"), message=_("Saved."))
