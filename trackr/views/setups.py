"""The first set-up: agency, owner, first project, its client and its first hours, once, on one page."""

from zoneinfo import available_timezones

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from trackr.forms.setups import Setup
from trackr.mail.outbox import queue_direct
from trackr.models import Agency, Invitation
from trackr.web.auth import before_setup, enter, public
from trackr.web.pages import page, refills

bp = Blueprint("setups", __name__, url_prefix="/setup")


@bp.get("")
@public
@before_setup
def new() -> ResponseReturnValue:
    if Agency.current() is not None:
        abort(404)
    return page("setups/new.html", zones=sorted(available_timezones()))


@bp.post("")
@public
@before_setup
@refills(new)
def create() -> ResponseReturnValue:
    if Agency.current() is not None:
        abort(404)
    owner, project, client = Setup.read(request.form).carry_out()
    enter(owner, how="setup")
    token = Invitation.issue(client)
    flash(url_for("invitations.show", token=token, _external=True), "invitation")
    queue_direct("invitation", client, project=project, secret={"token": token}, by=owner.name)
    return redirect(url_for("projects.show", project=project.slug), 303)
