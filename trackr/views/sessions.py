"""Signing in and out."""

import logging

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from trackr import log
from trackr.forms.fields import Invalid
from trackr.forms.people import ByMail, SignIn
from trackr.mail import post
from trackr.mail.keys import ask_for_key
from trackr.models import Person, Session
from trackr.web.auth import allow, even_showing, my_session, myself, public, safe_next
from trackr.web.by_mail import wait_for_code
from trackr.web.limits import MAILED, slow_down
from trackr.web.pages import page, refills
from trackr.web.provider import provider
from trackr.web.second_step import come_in

bp = Blueprint("sessions", __name__)
logger = logging.getLogger("trackr.sessions")


@bp.get("/sign-in")
@public
def new() -> ResponseReturnValue:
    wanted = request.values.get("next", "")
    if current_user.is_authenticated and request.method != "POST":
        return redirect(safe_next(wanted), 303)
    return page("sessions/new.html", wanted=wanted, by_mail=post.is_set_up, provider=provider())


@bp.post("/sign-in")
@public
@refills(new)
def create() -> ResponseReturnValue:
    if post.is_set_up and "password" not in request.form:
        asked = ByMail.read(request.form)
        slow_down("mail a key", asked.email, MAILED)
        wanted = request.values.get("next", "")
        return wait_for_code(ask_for_key(asked.email, remembered=asked.remember, wanted=wanted), asked.email)
    form = SignIn.read(request.form)
    slow_down("sign in", form.email)
    person = Person.authenticate(form.email, form.password)
    if person is None:
        log.event(logger, "sign-in refused", address=request.remote_addr)
        Session.refuse(Person.by_email(form.email))
        raise Invalid({"password": _("This address and this password do not belong together.")})
    log.event(logger, "signed in", person=person.id)
    return come_in(person, how="password", remembered=form.remember, wanted=request.values.get("next"))


@bp.post("/sign-out")
@allow(Person.can_write)
@even_showing
def destroy() -> ResponseReturnValue:
    my_session().end(myself())
    logout_user()
    session.clear()
    answer = redirect(url_for("sessions.new"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # of what was read here nothing stays in the browser
    return answer
