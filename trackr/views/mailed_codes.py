"""Coming in by the six digits of a mail, in the browser that asked for it."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.codes import read_code
from trackr.forms.fields import Invalid
from trackr.models import MailedKey
from trackr.web.auth import public
from trackr.web.by_mail import asked
from trackr.web.limits import slow_down
from trackr.web.pages import page, refills
from trackr.web.second_step import come_in

bp = Blueprint("mailed_codes", __name__, url_prefix="/sign-in/mailed")


@bp.get("")
@public
def new() -> ResponseReturnValue:
    found = asked()
    if found is None:
        return redirect(url_for("sessions.new"), 303)
    return page("keys/new.html", email=found[1])


@bp.post("")
@public
@refills(new)
def create() -> ResponseReturnValue:
    found = asked()
    if found is None:  # another browser asked
        return redirect(url_for("sessions.new"), 303)
    slow_down("mailed code")
    code, key = "".join(read_code(request.form).split()), MailedKey.asked_by(found[0])
    if key is None:
        raise Invalid({"code": _("No code is good here any more: ask for a new one.")})
    person = key.take(found[0], code)
    if person is None:
        raise Invalid({"code": _("This is not the code of the newest mail. Five tries are all there are.")})
    return come_in(person, how="mail", remembered=key.remembered, wanted=key.wanted)
