"""Signing in by OpenID Connect: POST leads to the provider, and by GET the browser comes back from it."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from trackr.forms.people import AtProvider
from trackr.views import sessions
from trackr.web.auth import public
from trackr.web.limits import slow_down
from trackr.web.pages import done, refills
from trackr.web.provider import Turned, lead_away, provider, turn, welcome_back

bp = Blueprint("provider_sign_ins", __name__, url_prefix="/sign-in/provider")


@bp.post("")
@public
@refills(sessions.new)
def create() -> ResponseReturnValue:
    asked = AtProvider.read(request.form)
    if not provider().is_ready:
        return done(url_for("sessions.new"))
    slow_down("provider")
    return lead_away("sign in", hint=asked.email, remembered=asked.remember, wanted=asked.wanted)


@bp.get("")
@public
def show() -> ResponseReturnValue:
    if not provider().is_ready:
        return done(url_for("sessions.new"))
    slow_down("back from the provider")
    try:
        return welcome_back()
    except Turned as turned:
        return turn(turned)
