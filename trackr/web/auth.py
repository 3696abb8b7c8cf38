"""Who is asking, and who may pass: nobody, unless a view says `@public`; writing, nobody, unless a mark allows it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from trackr.models import Person
from trackr.reach import Reach

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[Person], bool]

WRITING = {"POST", "PUT", "PATCH", "DELETE"}

login_manager = LoginManager()
login_manager.session_protection = None  # sessions are ended by the person's session key


@login_manager.user_loader
def load_person(value: str) -> Person | None:
    return Person.from_session(value)


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


def allow(rule: Rule) -> Callable[[View], View]:
    """Let those pass of whom the rule is true, after the records in the address have been found to be theirs."""

    def mark(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def me() -> Person:
    """The person who is signed in."""
    return cast(Person, current_user._get_current_object())  # not the proxy, which would sign in as itself


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
    return None


def require_rule() -> None:
    """After the records were found: 403 where the mark does not allow this person, or the project is archived."""
    view = current_view()
    rule = getattr(view, "rule", None)
    if rule is not None and not rule(me()):
        abort(403)
    project = g.get("project")
    if project and project.is_archived and request.method in WRITING and not getattr(view, "even_archived", False):
        abort(403, "archived")


def not_signed_in() -> ResponseReturnValue:
    if request.headers.get("HX-Request") or request.path.startswith("/api/"):
        abort(401)
    # A form that was sent by somebody signed out cannot be sent again by a redirect: lead back to its page.
    wanted = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else page_before()
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
