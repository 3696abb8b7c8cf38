"""Several mails that wait put away at once."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from trackr.forms.held_mails import Filing
from trackr.models import Person, ReceivedMail
from trackr.reach import received
from trackr.views import held_mails
from trackr.web.auth import allow, me
from trackr.web.pages import done, refills

bp = Blueprint("filings", __name__, url_prefix="/mails/held/filings")


@bp.post("")
@allow(Person.can_work)
@refills(held_mails.index, "bulk")
def create() -> ResponseReturnValue:
    filing = Filing.read(request.form, lambda numbers: received.ticked(g.reach, numbers))
    ReceivedMail.file_all(me(), filing.mails)
    message = ngettext("One mail was put away.", "%(num)s mails were put away.", len(filing.mails))
    return done(url_for("held_mails.index"), message=message)
