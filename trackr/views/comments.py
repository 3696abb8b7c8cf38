"""Writing on a ticket: replies and internal notes, with or without time."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from trackr.db import transaction
from trackr.forms import comments as forms
from trackr.models import Attachment, Comment, Draft, Entry, Person, Ticket, merging
from trackr.models.attachment import stored
from trackr.models.base import Refused
from trackr.reach.files import with_files
from trackr.reach.stream import written
from trackr.reach.ticket_page import TicketPage
from trackr.web import drafts, mentions, statements, timers, typings
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("comments", __name__, url_prefix="/tickets/<int:ticket>/comments")


def new(ticket: Ticket) -> ResponseReturnValue:
    """The composer on its ticket: shown again when what was sent cannot be taken."""
    view = TicketPage(g.reach, ticket)
    return page("tickets/show.html", fragment="comments/new.htmx.html", view=view, ticket=ticket)


@bp.post("")
@allow(Person.can_write)
@refills(new, "comment", previews=True)
def create(ticket: Ticket) -> ResponseReturnValue:
    reply = forms.Reply.read(request.form, ticket, me().is_staff, request.files)
    comment, entry = _write(ticket, reply)
    typings.forget(ticket, me())
    address = url_for("tickets.show", ticket=ticket.id, _anchor=f"comment-{comment.key}")
    view = TicketPage(g.reach, g.reach.again(ticket))
    return done(
        address,
        fragment="comments/create.htmx.html",
        view=view,
        ticket=view.ticket,
        project=view.ticket.project,
        written=with_files(written(me(), comment, entry), view.files if reply.files else {}),
        moved=reply.then or reply.reopens,
    )


def _write(ticket: Ticket, reply: forms.Reply) -> tuple[Comment, Entry | None]:
    body_html, mentioned = mentions.render(ticket, reply.body, internal=reply.internal)
    entry = None
    with stored(reply.files) as files, transaction():  # the reply and all that goes with it, or nothing
        _require_standing(ticket)
        comment = Comment.write(
            ticket,
            me(),
            body=reply.body,
            body_html=body_html,
            internal=reply.internal,
            form_key=reply.form_key,
        )
        Attachment.add(ticket, me(), files, comment)
        if not reply.internal:
            mentions.tell(ticket, mentioned)
        Draft.discard(me(), f"reply:{ticket.id}")
        statements.note_question(ticket, reply.about)
        if reply.time:
            entry = Entry.log(ticket, me(), comment=comment, **vars(reply.time))
            timers.clear_used(ticket)
        _move(ticket, reply)
    return comment, entry


def _move(ticket: Ticket, reply: forms.Reply) -> None:
    """Where a reply says so: into a column, where it does not stand in it already, or back to work."""
    if reply.then and reply.then.id != ticket.column.id:
        ticket.place(me(), reply.then)
    elif reply.reopens:
        ticket.reopen(me())


@bp.get("/<comment>")
@allow(Person.can_work)
def show(ticket: Ticket, comment: Comment) -> ResponseReturnValue:
    """The earlier texts of a comment that was edited."""
    earlier = comment.earlier_texts()
    return page("comments/show.html", fragment="comments/_earlier.html", ticket=ticket, comment=comment, texts=earlier)


@bp.get("/<comment>/edit")
@allow(Person.can_write)
def edit(ticket: Ticket, comment: Comment) -> ResponseReturnValue:
    _require_author(comment)
    drafts.fill(f"comment:{ticket.id}:{comment.key}")
    return page("comments/edit.html", fragment="comments/_form.html", ticket=ticket, comment=comment)


@bp.patch("/<comment>")
@allow(Person.can_write)
@refills(edit, previews=True)
def update(ticket: Ticket, comment: Comment) -> ResponseReturnValue:
    _require_author(comment)
    body = forms.body(request.form)
    body_html, mentioned = mentions.render(ticket, body, internal=comment.internal, before=comment.body)
    with transaction():
        comment.edit(me(), body=body, body_html=body_html)
        if not comment.internal:
            mentions.tell(ticket, mentioned)
        Draft.discard(me(), f"comment:{ticket.id}:{comment.key}")
    return _changed(ticket, comment)


@bp.delete("/<comment>")
@allow(Person.can_write)
def destroy(ticket: Ticket, comment: Comment) -> ResponseReturnValue:
    _require_author(comment)
    comment.remove(me())
    return _changed(ticket)


def _require_standing(ticket: Ticket) -> None:
    """Refuse what is written on a ticket that was merged, to whoever sees the one that it goes on in.

    Others do see that one: what goes there is sent there by whoever wrote it. Who does not see it is answered here.
    """
    into = merging.stored_into(ticket)
    if into and g.reach.ticket(into):
        ticket.merged_into = into
        raise Refused("merged_meanwhile")


def _require_author(comment: Comment) -> None:
    if comment.author_id != me().id:
        abort(403)


def _changed(ticket: Ticket, comment: Comment | None = None) -> ResponseReturnValue:
    anchor = f"comment-{comment.key}" if comment else None
    address = url_for("tickets.show", ticket=ticket.id, _anchor=anchor)
    fragment = "comments/update.htmx.html" if comment else "tickets/update.htmx.html"
    return done(address, fragment=fragment, view=TicketPage(g.reach, ticket), ticket=ticket, comment=comment)
