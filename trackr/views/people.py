"""One person, for the owner: what they are, whether they may come in, and where they are signed in."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.people import Standing
from trackr.models import Authenticator, LinkedAccount, Person
from trackr.reach.people import devices
from trackr.web.auth import allow, me, sensitive
from trackr.web.pages import done, page, refills

bp = Blueprint("people", __name__, url_prefix="/people/<int:person>")


@bp.get("")
@allow(Person.can_manage)
def edit(person: Person) -> ResponseReturnValue:
    return page(
        "people/edit.html",
        somebody=person,
        devices=devices(person),
        authenticator=Authenticator.of(person),
        accounts=LinkedAccount.of(person),
        is_me=person.id == me().id,
    )


@bp.patch("")
@allow(Person.can_manage)
@sensitive
@refills(edit)
def update(person: Person) -> ResponseReturnValue:
    person.place(me(), **vars(Standing.read(request.form, person)))
    return done(url_for("people.edit", person=person.id), message=_("Saved."))
