"""Adding hours to a project."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.purchases import NewPurchase
from trackr.hours.durations import show as show_duration
from trackr.models import Person, Project, Purchase
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("purchases", __name__, url_prefix="/projects/<project>/purchases")


@bp.get("/new")
@allow(Person.can_manage)
def new(project: Project) -> ResponseReturnValue:
    return page("purchases/new.html", project=project, purchases=g.reach.purchases(project))


@bp.post("")
@allow(Person.can_manage)
@refills(new)
def create(project: Project) -> ResponseReturnValue:
    purchase = Purchase.add(project, me(), **vars(NewPurchase.read(request.form, project)))
    message = _("%(hours)s added.", hours=show_duration(purchase.minutes))
    return done(url_for("hours.show", project=project.slug), message=message)
