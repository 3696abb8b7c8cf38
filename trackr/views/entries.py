"""Time on a ticket: logged by itself, mended, taken back; and the echo of what is being typed."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from trackr.db import transaction
from trackr.forms import entries as forms
from trackr.forms.fields import Fields
from trackr.models import Entry, Person, Ticket
from trackr.models.preview import preview
from trackr.reach.ticket_page import TicketPage
from trackr.web import timers
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("entries", __name__)


@bp.get("/tickets/<int:ticket>/entries/new")
@allow(Person.can_work)
def new(ticket: Ticket) -> ResponseReturnValue:
    view = TicketPage(g.reach, ticket)
    return page("entries/new.html", fragment="entries/_form.html", ticket=ticket, view=view, entry=None)


@bp.post("/tickets/<int:ticket>/entries")
@allow(Person.can_work)
@refills(new, "entry")
def create(ticket: Ticket) -> ResponseReturnValue:
    fields = Fields(request.form)
    key = fields.line("form_key", limit=64) or None
    time = forms.Time.read_form(request.form, ticket)
    with transaction():
        entry = Entry.log(ticket, me(), form_key=key, **vars(time))
        timers.clear_used(ticket)
    return _changed(ticket, f"entry-{entry.id}")


@bp.get("/entries/<int:entry>/edit")
@allow(Person.can_work)
def edit(entry: Entry) -> ResponseReturnValue:
    _require_author(entry)
    view = TicketPage(g.reach, entry.ticket)
    return page("entries/new.html", fragment="entries/_form.html", ticket=entry.ticket, view=view, entry=entry)


@bp.patch("/entries/<int:entry>")
@allow(Person.can_work)
@refills(edit, "entry")
def update(entry: Entry) -> ResponseReturnValue:
    _require_author(entry)
    time = forms.Time.read_changes(request.form, entry)
    valued = time.valued_minutes
    if valued is None:
        valued = Entry.proposal(entry.ticket, time.day, time.spent_minutes, besides=entry)
    entry.change(me(), **(vars(time) | {"valued_minutes": valued}))
    return _changed(entry.ticket, f"entry-{entry.id}")


@bp.delete("/entries/<int:entry>")
@allow(Person.can_work)
def destroy(entry: Entry) -> ResponseReturnValue:
    _require_author(entry)
    entry.remove(me())
    return _changed(entry.ticket)


@bp.get("/tickets/<int:ticket>/proposal")
@allow(Person.can_work)
def propose(ticket: Ticket) -> ResponseReturnValue:
    """What the duration being typed means, what would be valued, and which hours it would take.

    `entry` names the one that is being mended, if any.
    """
    fields = Fields(request.args)
    time = forms.Time.read(fields, ticket)
    number = fields.number("entry", lowest=1, highest=999_999_999, default=0)
    mended = g.reach.entry(number) if number else None
    error = next(iter(fields.errors.values()), "")
    if time is None or error:
        return page("entries/_proposal.html", time=None, error=error)
    valued = time.valued_minutes
    if valued is None:
        valued = Entry.proposal(ticket, time.day, time.spent_minutes, besides=mended)
    draws = preview(ticket.project, time.day, valued, besides=mended) if valued else []
    more = valued - mended.valued_minutes if mended and mended.ticket == ticket else valued
    told = {"view": TicketPage(g.reach, ticket), "ticket": ticket, "project": ticket.project, "more": more}
    return page("entries/_proposal.html", time=time, valued=valued, draws=draws, error="", **told)


def _require_author(entry: Entry) -> None:
    if entry.person_id != me().id and not me().is_owner:
        abort(403)


def _changed(ticket: Ticket, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for("tickets.show", ticket=ticket.id, _anchor=anchor)
    view = TicketPage(g.reach, g.reach.again(ticket))
    return done(address, fragment="tickets/update.htmx.html", view=view, ticket=view.ticket, closes_form=True)
