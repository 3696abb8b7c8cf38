"""Accounts at the provider of OpenID Connect: linked by their person, taken away by them and by the owner."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import LinkedAccount, Person
from trackr.web.auth import allow, me, sensitive
from trackr.web.limits import slow_down
from trackr.web.pages import done
from trackr.web.provider import lead_away, provider

bp = Blueprint("linked_accounts", __name__, url_prefix="/linked-accounts")


@bp.post("")
@allow(Person.can_write)
@sensitive
def create() -> ResponseReturnValue:
    """Lead to the provider; what comes back is linked: see web/provider.py."""
    if not provider().is_ready:
        return done(url_for("account.edit"))
    slow_down("provider")
    return lead_away("link", hint=me().email)


@bp.delete("/<int:linked_account>")
@allow(Person.can_write)
@sensitive
def destroy(linked_account: LinkedAccount) -> ResponseReturnValue:
    linked_account.unlink(me())
    is_mine = linked_account.person_id == me().id
    back = url_for("account.edit") if is_mine else url_for("people.edit", person=linked_account.person_id)
    return done(back, message=_("The account is not linked any more."))
