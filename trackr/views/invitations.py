"""A first password, or none, by a link that works once. Looking at the link does not use it up."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from trackr.forms.people import Acceptance
from trackr.mail import post
from trackr.models import Invitation
from trackr.web.auth import own_words, public
from trackr.web.limits import slow_down
from trackr.web.pages import page, refills
from trackr.web.second_step import come_in

bp = Blueprint("invitations", __name__, url_prefix="/invitations")


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    invitation = Invitation.find(token)
    if invitation is None:
        return page("invitations/gone.html"), 404
    return page("invitations/show.html", invited=invitation.person, may_do_without=post.is_set_up)


@bp.post("/<token>")
@public
@refills(show)
def update(token: str) -> ResponseReturnValue:
    slow_down("invitation")
    invitation = Invitation.find(token) or abort(404)
    person = invitation.person
    accepted = Acceptance.read(request.form, own_words(person), may_do_without=post.is_set_up)
    return come_in(invitation.accept(accepted.password), how="invitation", remembered=accepted.remember)
