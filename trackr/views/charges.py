"""What is to be billed: the list that the owner hands over to the accounts, and what became of each charge."""

from zoneinfo import ZoneInfo

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.charges import Move
from trackr.models import Charge, Person
from trackr.reach import charges
from trackr.web.auth import allow, even_archived, me
from trackr.web.filters import today
from trackr.web.instance import agency
from trackr.web.pages import done, page, refills

bp = Blueprint("charges", __name__, url_prefix="/charges")


def chosen() -> list[charges.Billed]:
    """What the address asks for."""
    house = agency()
    currency = house.currency if house else ""
    return charges.charges(g.reach, charges.Filters.read(request.args), ZoneInfo(g.timezone), currency)


@bp.get("")
@allow(Person.can_manage)
def index() -> ResponseReturnValue:
    found = chosen()
    minutes, money = charges.totals(found)
    return page(
        "charges/index.html",
        filters=charges.Filters.read(request.args),
        found=found[: charges.MOST_SHOWN],
        more=len(found) - charges.MOST_SHOWN,
        minutes=minutes,
        money=money,
        projects=[*g.reach.projects(), *g.reach.archived_projects()],
        months=charges.months(today()),
    )


@bp.get("/<int:charge>/edit")
@allow(Person.can_manage)
def edit(charge: Charge) -> ResponseReturnValue:
    return page("charges/edit.html", charge=charge)


@bp.patch("/<int:charge>")
@allow(Person.can_manage)
@even_archived
@refills(edit)
def update(charge: Charge) -> ResponseReturnValue:
    charge.move(me(), **vars(Move.read(request.form, charge, today())))
    told = {
        "open": _("It is to be billed again."),
        "invoiced": _("Noted on invoice %(number)s.", number=charge.invoice),
        "paid": _("Noted as paid."),
        "void": _("It is not billed."),
    }
    return done(url_for("charges.index"), message=told[charge.state])
