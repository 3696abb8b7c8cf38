"""One's own private addresses for calendars and feed readers: made, shown once, revoked."""

from flask import Blueprint, flash, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.feeds import NewFeed
from trackr.models import Feed, Person
from trackr.views import account
from trackr.web.auth import allow, me, sensitive
from trackr.web.feeds import address_of
from trackr.web.pages import done, refills

bp = Blueprint("feeds", __name__, url_prefix="/account/feeds")


@bp.post("")
@allow(Person.can_write)
@sensitive
@refills(account.edit, "feed")
def create() -> ResponseReturnValue:
    form = NewFeed.read(request.form, g.reach.projects())
    token = Feed.issue(me(), form.kind, form.project)
    flash(address_of(form.kind, token), "feed")
    return done(url_for("account.edit"))


@bp.delete("/<int:feed>")
@allow(Person.can_write)
def destroy(feed: Feed) -> ResponseReturnValue:
    feed.revoke()
    return done(url_for("account.edit"), message=_("The address leads nowhere any more."))
