"""A client brings a colleague into a ticket: it is shared with somebody who takes part already, or with a newcomer."""

from flask import Blueprint, abort, flash, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.people import Colleague
from trackr.mail.outbox import queue_direct
from trackr.models import Invitation, Participant, Person, Ticket
from trackr.reach.ticket_page import TicketPage
from trackr.views import participants
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.limits import slow_down
from trackr.web.pages import done, refills

bp = Blueprint("colleagues", __name__, url_prefix="/tickets/<int:ticket>/colleagues")


@bp.post("")
@allow(Person.can_invite)
@refills(participants.new, "colleague")
def create(ticket: Ticket) -> ResponseReturnValue:
    if not TicketPage(g.reach, ticket).may_invite:
        abort(403)
    colleague = Colleague.read(request.form)
    slow_down("colleague", str(me().id))  # whether somebody has an address here is not to be tried out
    person, is_new = Participant.invite(ticket, me(), **vars(colleague))
    if not is_new:
        return show_changed(ticket, _("%(name)s is told from now on.", name=person.name))
    token = Invitation.issue(person)
    if queue_direct("invitation", person, project=ticket.project, secret={"token": token}, by=me().name):
        message = _("%(name)s can see this ticket from now on, and is invited by mail.", name=person.name)
    else:
        flash(url_for("invitations.show", token=token, _external=True), "invitation")
        message = _("%(name)s can see this ticket from now on.", name=person.name)
    return done(url_for("tickets.show", ticket=ticket.id), message=message)
