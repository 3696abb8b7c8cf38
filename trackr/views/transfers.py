"""Moving a ticket to another project: first what will happen, then the move. For staff who see both."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import tickets as forms
from trackr.models import Person, Ticket
from trackr.models.transfer import Transfer
from trackr.web.auth import allow, me
from trackr.web.messages import REASONS
from trackr.web.pages import done, page, refills

bp = Blueprint("transfers", __name__, url_prefix="/tickets/<int:ticket>/transfer")


@bp.get("")
@allow(Person.can_work)
def new(ticket: Ticket) -> ResponseReturnValue:
    """The choice of a project; with `project` what the move there would do."""
    others = [one for one in g.reach.projects() if one.id != ticket.project_id]
    slug = request.values.get("project", "")
    chosen = next((one for one in others if one.slug == slug), None)
    transfer = Transfer(ticket, chosen, me()) if chosen else None
    hindrance = REASONS.get(transfer.hindrance, "") if transfer else ""
    return page("transfers/new.html", ticket=ticket, others=others, transfer=transfer, hindrance=hindrance)


@bp.post("")
@allow(Person.can_work)
@refills(new)
def create(ticket: Ticket) -> ResponseReturnValue:
    others = [one for one in g.reach.projects() if one.id != ticket.project_id]
    project = forms.project(request.form, others)
    Transfer(ticket, project, me()).perform()
    words = _("The ticket is in %(project)s now.", project=project.name)
    return done(url_for("tickets.show", ticket=ticket.id), message=words)
