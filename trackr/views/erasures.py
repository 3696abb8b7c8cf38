"""Forgetting somebody: what they wrote stays, and nobody can tell any more who it was."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.people import read_erasure
from trackr.models import Person, erasure
from trackr.views import people
from trackr.web.auth import allow, me, sensitive
from trackr.web.pages import done, refills

bp = Blueprint("erasures", __name__, url_prefix="/people/<int:person>/erasure")


@bp.post("")
@allow(Person.can_manage)
@sensitive
@refills(people.edit, "erasure")
def create(person: Person) -> ResponseReturnValue:
    read_erasure(request.form, person)
    erasure.erase(person, me())
    return done(url_for("accesses.edit"), message=_("Nobody can tell any more who that was."))
