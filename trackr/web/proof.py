"""Asking again who is there, before what is sensitive is done by somebody who has not shown it for an hour.

The page that asks carries everything that was sent, so that the answer goes on with it: nothing is typed twice, and
nothing is kept meanwhile.
"""

from flask import make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.mail import post
from trackr.mail.keys import ask_for_key
from trackr.models import Authenticator, LinkedAccount, MailedKey, Person, Session
from trackr.models.base import Refused
from trackr.web.auth import WRITING, current_view, my_session, myself, page_before
from trackr.web.limits import MAILED, slow_down
from trackr.web.pages import wants_fragment
from trackr.web.provider import provider
from trackr.web.second_step import take

PROOF = "_proof"  # the field that is typed again: the password, or a code of an app or a mail
MAIL_ME = "_mail_me"  # the button that has a code mailed
BROWSER = "proof"  # in the cookie: the secret of the browser that had it mailed


def require_proof() -> ResponseReturnValue | None:
    """Before a sensitive write: ask again, unless it was shown lately, or is with this form."""
    if request.method not in WRITING or not getattr(current_view(), "is_sensitive", False):
        return None
    if my_session().is_proved:
        return None
    way = _way(myself())
    if MAIL_ME in request.form and way == "mail":
        slow_down("mail a key", myself().email, MAILED)
        session[BROWSER] = ask_for_key(myself().email, remembered=False, wanted="")
    if PROOF not in request.form:
        return _ask(way, "")
    slow_down("proof", str(myself().id))
    if not _is_shown(myself(), request.form[PROOF], way):
        return _ask(way, _wrong(way))
    my_session().prove(strong=way == "app")
    return None


def _way(person: Person) -> str:
    """How the person shows that it is them: by their app, else by their password, else by a code that is mailed."""
    if Authenticator.of(person) is not None:
        return "app"
    if person.password_hash is not None:
        return "password"
    return "mail" if post.is_set_up else ""


def _wrong(way: str) -> str:
    if way == "app":
        return _("This code is not valid, or was used already.")
    if way == "mail":
        return _("This is not the code of the newest mail. Five tries are all there are.")
    return _("This is not your password.")


def _is_shown(person: Person, typed: str, way: str) -> bool:
    if way == "app":
        return take(person, typed)
    if way == "mail":
        return _is_mailed(person, "".join(typed.split()))
    if person.has_password(typed):
        return True
    Session.refuse(person)
    return False


def _is_mailed(person: Person, code: str) -> bool:
    """Whether it is the code that this browser had mailed to the person; it is used up."""
    browser = session.get(BROWSER, "")
    key = MailedKey.asked_by(browser)
    try:
        return key is not None and key.take(browser, code) == person
    except Refused:  # used a moment before
        return False


def _ask(way: str, wrong: str) -> ResponseReturnValue:
    aside = (PROOF, MAIL_ME, "_method")
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in aside]
    if request.method != "POST":
        sent.append(("_method", request.method))
    template = "proofs/_form.html" if wants_fragment() else "proofs/new.html"
    html = render_template(
        template,
        sent=sent,
        address=request.full_path.rstrip("?"),
        before=page_before(),
        way=way,
        is_mailed=way == "mail" and MailedKey.asked_by(session.get(BROWSER, "")) is not None,
        wrong=wrong,
        elsewhere=_elsewhere(way),
    )
    response = make_response(html, 403)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#main", "innerHTML"
    return response


def _elsewhere(way: str) -> str:
    """The name of the provider where the person may show it instead, "" for none. An app of ours is never left out."""
    if way == "app" or not provider().is_ready:
        return ""
    return provider().name if LinkedAccount.of(myself()) else ""
