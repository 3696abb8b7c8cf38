"""Asking again who is there, before what is sensitive is done by somebody who has not shown it for an hour.

The page that asks carries everything that was sent, so that the answer goes on with it: nothing is typed twice, and
nothing is kept meanwhile.
"""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Authenticator, Person, Session
from trackr.web.auth import WRITING, current_view, my_session, myself
from trackr.web.limits import slow_down
from trackr.web.pages import wants_fragment
from trackr.web.second_step import take

PROOF = "_proof"  # the field that is typed again: the password, or a code where there is an app for it


def require_proof() -> ResponseReturnValue | None:
    """Before a sensitive write: ask again, unless it was shown lately, or is with this form."""
    if request.method not in WRITING or not getattr(current_view(), "is_sensitive", False):
        return None
    if my_session().is_proved:
        return None
    by_code = Authenticator.of(myself()) is not None
    if PROOF not in request.form:
        return _ask(by_code, "")
    slow_down("proof", str(myself().id))
    if not _is_shown(myself(), request.form[PROOF], by_code):
        wrong = _("This code is not valid, or was used already.") if by_code else _("This is not your password.")
        return _ask(by_code, wrong)
    my_session().prove(strong=by_code)
    return None


def _is_shown(person: Person, typed: str, by_code: bool) -> bool:
    if by_code:
        return take(person, typed)
    if person.has_password(typed):
        return True
    Session.refuse(person)
    return False


def _ask(by_code: bool, wrong: str) -> ResponseReturnValue:
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in (PROOF, "_method")]
    if request.method != "POST":
        sent.append(("_method", request.method))
    template = "proofs/_form.html" if wants_fragment() else "proofs/new.html"
    html = render_template(
        template,
        sent=sent,
        address=request.full_path.rstrip("?"),
        by_code=by_code,
        wrong=wrong,
        can_prove=by_code or myself().password_hash is not None,
    )
    response = make_response(html, 403)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#main", "innerHTML"
    return response
