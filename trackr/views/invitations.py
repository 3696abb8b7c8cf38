"""A first password by a link that works once. Looking at the link does not use it up."""

from flask import Blueprint, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from trackr.forms.people import read_new_password
from trackr.models import Invitation
from trackr.web.auth import public
from trackr.web.limits import slow_down
from trackr.web.pages import page, refills

bp = Blueprint("invitations", __name__, url_prefix="/invitations")


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    invitation = Invitation.find(token)
    if invitation is None:
        return page("invitations/gone.html"), 404
    return page("invitations/show.html", invited=invitation.person)


@bp.post("/<token>")
@public
@refills(show)
def update(token: str) -> ResponseReturnValue:
    slow_down("invitation")
    invitation = Invitation.find(token) or abort(404)
    person = invitation.accept(read_new_password(request.form))
    session.clear()
    session.permanent = True
    login_user(person)
    return redirect(url_for("home.index"), 303)
