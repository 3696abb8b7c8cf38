"""Who is asking, and who may pass: nobody, unless a view says `@public`; writing, nobody, unless a mark allows it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user

from trackr import log
from trackr.db import Unanswered
from trackr.models import Audit, Person, Session
from trackr.models.base import from_milliseconds, now, to_milliseconds
from trackr.reach import Reach
from trackr.web.instance import agency

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[Person], bool]

logger = logging.getLogger("trackr.web")

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
BY_MAIL = "by_mail"  # in the cookie: when this browser came in by mail
LATELY = timedelta(minutes=30)
LONGEST_WANTED = 1000  # characters of the address to go on to after signing in
BY_ITSELF = {"pulses.show", "typings.create"}  # what an open page asks while nobody is there

login_manager = LoginManager()
login_manager.session_protection = None  # sessions are known one by one, and ended there


@login_manager.user_loader
def load_person(value: str) -> Person | None:
    found = Session.load(value)
    if found and found.session:
        g.signed_in = found.session.person_id
    return found


def public(view: View) -> View:
    """Let everybody pass, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def before_setup(view: View) -> View:
    """Answer even before the first set-up is done."""
    view.before_setup = True  # type: ignore[attr-defined]
    return view


def even_archived(view: View) -> View:
    """Write even to a project that is archived."""
    view.even_archived = True  # type: ignore[attr-defined]
    return view


def sensitive(view: View) -> View:
    """Ask who is there again, where they have not shown it for an hour: see proof.py."""
    view.is_sensitive = True  # type: ignore[attr-defined]
    return view


def in_person(view: View) -> View:
    """Refuse an owner who sees as somebody else does: this is that person's alone."""
    view.in_person = True  # type: ignore[attr-defined]
    return view


def even_showing(view: View) -> View:
    """Let an owner do this who sees as somebody else does."""
    view.even_showing = True  # type: ignore[attr-defined]
    return view


def allow(rule: Rule) -> Callable[[View], View]:
    """Let those pass of whom the rule is true, after the records in the address have been found to be theirs."""

    def mark(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def me() -> Person:
    """The person who is signed in."""
    return cast(Person, current_user._get_current_object())  # not the proxy, which would sign in as itself


def my_session() -> Session:
    found = me().session
    assert found is not None, "who is signed in came in by a session"
    return found


def myself() -> Person:
    """The person at the browser, also while they see as somebody else does."""
    return my_session().owner


def enter(person: Person, *, how: str, remembered: bool = True, strong: bool = False) -> None:
    """Sign the person in here, under a new id; nothing of what was signed in before is left."""
    if current_user.is_authenticated:
        my_session().end(myself())
    session.clear()
    session.permanent = remembered
    if how.startswith("mail"):
        session[BY_MAIL] = to_milliseconds(now())
    person.token = Session.begin(person, how=how, remembered=remembered, strong=strong)
    login_user(person)


def knows_password(person: Person, typed: str) -> bool:
    """Whether that is their password, or none is asked for: who came in by mail a moment ago may have forgotten it."""
    return came_by_mail() or person.has_password(typed)


def came_by_mail() -> bool:
    return now() - from_milliseconds(session.get(BY_MAIL, 0)) < LATELY


def own_words(person: Person) -> list[str]:
    """What no password of the person may be made of."""
    house = agency()
    return [person.name, person.email, house.name if house else ""]


def read_as(person: Person) -> None:
    """Answer this one request as if to that person, whoever is signed in; nothing is kept of it."""
    g._login_user = person  # where flask-login looks before it asks the session, which is to stay as it is
    g.reach = Reach(person)


def require_sign_in() -> ResponseReturnValue | None:
    """Before every request: turn back who is not signed in, unless the view is public."""
    view = current_view()
    if view is None or getattr(view, "is_public", False):
        return None
    if not current_user.is_authenticated:
        return not_signed_in()
    g.reach = Reach(me())
    if request.endpoint not in BY_ITSELF:
        _note_life()
    return None


def _note_life() -> None:
    """Write down that somebody is there. A page is read too where nothing can be written."""
    try:
        my_session().note()
    except Unanswered as problem:
        log.event(logger, "sign_of_life", level=logging.WARNING, error=repr(problem))


def require_rule() -> None:
    """After the records were found: 403 where the mark does not allow this person, or the project is archived."""
    view = current_view()
    rule = getattr(view, "rule", None)
    if rule is not None and not rule(me()):
        abort(403)
    if current_user.is_authenticated and my_session().is_showing and _is_not_shown(view):
        abort(403, "showing")
    project = g.get("project")
    if project and project.is_archived and request.method in WRITING and not getattr(view, "even_archived", False):
        abort(403, "archived")


def _is_not_shown(view: Callable[..., Any] | None) -> bool:
    """Whether it is kept from an owner who sees as somebody else does: every write, and what is that person's alone."""
    if request.method in WRITING:
        return not getattr(view, "is_public", False) and not getattr(view, "even_showing", False)
    return getattr(view, "in_person", False)


def not_signed_in() -> ResponseReturnValue:
    if request.headers.get("HX-Request") or request.path.startswith("/api/"):
        abort(401)
    # A form that was sent by somebody signed out cannot be sent again by a redirect: lead back to its page.
    wanted = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else page_before()
    # Web servers in front take heads of some kilobytes: of what is longer the page is kept, not what it was asked.
    wanted = next((each for each in (wanted, urlsplit(wanted).path) if len(each) <= LONGEST_WANTED), "/")
    return redirect(url_for("sessions.new", next=wanted), 303)


def page_before() -> str:
    """The page of this instance that the request came from, "/" where it does not say."""
    try:
        before = urlsplit(request.referrer or "")
    except ValueError:  # no address
        return "/"
    return before.path if before.netloc == request.host else "/"


def safe_next(target: str | None) -> str:
    """An address within this instance to go on to, "/" for anything else."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or any(c < " " for c in target):
        return url_for("home.index")
    return target


def current_view() -> Callable[..., Any] | None:
    endpoint = request.endpoint
    return current_app.view_functions[endpoint] if endpoint else None


def _where() -> tuple[str, str]:
    """The address and the browser of the request that is being answered."""
    return (request.remote_addr or "", request.headers.get("User-Agent", "")) if has_request_context() else ("", "")


def register(app: Flask) -> None:
    login_manager.init_app(app)
    Audit.where = staticmethod(_where)
