"""The links of a change of address: the new one confirms it, the one before stops it. Looking uses nothing up."""

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models.address_change import AddressChange
from trackr.web.auth import public
from trackr.web.limits import slow_down
from trackr.web.pages import done, page, refills

bp = Blueprint("addresses", __name__, url_prefix="/addresses/<change>")


@bp.get("")
@public
def show(change: str) -> ResponseReturnValue:
    found = AddressChange.find(change)
    if found is None:
        return page("addresses/gone.html"), 404
    return page("addresses/show.html", change=found[0], stops=found[1])


@bp.post("")
@public
@refills(show)
def update(change: str) -> ResponseReturnValue:
    slow_down("address")
    asked, stops = AddressChange.find(change) or abort(404)
    if stops:
        asked.stop()
        return done(url_for("sessions.new"), message=_("The address stays as it was. Every device is signed out."))
    asked.confirm()
    message = _("From now on %(email)s is your address here.", email=asked.wanted)
    return done(url_for("sessions.new"), message=message)
