"""A mail to oneself, to see whether mail works, and if not, what is wrong with it."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.fields import Invalid
from trackr.mail import delivery
from trackr.models import Person
from trackr.views.mails import index
from trackr.web.auth import allow, me
from trackr.web.limits import slow_down
from trackr.web.pages import done, refills

bp = Blueprint("mail_tests", __name__, url_prefix="/mails/tests")


@bp.post("")
@allow(Person.can_manage)
@refills(index)
def create() -> ResponseReturnValue:
    slow_down("mail_test", str(me().id))
    try:
        refusal = delivery.try_out(me())
    except delivery.Trouble as problem:
        raise Invalid({"": _(problem.sentence) % problem.values}) from problem
    if refusal:
        raise Invalid({"": _("The mail was not taken: %(reason)s", reason=refusal)})
    return done(url_for("mails.index"), message=_("Sent to %(email)s: look into that mailbox.", email=me().email))
