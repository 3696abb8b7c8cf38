"""Canned replies: what staff write often, the same for all projects."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import canned_replies as forms
from trackr.forms.fields import Fields
from trackr.models import CannedReply, Person
from trackr.web import canned
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("canned_replies", __name__, url_prefix="/canned-replies")


@bp.get("")
@allow(Person.can_work)
def index() -> ResponseReturnValue:
    """All of them; for a ticket, to choose from, each filled for it."""
    replies = CannedReply.all_of_them()
    number = Fields(request.args).number("ticket", lowest=1, highest=10**9, default=0)
    ticket = g.reach.ticket(number) if number else None
    choices = [(reply, canned.filled(reply, ticket)) for reply in replies] if ticket else []
    fragment = "canned/_choices.html" if ticket else ""
    return page("canned/index.html", fragment, replies=replies, ticket=ticket, choices=choices)


@bp.post("")
@allow(Person.can_work)
@refills(index)
def create() -> ResponseReturnValue:
    form = forms.read(request.form)
    CannedReply.add(me(), name=form["name"], body=form["body"])
    return done(url_for("canned_replies.index"), message=_("Saved."))


@bp.get("/<int:canned_reply>/edit")
@allow(Person.can_work)
def edit(canned_reply: CannedReply) -> ResponseReturnValue:
    return page("canned/edit.html", reply=canned_reply)


@bp.patch("/<int:canned_reply>")
@allow(Person.can_work)
@refills(edit)
def update(canned_reply: CannedReply) -> ResponseReturnValue:
    canned_reply.change(me(), **forms.read(request.form))
    return done(url_for("canned_replies.index"), message=_("Saved."))


@bp.delete("/<int:canned_reply>")
@allow(Person.can_work)
def destroy(canned_reply: CannedReply) -> ResponseReturnValue:
    canned_reply.remove(me())
    return done(url_for("canned_replies.index"), message=_("Deleted."))
