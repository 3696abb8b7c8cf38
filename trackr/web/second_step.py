"""The second step of coming in: a code of an app, of those who have one, and of all staff where the agency says so."""

from datetime import timedelta

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trackr.models import Authenticator, Person, Session
from trackr.models.base import from_milliseconds, now, to_milliseconds
from trackr.web.auth import current_view, enter, me, my_session, safe_next
from trackr.web.instance import agency
from trackr.web.pages import done

HALF_WAY = "half_way"  # in the cookie: who has shown the first factor, and when
PATIENCE = timedelta(minutes=5)


def come_in(
    person: Person, *, how: str, remembered: bool = True, wanted: str | None = None, strong: bool = False
) -> ResponseReturnValue:
    """Sign in who has shown one factor, or ask for the second one first, where they have one.

    strong: a second factor was shown already, elsewhere.
    """
    if strong or Authenticator.of(person) is None:
        enter(person, how=how, remembered=remembered, strong=strong)
        return redirect(safe_next(wanted), 303)
    session.clear()
    session[HALF_WAY] = [person.id, to_milliseconds(now()), how, remembered, wanted or ""]
    return redirect(url_for("second_steps.new"), 303)


def waiting() -> Person | None:
    """Who has shown the first factor in this browser a moment ago."""
    number, at, *_ = session.get(HALF_WAY, [0, 0])
    if now() - from_milliseconds(at) > PATIENCE:
        return None
    return Person.by_id(number)


def go_on(person: Person) -> ResponseReturnValue:
    """Sign in who has shown the second factor too."""
    _number, _at, how, remembered, wanted = session[HALF_WAY]
    enter(person, how=f"{how}, code", remembered=remembered, strong=True)
    return redirect(safe_next(wanted), 303)


def take(person: Person, code: str) -> bool:
    """Whether this code is one of the person's; a refused one is written down."""
    found = Authenticator.of(person)
    if found is not None and found.takes(code):
        return True
    Session.refuse(person)
    return False


def require_second_step() -> ResponseReturnValue | None:
    """Before every request of staff: lead those to the set-up who need a second factor and have shown none."""
    view = current_view()
    if view is None or getattr(view, "is_public", False) or request.endpoint in OPEN:
        return None
    if not current_user.is_authenticated or not me().is_staff or my_session().strong:
        return None
    house = agency()
    return done(url_for("authenticators.new")) if house is not None and house.second_factor else None


OPEN = {"authenticators.new", "authenticators.create", "sessions.destroy"}
