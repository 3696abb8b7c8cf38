"""The agency whose instance this is: what its statements and accounts carry of it."""

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import agencies as forms
from trackr.models import Person, logo
from trackr.web.auth import allow, me
from trackr.web.instance import agency
from trackr.web.pages import done, page, refills

bp = Blueprint("agencies", __name__, url_prefix="/agency")


@bp.get("")
@allow(Person.can_manage)
def edit() -> ResponseReturnValue:
    return page("agencies/edit.html", house=agency() or abort(404), countries=forms.countries())


@bp.put("")
@allow(Person.can_manage)
@refills(edit)
def update() -> ResponseReturnValue:
    house = agency() or abort(404)
    changes = forms.read(request.form, request.files, house)
    if "logo" in changes:
        changes["logo"] = logo.keep(changes["logo"]) if changes["logo"] else ""
    house.change(me(), **changes)
    return done(url_for("agencies.edit"), message=_("Saved."))
