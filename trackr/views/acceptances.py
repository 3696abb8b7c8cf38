"""Taking in a mail that was held, as somebody's."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.held_mails import Acceptance
from trackr.mail import taking
from trackr.models import Person, ReceivedMail
from trackr.reach import received
from trackr.views.held_mails import show
from trackr.web.auth import allow, me
from trackr.web.pages import done, refills

bp = Blueprint("acceptances", __name__, url_prefix="/mails/held/<int:held_mail>/acceptance")


@bp.post("")
@allow(Person.can_work)
@refills(show)
def create(held_mail: ReceivedMail) -> ResponseReturnValue:
    people, projects = received.senders(g.reach, held_mail), g.reach.projects()
    found = Acceptance.read(request.form, people, projects, me().can_manage() and bool(held_mail.sender))
    if found.person:
        taking.accept(held_mail, me(), found.person, found.project)
    else:
        taking.accept_of_new(held_mail, me(), found.project, name=found.name, sees=found.sees)
    return done(url_for("tickets.show", ticket=held_mail.ticket_id), message=_("The mail is taken in."))
