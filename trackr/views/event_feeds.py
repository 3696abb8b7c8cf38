"""What happens, as an Atom feed by a private address."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from trackr.documents.cells import printable
from trackr.reach.feeds import deeds
from trackr.web import feeds
from trackr.web.auth import public
from trackr.web.pages import page

bp = Blueprint("event_feeds", __name__, url_prefix="/feeds/<events>.atom")


@bp.get("")
@public
def show(events: str) -> ResponseReturnValue:
    feed, project = feeds.enter(events, "events")
    found = deeds(g.reach, project)
    updated = found[0].at if found else feed.created_at
    text = page("feeds/show.xml", feed=feed, project=project, deeds=found, updated=updated, base=feeds.base())
    return feeds.answer(printable(text), "application/atom+xml")
