"""The people of a project: who takes part, and how much each sees."""

from flask import Blueprint, flash, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.people import Member
from trackr.mail.outbox import queue_direct
from trackr.models import Invitation, Membership, Person, Project
from trackr.web.auth import allow, me, sensitive
from trackr.web.pages import done, page, refills

bp = Blueprint("memberships", __name__, url_prefix="/projects/<project>/memberships")


@bp.get("")
@allow(Person.can_work)
def index(project: Project) -> ResponseReturnValue:
    members = g.reach.members(project)
    chosen = next((one for one in members if str(one.id) == request.args.get("member")), None)
    was = chosen or Membership(person=Person())
    return page("memberships/index.html", project=project, members=members, was=was)


@bp.post("")
@allow(Person.can_manage)
@sensitive
@refills(index)
def create(project: Project) -> ResponseReturnValue:
    membership = Membership.grant(project, me(), **vars(Member.read(request.form)))
    person = membership.person
    message = _("%(name)s takes part.", name=person.name)
    if not person.active:
        message = _("%(name)s takes part, but may not come in: an owner can change that.", name=person.name)
    elif Invitation.is_awaited(person):
        token = Invitation.issue(person)
        flash(url_for("invitations.show", token=token, _external=True), "invitation")
        if queue_direct("invitation", person, project=project, secret={"token": token}, by=me().name):
            message = _("%(name)s takes part, and is invited by mail.", name=person.name)
    return done(url_for("memberships.index", project=project.slug), message=message)


@bp.delete("/<int:membership>")
@allow(Person.can_manage)
@sensitive
def destroy(project: Project, membership: Membership) -> ResponseReturnValue:
    membership.revoke(me())
    message = _("%(name)s does not take part any more.", name=membership.person.name)
    return done(url_for("memberships.index", project=project.slug), message=message)
