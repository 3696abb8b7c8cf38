"""Time on a ticket: logged by itself, mended, taken back, corrected; and the echo of what is being typed."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from trackr.db import transaction
from trackr.forms import entries as forms
from trackr.forms.fields import Fields
from trackr.models import Entry, Person, Ticket
from trackr.models.base import Refused
from trackr.models.preview import preview
from trackr.reach.ticket_page import TicketPage
from trackr.web import timers
from trackr.web.auth import allow, me
from trackr.web.messages import reason
from trackr.web.pages import done, page, refills

bp = Blueprint("entries", __name__)


@bp.get("/tickets/<int:ticket>/entries/new")
@allow(Person.can_work)
def new(ticket: Ticket) -> ResponseReturnValue:
    """The form for time or, with `corrects`, for the correction of an entry that is on a statement."""
    corrected = forms.read_corrected(Fields(request.values), ticket)
    if corrected:
        _require_author(corrected)
    return _form(ticket, corrected=corrected)


@bp.post("/tickets/<int:ticket>/entries")
@allow(Person.can_work)
@refills(new, "entry")
def create(ticket: Ticket) -> ResponseReturnValue:
    fields = Fields(request.form)
    key = fields.line("form_key", limit=64) or None
    time = forms.Time.read_form(request.form, ticket)
    if time.corrects:
        _require_author(time.corrects)
    with transaction():
        entry = Entry.log(ticket, me(), form_key=key, **vars(time))
        timers.clear_used(ticket)
    return _changed(ticket, f"entry-{entry.id}")


@bp.get("/entries/<int:entry>/edit")
@allow(Person.can_work)
def edit(entry: Entry) -> ResponseReturnValue:
    _require_author(entry)
    return _form(entry.ticket, entry=entry, corrected=entry.corrects)


def again(entry: Entry) -> ResponseReturnValue:
    """The form that was refused, beside the entry as it is stored now: somebody else may have changed it."""
    return edit(g.reach.entry(entry.id) or entry)


@bp.patch("/entries/<int:entry>")
@allow(Person.can_work)
@refills(again, "entry")
def update(entry: Entry) -> ResponseReturnValue:
    _require_author(entry)
    change = forms.Change.read(request.form)
    time = vars(forms.Time.read_changes(request.form, entry))
    del time["corrects"]  # a correction stays that of its entry
    if time["valued_minutes"] is None:
        figures = (time["day"], time["spent_minutes"], time["activity"])
        time["valued_minutes"] = Entry.proposal(entry.ticket, *figures, besides=entry)
    entry.change(me(), **time, **vars(change))
    return _changed(entry.ticket, f"entry-{entry.id}")


@bp.delete("/entries/<int:entry>")
@allow(Person.can_work)
@refills(again, "entry")
def destroy(entry: Entry) -> ResponseReturnValue:
    _require_author(entry)
    entry.remove(me(), **vars(forms.Change.read(request.form)))
    return _changed(entry.ticket)


@bp.get("/tickets/<int:ticket>/proposal")
@allow(Person.can_work)
def propose(ticket: Ticket) -> ResponseReturnValue:
    """What the duration being typed means, what would be valued, and which hours it would take, or give back.

    `entry` names the one that is being mended, if any; `corrects` the one that a correction is about.
    """
    fields = Fields(request.args)
    number = fields.number("entry", lowest=1, highest=999_999_999, default=0)
    mended = Entry.on(ticket, number) if number else None
    corrects = mended.corrects if mended else forms.read_corrected(fields, ticket)
    time = forms.Time.read(fields, ticket, mended=mended, corrects=corrects)
    error = next(iter(fields.errors.values()), "")
    if time is None or error:
        return page("entries/_proposal.html", time=None, error=error)
    valued = time.valued_minutes
    if valued is None:
        valued = Entry.proposal(ticket, time.day, time.spent_minutes, time.activity, mended)
    try:
        seen = preview(ticket.project, time.day, valued, mended, corrects)
    except Refused as refused:
        return page("entries/_proposal.html", time=None, error=reason(refused))
    more = valued - mended.valued_minutes if mended and mended.ticket == ticket else valued
    told = {"view": TicketPage(g.reach, ticket), "ticket": ticket, "project": ticket.project, "more": more}
    return page("entries/_proposal.html", time=time, valued=valued, seen=seen, error="", **told)


def _form(ticket: Ticket, entry: Entry | None = None, corrected: Entry | None = None) -> ResponseReturnValue:
    view = TicketPage(g.reach, ticket, mended=entry)
    values = {"view": view, "ticket": ticket, "entry": entry, "corrected": corrected}
    return page("entries/new.html", fragment="entries/_form.html", **values)


def _require_author(entry: Entry) -> None:
    if entry.person_id != me().id and not me().is_owner:
        abort(403)


def _changed(ticket: Ticket, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for("tickets.show", ticket=ticket.id, _anchor=anchor)
    view = TicketPage(g.reach, g.reach.again(ticket))
    return done(address, fragment="tickets/update.htmx.html", view=view, ticket=view.ticket, closes_form=True)
