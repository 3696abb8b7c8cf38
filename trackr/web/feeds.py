"""Answering who comes by a private address: in the place of its person, with what they may see just now."""

import logging

from flask import Response, abort, current_app, g, request, url_for
from werkzeug.wrappers import Response as Answer

from trackr import log
from trackr.db import Unanswered
from trackr.models import Feed, Project, ledger
from trackr.web.auth import read_as
from trackr.web.limits import count_feed, slow_down

logger = logging.getLogger("trackr.web")


def base() -> str:
    """The address of the instance, by which others know it: without a slash at its end."""
    configured: str | None = current_app.config["BASE_URL"]
    return configured or request.url_root.rstrip("/")


def address_of(kind: str, token: str) -> str:
    if kind == "calendar":
        return base() + url_for("calendars.show", calendar=token)
    return base() + url_for("event_feeds.show", events=token)


def enter(token: str, kind: str) -> tuple[Feed, Project | None]:
    """The feed of that address and its project, none for all, with its person as the reader of this request.

    404 where it is unknown, revoked, or its person or their way to the project is gone; 429 for who asks too often.
    """
    feed = Feed.find(token, kind)
    if feed is None:
        slow_down("feed")
        abort(404)
    count_feed(feed.id)
    read_as(feed.person)
    project = g.reach.project(feed.project.slug) if feed.project else None
    if feed.project and project is None:
        abort(404)
    g.project = project
    for one in [project] if project else g.reach.projects():
        ledger.keep_up(one)
    try:
        feed.note_use()
    except Unanswered as problem:  # reading goes on while nothing can be written
        log.event(logger, "feed", level=logging.WARNING, feed=feed.id, error=repr(problem))
    return feed, project


def answer(body: str | bytes, mimetype: str) -> Answer:
    """Only this reader may keep it, and asks each time whether it has changed."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    answered = response.make_conditional(request)
    answered.headers.pop("Date", None)  # the server writes when it answers
    return answered
