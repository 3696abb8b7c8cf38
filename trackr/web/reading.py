"""That a ticket has been read: by who opened its page, or had it before them when it changed."""

import logging

from flask import request

from trackr import log
from trackr.db import Unanswered
from trackr.models import Sight, Ticket
from trackr.models.base import to_milliseconds
from trackr.web.auth import me, my_session

logger = logging.getLogger("trackr.web")


def note(ticket: Ticket) -> None:
    """Note it as it is shown, unless it was read already. A page is read too where nothing can be written."""
    changed_at = ticket.client_changed_at if me().is_client else ticket.changed_at
    is_news = changed_at and changed_at > me().seen_before and to_milliseconds(changed_at) > ticket.seen_at
    if not is_news or not _is_reading() or my_session().is_showing:
        return
    try:
        Sight.note(me(), ticket, changed_at)
    except Unanswered as problem:
        log.event(logger, "sight", level=logging.WARNING, ticket=ticket.id, error=repr(problem))


def _is_reading() -> bool:
    """Whether somebody looks at the answer: not a browser that fetches what might be looked at next."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")
