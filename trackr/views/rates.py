"""What an hour costs the agency, by person, and what it is billed at, by project: for figures in money."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import rates as forms
from trackr.models import Person
from trackr.models.rates import set_rates
from trackr.reach.reports import agency_people
from trackr.web.auth import allow, even_archived, me
from trackr.web.pages import done, page, refills

bp = Blueprint("rates", __name__, url_prefix="/reports/rates")


@bp.get("")
@allow(Person.can_manage)
def edit() -> ResponseReturnValue:
    return page("rates/edit.html", people=agency_people(), projects=g.reach.projects())


@bp.put("")
@allow(Person.can_manage)
@even_archived
@refills(edit)
def update() -> ResponseReturnValue:
    set_rates(me(), **forms.read(request.form, agency_people(), g.reach.projects()))
    return done(url_for("rates.edit"), message=_("Saved."))
