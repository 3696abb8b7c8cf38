"""Signing in and out."""

import logging

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from trackr import log
from trackr.forms.fields import Invalid
from trackr.forms.people import SignIn
from trackr.models import Person
from trackr.web.auth import allow, public, safe_next
from trackr.web.limits import slow_down
from trackr.web.pages import page, refills

bp = Blueprint("sessions", __name__)
logger = logging.getLogger("trackr.sessions")


@bp.get("/sign-in")
@public
def new() -> ResponseReturnValue:
    wanted = request.values.get("next", "")
    if current_user.is_authenticated and request.method != "POST":
        return redirect(safe_next(wanted), 303)
    return page("sessions/new.html", wanted=wanted)


@bp.post("/sign-in")
@public
@refills(new)
def create() -> ResponseReturnValue:
    form = SignIn.read(request.form)
    slow_down("sign in", form.email)
    person = Person.authenticate(form.email, form.password)
    if person is None:
        log.event(logger, "sign-in refused", address=request.remote_addr)
        raise Invalid({"password": _("This address and this password do not belong together.")})
    session.clear()
    session.permanent = True
    login_user(person)
    log.event(logger, "signed in", person=person.id)
    return redirect(safe_next(request.values.get("next")), 303)


@bp.post("/sign-out")
@allow(Person.can_write)
def destroy() -> ResponseReturnValue:
    logout_user()
    session.clear()
    return redirect(url_for("sessions.new"), 303)
