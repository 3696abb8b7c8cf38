"""Showing at the provider that it is oneself, for what is sensitive: it asks there again, whoever is signed in."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from trackr.models import Person
from trackr.web.auth import allow, me
from trackr.web.limits import slow_down
from trackr.web.pages import done
from trackr.web.provider import lead_away, provider

bp = Blueprint("provider_proofs", __name__, url_prefix="/proof/provider")


@bp.post("")
@allow(Person.can_write)
def create() -> ResponseReturnValue:
    if not provider().is_ready:
        return done(url_for("home.index"))
    slow_down("provider", str(me().id))
    return lead_away("prove", hint=me().email, anew=True, wanted=request.form.get("next", ""))
