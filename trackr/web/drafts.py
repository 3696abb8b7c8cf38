"""Forms that come filled with what their reader had typed before, here or on another device."""

from flask import g, url_for
from werkzeug.datastructures import MultiDict

from trackr.models import Draft
from trackr.reach.writing import Writing
from trackr.web.auth import me, my_session
from trackr.web.pages import Typed


def fill(form: str, name: str = "") -> None:
    """Before a page is drawn: put the reader's draft of `form` into its form of that name, unless it was refused."""
    if g.get("refused") or my_session().is_showing:
        return
    values = Draft.of(me(), form)
    if values:
        g.refused = (name, Typed(MultiDict(values), is_refused=True, is_draft=True))


def address(writing: Writing) -> str:
    """Where the form stands."""
    if writing.ticket is None:
        return url_for("tickets.new", project=writing.project.slug)
    if writing.kind == "edit":
        return url_for("tickets.edit", ticket=writing.ticket.id)
    if writing.comment:
        return url_for("comments.edit", ticket=writing.ticket.id, comment=writing.comment.key)
    return url_for("tickets.show", ticket=writing.ticket.id)
