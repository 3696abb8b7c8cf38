"""Tasks in a text, ticked where they stand by those who may edit it."""

from flask import Blueprint, abort, g, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import ticks as forms
from trackr.models import Comment, Person, Ticket
from trackr.reach.ticket_page import TicketPage
from trackr.reach.writing import Writing
from trackr.web import mentions, tasks
from trackr.web.auth import allow, me
from trackr.web.pages import done

bp = Blueprint("ticks", __name__, url_prefix="/texts/<text>/tick")


@bp.put("")
@allow(Person.can_write)
def update(text: Writing) -> ResponseReturnValue:
    if not text.own:
        abort(403)
    written: Comment | Ticket | None = text.comment or text.ticket
    assert written is not None and text.ticket is not None
    number, mark = forms.read(request.form)
    body = tasks.tick(written.body, number) if mark == tasks.mark(written.body_html) else None
    if body is None:
        return _show(text, _("Somebody has changed this meanwhile: look, and tick it again."), 422)
    if text.comment:
        html, _people = mentions.render(text.ticket, body, internal=text.comment.internal)
        text.comment.edit(me(), body=body, body_html=html)
    else:
        html, _people = mentions.render(text.ticket, body)
        text.ticket.change(me(), body=body, body_html=html)
    return _show(text)


def _show(text: Writing, message: str = "", status: int = 200) -> ResponseReturnValue:
    assert text.ticket is not None
    view = TicketPage(g.reach, g.reach.again(text.ticket))
    anchor = f"comment-{text.comment.key}" if text.comment else "opening"
    address = url_for("tickets.show", ticket=text.ticket.id, _anchor=anchor)
    answer = make_response(done(address, "ticks/update.htmx.html", message, view=view, ticket=view.ticket))
    if status != 200 and answer.status_code == 200:
        answer.status_code = status
    return answer
