"""Files on a ticket: brought by themselves, downloaded, deleted. With a reply they come in views/comments.py."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from trackr.forms import files as forms
from trackr.models import Attachment, Person, Ticket
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.downloads import download
from trackr.web.pages import page, refills

bp = Blueprint("attachments", __name__)


@bp.get("/tickets/<int:ticket>/attachments/new")
@allow(Person.can_write)
def new(ticket: Ticket) -> ResponseReturnValue:
    return page("attachments/new.html", ticket=ticket)


@bp.post("/tickets/<int:ticket>/attachments")
@allow(Person.can_write)
@refills(new)
def create(ticket: Ticket) -> ResponseReturnValue:
    Attachment.bring(ticket, me(), forms.read_form(request.files))
    return show_changed(ticket)


@bp.get("/attachments/<int:attachment>/<filename>")
def show(attachment: Attachment, filename: str) -> ResponseReturnValue:  # noqa: ARG001 -- the loader has compared it
    return download(attachment)


@bp.delete("/attachments/<int:attachment>")
@allow(Person.can_write)
def destroy(attachment: Attachment) -> ResponseReturnValue:
    if attachment.created_by_id != me().id and not me().is_owner:
        abort(403)
    attachment.remove(me())
    return show_changed(attachment.ticket)
