"""Senders whose mail nobody wants."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import BlockedSender, Person, ReceivedMail
from trackr.views.held_mails import show
from trackr.web.auth import allow, me
from trackr.web.pages import done, refills

bp = Blueprint("blockings", __name__, url_prefix="/mails")


@bp.post("/held/<int:held_mail>/blocking")
@allow(Person.can_work)
@refills(show)
def create(held_mail: ReceivedMail) -> ResponseReturnValue:
    held_mail.block(me())
    return done(
        url_for("held_mails.index"), message=_("Nothing more is taken in from %(email)s.", email=held_mail.sender)
    )


@bp.delete("/blocked/<int:blocked_sender>")
@allow(Person.can_work)
def destroy(blocked_sender: BlockedSender) -> ResponseReturnValue:
    blocked_sender.unblock(me())
    message = _("What %(email)s sends is taken in again.", email=blocked_sender.email)
    return done(url_for("held_mails.index"), message=message)
