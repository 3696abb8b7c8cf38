"""Sending a mail once more."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Mail, Person
from trackr.views.mails import show
from trackr.web.auth import allow
from trackr.web.pages import done, refills

bp = Blueprint("resendings", __name__, url_prefix="/mails/<int:mail>/resending")


@bp.post("")
@allow(Person.can_manage)
@refills(show)
def create(mail: Mail) -> ResponseReturnValue:
    mail.send_again()
    return done(url_for("mails.show", mail=mail.id), message=_("It goes out once more."))
