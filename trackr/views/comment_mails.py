"""The whole mail that a comment came by, with what it answers: for the agency, and for who wrote it."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from trackr.models import Comment, Ticket
from trackr.web.auth import me
from trackr.web.pages import page

bp = Blueprint("comment_mails", __name__, url_prefix="/tickets/<int:ticket>/comments/<comment>/mail")


@bp.get("")
def show(ticket: Ticket, comment: Comment) -> ResponseReturnValue:
    # What it answers was written to its author alone: it may tell hours that others of the ticket do not see.
    if not me().is_staff and comment.author_id != me().id:
        abort(403)
    return page("whole/show.html", fragment="whole/_dialog.html", ticket=ticket, comment=comment)
