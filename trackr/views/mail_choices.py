"""When one wants to hear of things by mail."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import mail_choices as forms
from trackr.models import Person
from trackr.views.account import edit
from trackr.web.auth import allow, me
from trackr.web.pages import done, refills

bp = Blueprint("mail_choices", __name__, url_prefix="/account/mails")


@bp.put("")
@allow(Person.can_write)
@refills(edit, "mails")
def update() -> ResponseReturnValue:
    projects = [one for one in g.reach.projects() if g.reach.sees_all(one)]
    me().choose_mails(**forms.read(request.form, me(), projects))
    return done(url_for("account.edit"), message=_("Saved."))
