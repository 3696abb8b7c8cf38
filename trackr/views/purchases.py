"""Hours that are added to a project, opened where a client asked for them, declined, or taken back."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.purchases import NewPurchase, read_reason
from trackr.hours.durations import show as show_duration
from trackr.models import Person, Project, Purchase
from trackr.web.auth import allow, me
from trackr.web.once import once
from trackr.web.pages import done, page, refills

bp = Blueprint("purchases", __name__)


@bp.get("/projects/<project>/purchases/new")
@allow(Person.can_manage)
def new(project: Project) -> ResponseReturnValue:
    return page("purchases/new.html", project=project, purchases=g.reach.purchases(project))


@bp.post("/projects/<project>/purchases")
@allow(Person.can_manage)
@refills(new)
@once
def create(project: Project) -> ResponseReturnValue:
    purchase = Purchase.add(project, me(), **vars(NewPurchase.read(request.form, project)))
    return _changed(purchase, _("%(hours)s added.", hours=show_duration(purchase.minutes)))


@bp.get("/purchases/<int:purchase>/edit")
@allow(Person.can_manage)
def edit(purchase: Purchase) -> ResponseReturnValue:
    return page("purchases/edit.html", purchase=purchase, project=purchase.project)


@bp.patch("/purchases/<int:purchase>")
@allow(Person.can_manage)
@refills(edit, "opening")
def update(purchase: Purchase) -> ResponseReturnValue:
    purchase.open(me(), **vars(NewPurchase.read_opening(request.form, purchase)))
    return _changed(purchase, _("%(hours)s added.", hours=show_duration(purchase.minutes)))


@bp.delete("/purchases/<int:purchase>")
@allow(Person.can_write)
@refills(edit, "cancelling")
def destroy(purchase: Purchase) -> ResponseReturnValue:
    """Who asked may withdraw it; staff who decline say why."""
    is_theirs = purchase.is_requested and purchase.created_by_id == me().id
    if not (is_theirs or me().can_manage()):
        abort(403)
    was_asked = purchase.is_requested
    why = "" if is_theirs else read_reason(request.form, required=was_asked)
    purchase.cancel(me(), why)
    return _changed(purchase, _("Withdrawn.") if is_theirs else _("Declined.") if was_asked else _("Taken back."))


def _changed(purchase: Purchase, message: str) -> ResponseReturnValue:
    return done(url_for("hours.show", project=purchase.project.slug), message=message)
