"""One's own settings: name, language, password, and for staff the working day."""

from flask import Blueprint, g, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import login_user

from trackr.forms.fields import Invalid
from trackr.forms.people import LANGUAGES, Account
from trackr.models import Feed, Person
from trackr.web.auth import allow, me
from trackr.web.limits import slow_down
from trackr.web.pages import done, page, refills

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
def edit() -> ResponseReturnValue:
    projects = [(one.slug, one.name) for one in g.reach.projects()]
    return page("account/edit.html", languages=LANGUAGES, feeds=Feed.of(me()), projects=projects)


@bp.patch("")
@allow(Person.can_write)
@refills(edit)
def update() -> ResponseReturnValue:
    account = Account.read(request.form, works=me().is_staff)
    person = me()
    if account.password:
        slow_down("password", str(person.id))
    if account.password and not person.has_password(account.current_password):
        raise Invalid({"current_password": _("This is not your current password.")})
    person.change(
        name=account.name, language=account.language, password=account.password, day_minutes=account.day_minutes
    )
    if account.password:  # every other session has ended; this one goes on
        session.clear()
        session.permanent = True
        login_user(person)
    refresh()  # what follows is said in the language just chosen
    return done(url_for("account.edit"), message=_("Saved."))
