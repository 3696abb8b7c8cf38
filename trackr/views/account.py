"""One's own settings: name, language, password, and for staff the working day."""

from zoneinfo import available_timezones

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from trackr.forms.fields import Invalid
from trackr.forms.people import LANGUAGES, Account
from trackr.mail import addressing, post
from trackr.models import AddressChange, Authenticator, Feed, LinkedAccount, NewsChoice, Person
from trackr.reach.people import devices
from trackr.web.auth import allow, came_by_mail, enter, in_person, knows_password, me, my_session, own_words
from trackr.web.limits import MAILED, slow_down
from trackr.web.pages import done, page, refills
from trackr.web.provider import can_link, provider

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@in_person
def edit() -> ResponseReturnValue:
    projects, accounts = g.reach.projects(), LinkedAccount.of(me())
    return page(
        "account/edit.html",
        languages=LANGUAGES,
        hours=_hours(),
        zones=sorted(available_timezones()),
        post=post,
        devices=devices(me()),
        authenticator=Authenticator.of(me()),
        accounts=accounts,
        can_link=can_link(accounts),
        provider=provider(),
        feeds=Feed.of(me()),
        projects=[(one.slug, one.name) for one in projects],
        chosen=NewsChoice.of(me()),
        told_of=[one for one in projects if g.reach.sees_all(one)],
        by_mail=came_by_mail(),
        change=AddressChange.waiting(me()),
    )


@bp.patch("")
@allow(Person.can_write)
@refills(edit)
def update() -> ResponseReturnValue:
    account = Account.read(request.form, works=me().is_staff, names=own_words(me()))
    person = me()
    wanted = account.email if post.is_set_up and account.email != person.email else ""
    if account.password or wanted:
        slow_down("password", str(person.id))
        if not knows_password(person, account.current_password):
            raise Invalid({"current_password": _("This is not your current password.")})
    if wanted:
        slow_down("address", str(person.id), MAILED)
        addressing.ask(person, wanted)
    person.change(
        name=account.name, language=account.language, password=account.password, day_minutes=account.day_minutes
    )
    if account.password:  # every other session has ended; this one goes on
        kept = my_session()
        enter(person, how="password", remembered=kept.remembered, strong=kept.strong)
    refresh()  # what follows is said in the language just chosen
    return done(url_for("account.edit"), message=_("Saved."))


def _hours() -> list[tuple[str, str]]:
    """Every full hour, to choose from: "9:00", in French "9 h 00"."""
    return [(str(hour), _("%(hours)s:%(minutes)s", hours=hour, minutes="00")) for hour in range(24)]
