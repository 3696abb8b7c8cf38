"""Tickets: the list, opening one, reading one, changing one."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.db import transaction
from trackr.forms import tickets as forms
from trackr.models import Attachment, Draft, Person, Project, SavedView, Tag, Template, Ticket
from trackr.models.attachment import stored
from trackr.reach.filters import Filters
from trackr.reach.ticket_list import ticket_list
from trackr.reach.ticket_page import TicketPage
from trackr.views import home, projects
from trackr.web import canned, drafts, kept, mentions, reading, statements, timers
from trackr.web.auth import allow, me
from trackr.web.once import once
from trackr.web.pages import done, page, refills, wants_fragment

bp = Blueprint("tickets", __name__)


@bp.get("/projects/<project>/tickets")
def index(project: Project) -> ResponseReturnValue:
    filters = Filters.read(request.args)
    people = g.reach.people(project) if me().is_staff else []
    return page(
        "tickets/index.html",
        fragment="tickets/_list.html",
        project=project,
        at=partial(url_for, "tickets.index", project=project.slug),
        found=ticket_list(g.reach, project, filters),
        filters=filters,
        columns=project.ordered_columns(),
        people=people,
        views=[] if wants_fragment() else SavedView.of(me(), project),
        tags=[] if wants_fragment() else g.reach.tags(project),
    )


@bp.get("/projects/<project>/tickets/new")
@allow(Person.can_write)
def new(project: Project) -> ResponseReturnValue:
    statements.fill_new_ticket(project)
    drafts.fill(f"ticket:{project.slug}")
    begins = Template.of(project)
    kind = forms.kind(request.args)
    return page("tickets/new.html", project=project, columns=project.ordered_columns(), begins=begins, kind=kind)


def again(project: Project) -> ResponseReturnValue:
    """The form that was refused: quick-add in its place on the board, one field at home, else the whole form."""
    if "said" in request.form:
        return _asked_again(project)
    column = next((one for one in project.ordered_columns() if str(one.id) == request.form.get("column")), None)
    if not (wants_fragment() and request.form.get("stay")):
        return new(project)
    if column is None:  # it was deleted meanwhile: what was typed moves into the first one
        first = project.ordered_columns()[0]
        refusal = _("Somebody has deleted this column meanwhile. What you typed stands in the first one now.")
        return projects.show_changed(project, refusal=refusal, column=first.id, name=first.name, focus=True)
    return page("projects/quick.htmx.html", project=project, column=column.id, name=column.name, focus=True)


def _asked_again(project: Project) -> ResponseReturnValue:
    """The one field, where it stands: in its project, or on the home page of who has several."""
    asked = g.reach.projects() if "project" in request.form else []
    if wants_fragment():
        return page("tickets/ask.htmx.html", project=project, asked=asked)
    return home.index() if len(asked) > 1 else projects.show(project)


@bp.post("/projects/<project>/tickets")
@allow(Person.can_write)
@refills(again, previews=True)
@once
def create(project: Project) -> ResponseReturnValue:
    sent = request.form
    if "project" in sent:  # one field for all of their projects
        project = forms.project(sent, g.reach.projects())
    key = f"ticket:{project.slug}"
    if "more" in sent:
        Draft.keep(me(), key, forms.more(sent, Draft.of(me(), key)))
        return done(url_for("tickets.new", project=project.slug))
    columns = project.ordered_columns() if me().is_staff else []
    form = forms.NewTicket.read(sent, columns, request.files)
    body_html, mentioned = mentions.render_new(project, form.body)
    about = {name: getattr(form, name) for name in ("title", "body", "kind", "priority", "column")}
    with stored(form.files) as files, transaction():
        ticket = Ticket.open(project, me(), body_html=body_html, **about)
        Attachment.add(ticket, me(), files)
        mentions.tell(ticket, mentioned)
        statements.note_question(ticket, form.about)
        if not {"stay", "said"} & set(sent):
            Draft.discard(me(), key)
    if sent.get("stay"):  # quick-add on the board
        return projects.show_changed(project, column=ticket.column.id, name=ticket.column.name, focus=True)
    return done(url_for("tickets.show", ticket=ticket.id), message=_("Ticket %(number)s is open.", number=ticket.id))


@bp.get("/tickets/<int:ticket>")
def show(ticket: Ticket) -> ResponseReturnValue:
    filters = Filters.read(request.args) if request.args.get("in") == "list" else None
    view = TicketPage(g.reach, ticket, filters=filters)
    reading.note(ticket)
    if wants_fragment():
        return page("tickets/show.htmx.html", view=view, ticket=ticket)
    timers.fill_composer(ticket)
    canned.fill_composer(ticket)
    statements.fill_composer(ticket)
    drafts.fill(f"reply:{ticket.id}", "comment")
    return kept.ticket_page(view)


@bp.get("/tickets/<int:ticket>/edit")
@allow(Person.can_write)
def edit(ticket: Ticket) -> ResponseReturnValue:
    view = _editable(ticket)
    drafts.fill(f"edit:{ticket.id}")
    return page("tickets/edit.html", fragment="tickets/edit.htmx.html", view=view, ticket=ticket)


def _as_refused(ticket: Ticket) -> ResponseReturnValue:
    """Title and text in their form, a property at its place beside the ticket."""
    if {"title", "body"} & set(request.form):
        return edit(ticket)
    view = TicketPage(g.reach, ticket)
    return page("tickets/show.html", fragment="tickets/side.htmx.html", view=view, ticket=ticket)


@bp.patch("/tickets/<int:ticket>")
@allow(Person.can_write)
@refills(_as_refused, previews=True)
def update(ticket: Ticket) -> ResponseReturnValue:
    view = _editable(ticket)
    staff = me().is_staff
    changes = forms.changes(request.form, ticket, view.everybody if staff else [], may_work=staff)
    tags = forms.tags(request.form, Tag.names_on(ticket)) if staff else None
    mentioned: list[Person] = []
    if "body" in changes:
        changes["body_html"], mentioned = mentions.render(ticket, changes["body"], before=ticket.body)
    with transaction():
        ticket.change(me(), **changes)
        mentions.tell(ticket, mentioned)
        if tags is not None:
            Tag.put(ticket, me(), tags)
        if "body" in changes:
            Draft.discard(me(), f"edit:{ticket.id}")
    if request.form.get("board") and staff:  # from the menu of a card
        return projects.show_changed(ticket.project, message=_("“%(title)s” is changed.", title=ticket.title))
    return show_changed(ticket, in_form=bool(request.form.get("mark")))


def _editable(ticket: Ticket) -> TicketPage:
    view = TicketPage(g.reach, ticket)
    if not view.may_edit:
        abort(403)
    return view


def show_changed(ticket: Ticket, message: str = "", *, in_form: bool = False) -> ResponseReturnValue:
    """After a change: the ticket's page, or all of it that moves; the message is told to who does not see it.

    in_form: title and text stand as a form on the page, and are put in its place.
    """
    ticket.project.refresh()
    view = TicketPage(g.reach, ticket)
    address = url_for("tickets.show", ticket=ticket.id)
    values = {"view": view, "ticket": ticket, "in_form": in_form}
    return done(address, fragment="tickets/update.htmx.html", message=message, **values)
