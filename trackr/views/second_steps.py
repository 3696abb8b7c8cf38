"""The second step of signing in, for who has an app for it."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.codes import read_code
from trackr.forms.fields import Invalid
from trackr.web.auth import public
from trackr.web.limits import slow_down
from trackr.web.pages import page, refills
from trackr.web.second_step import go_on, take, waiting

bp = Blueprint("second_steps", __name__, url_prefix="/sign-in/code")


@bp.get("")
@public
def new() -> ResponseReturnValue:
    if waiting() is None:
        return redirect(url_for("sessions.new"), 303)
    return page("steps/new.html")


@bp.post("")
@public
@refills(new)
def create() -> ResponseReturnValue:
    person = waiting()
    if person is None:  # it took too long, or was never begun
        return redirect(url_for("sessions.new"), 303)
    slow_down("second step", str(person.id))
    if not take(person, read_code(request.form)):
        raise Invalid({"code": _("This code is not valid, or was used already.")})
    return go_on(person)
