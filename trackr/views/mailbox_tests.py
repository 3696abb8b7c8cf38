"""A look into the mailbox, to see whether mail can be fetched, and if not, what is wrong."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from trackr.forms.fields import Invalid
from trackr.models import Person
from trackr.views.mails import index
from trackr.web.auth import allow, me
from trackr.web.limits import slow_down
from trackr.web.pages import done, refills

bp = Blueprint("mailbox_tests", __name__, url_prefix="/mails/mailbox-tests")


@bp.post("")
@allow(Person.can_manage)
@refills(index, "mailbox")
def create() -> ResponseReturnValue:
    from trackr.mail import imap  # an instance without a mailbox never loads it

    slow_down("mail_test", str(me().id))
    try:
        count = imap.count_waiting()
    except imap.Trouble as problem:
        raise Invalid({"": _(problem.sentence) % problem.values}) from problem
    message = ngettext(
        "The mailbox can be read: %(num)s mail waits there.",
        "The mailbox can be read: %(num)s mails wait there.",
        count,
    )
    return done(url_for("mails.index"), message=message)
