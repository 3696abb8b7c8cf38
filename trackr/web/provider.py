"""The way to the provider of OpenID Connect and back, in one browser: to sign in, to link an account, to show anew.

The browser is led there by a page, not by a redirect: the content policy lets no form of ours end on another site, and
that page is none.
"""

import logging
from dataclasses import asdict
from datetime import timedelta
from typing import NamedTuple

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from trackr import log
from trackr.models import LinkedAccount, Person, Session
from trackr.models.base import Refused, from_milliseconds, now, to_milliseconds
from trackr.oidc import exchange
from trackr.oidc.exchange import Asked, Identity, Untrusted
from trackr.oidc.provider import Provider, Unreachable
from trackr.web.auth import LONGEST_WANTED, me, my_session, myself, safe_next
from trackr.web.pages import page
from trackr.web.second_step import come_in

logger = logging.getLogger("trackr.provider")

SENT = "provider"  # in the cookie: why and when this browser was sent, and what it is to bring back
TURNED = "turned_away"  # in the cookie: the account there was nobody's here, so that another one has to be asked for
PATIENCE = timedelta(minutes=10)
SKEW = timedelta(minutes=1)  # by which two clocks may differ


class Turned(Exception):
    """Nobody is let in: why, of WORDS in the page that says so, and the status of the answer."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.why, self.status = why, status


class Sent(NamedTuple):
    """Why a browser was sent, by whom, and how it goes on."""

    purpose: str  # of PURPOSES
    at: int  # in milliseconds
    person: int  # who is signed in there; 0: nobody
    remembered: bool = False
    wanted: str = ""


def provider() -> Provider:
    found: Provider = current_app.extensions["provider"]
    return found


def can_link(accounts: list[LinkedAccount]) -> bool:
    """Whether somebody with these accounts may link one of the provider."""
    issuer = provider().issuer.rstrip("/")
    return provider().is_ready and all(account.issuer.rstrip("/") != issuer for account in accounts)


def lead_away(
    purpose: str, *, hint: str = "", anew: bool = False, remembered: bool = False, wanted: str = ""
) -> ResponseReturnValue:
    """Send the browser to the provider. anew: it asks there again, whoever is signed in."""
    person = myself().id if current_user.is_authenticated else 0
    anew = session.pop(TURNED, False) or anew
    wanted = wanted if len(wanted) <= LONGEST_WANTED else ""  # a cookie has no room for more
    try:
        address, asked = exchange.begin(provider(), _back(), hint=hint, anew=anew)
    except Unreachable as problem:
        log.event(logger, "provider unreachable", level=logging.WARNING, error=problem)
        return turn(Turned("down", 503))
    session[SENT] = [asdict(asked), Sent(purpose, to_milliseconds(now()), person, remembered, wanted)]
    return page("providers/new.html", address=address, provider=provider())


def welcome_back() -> ResponseReturnValue:
    """Go on with who comes back, once: what the browser was sent with is worth nothing after it. Raises Turned."""
    asked, sent = session.pop(SENT, (None, None))
    state = request.args.get("state", "")
    if not sent or state != asked["state"] or now() - from_milliseconds(sent[1]) > PATIENCE:
        raise Turned("broken", 400)
    sent, code = Sent(*sent), request.args.get("code", "")
    if not code:
        # Whoever says no there, and what it means by it.
        log.event(logger, "provider refused", error=request.args.get("error", "")[:100])
        raise Turned("broken", 400)
    try:
        identity = exchange.redeem(provider(), _back(), Asked(**asked), code=code, issuer=request.args.get("iss", ""))
    except Untrusted as problem:
        log.event(logger, "provider distrusted", level=logging.WARNING, error=problem)
        Session.refuse(None, how="provider")
        raise Turned("broken", 400) from problem
    except Unreachable as problem:
        log.event(logger, "provider unreachable", level=logging.WARNING, error=problem)
        raise Turned("down", 503) from problem
    return PURPOSES[sent.purpose](sent, identity)


def turn(turned: Turned) -> ResponseReturnValue:
    return page("providers/show.html", why=turned.why, provider=provider()), turned.status


def _back() -> str:
    return provider().base_url + url_for("provider_sign_ins.show")


def _sign_in(sent: Sent, identity: Identity) -> ResponseReturnValue:
    person = LinkedAccount.person_of(identity.issuer, identity.subject, identity.email)
    if person is None or not person.active:
        log.event(logger, "sign-in refused", address=request.remote_addr)
        Session.refuse(person, how="provider")
        session[TURNED] = True
        raise Turned("nobody", 403)
    log.event(logger, "signed in", person=person.id)
    return come_in(person, how="provider", remembered=sent.remembered, wanted=sent.wanted, strong=identity.is_strong)


def _link(sent: Sent, identity: Identity) -> ResponseReturnValue:
    person = _same_person(sent)
    try:
        LinkedAccount.link(person, identity.issuer, identity.subject)
    except Refused as refused:
        session[TURNED] = True
        raise Turned("taken", 403) from refused
    flash(_("You sign in with %(name)s from now on.", name=provider().name))
    return redirect(url_for("account.edit"), 303)


def _prove(sent: Sent, identity: Identity) -> ResponseReturnValue:
    """The person has shown at the provider that it is them, since they were sent there."""
    person = _same_person(sent)
    account = LinkedAccount.find(identity.issuer, identity.subject)
    asked_at = (from_milliseconds(sent.at) - SKEW).timestamp()
    if account is None or account.person_id != person.id or (identity.authenticated_at or 0) < asked_at:
        Session.refuse(person, how="provider")
        raise Turned("not_anew", 403)
    my_session().prove(strong=identity.is_strong)
    flash(_("Thank you. Now do it once more: for an hour you are not asked again."))
    return redirect(safe_next(sent.wanted), 303)


def _same_person(sent: Sent) -> Person:
    """Who was sent, and is still signed in here; raises Turned."""
    if not current_user.is_authenticated or myself().id != sent.person or me().id != sent.person:
        raise Turned("broken", 400)
    return myself()


PURPOSES = {"sign in": _sign_in, "link": _link, "prove": _prove}


def register(app: Flask) -> None:
    """Say at the start what keeps people from signing in so, where it is wished for."""
    found: Provider = app.extensions["provider"]
    if found.trouble:
        log.event(logger, "provider not used", level=logging.WARNING, why=found.trouble)
