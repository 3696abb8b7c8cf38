"""One's second factor: an app that shows codes, set up by a picture, and taken away again."""

from flask import Blueprint, abort, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.codes import read_code
from trackr.forms.fields import Invalid
from trackr.models import Authenticator, Person, RecoveryCode, Session
from trackr.web.auth import allow, in_person, me, my_session, sensitive
from trackr.web.instance import agency
from trackr.web.limits import slow_down
from trackr.web.pages import done, page, refills
from trackr.web.qr import as_picture

bp = Blueprint("authenticators", __name__, url_prefix="/account/authenticator")

SECRET = "authenticator"  # noqa: S105 -- the name of what the cookie carries while it is set up


@bp.get("")
@in_person
def new() -> ResponseReturnValue:
    house = agency() or abort(404)
    there = Authenticator.of(me())
    if there is not None:
        return page("authenticators/show.html", left=RecoveryCode.left(me()), required=_is_required())
    secret = session.setdefault(SECRET, Authenticator.new_secret())
    picture = as_picture(Authenticator.address(secret, me(), house.name))
    return page("authenticators/new.html", secret=secret, picture=picture, required=_is_required())


@bp.post("")
@allow(Person.can_write)
@sensitive
@refills(new)
def create() -> ResponseReturnValue:
    slow_down("authenticator", str(me().id))
    if Authenticator.of(me()) is not None or SECRET not in session:
        return done(url_for("authenticators.new"))
    codes = Authenticator.set(me(), session[SECRET], read_code(request.form))
    if codes is None:
        raise Invalid({"code": _("This is not the code that the app shows now. Is the time of your telephone right?")})
    session.pop(SECRET)
    Session.end_all(me(), but=my_session())
    my_session().prove(strong=True)
    return page("authenticators/codes.html", codes=codes)


@bp.put("")
@allow(Person.can_write)
@sensitive
def update() -> ResponseReturnValue:
    """New recovery codes in the place of those that were lost or used."""
    if Authenticator.of(me()) is None:
        return done(url_for("authenticators.new"))
    return page("authenticators/codes.html", codes=RecoveryCode.renew(me()))


@bp.delete("")
@allow(Person.can_write)
@sensitive
def destroy() -> ResponseReturnValue:
    there = Authenticator.of(me())
    if there is not None:
        there.remove(me())
    return done(url_for("account.edit"), message=_("Codes are not asked for any more."))


def _is_required() -> bool:
    house = agency()
    return me().is_staff and house is not None and house.second_factor
