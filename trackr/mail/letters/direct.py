"""Mails that tell of no event: an invitation, a way to sign in, a test."""

import json

from markupsafe import escape

from trackr.mail.letter import Letter, Part
from trackr.mail.letters.desk import Desk, Nothing
from trackr.mail.post import post
from trackr.mail.sealing import unseal
from trackr.models import Membership, Person


def invitation(desk: Desk) -> Letter:
    """What somebody will see, and the link by which they come in (secret: `token`)."""
    _ = desk.words.text
    project, sender = desk.mail.project, desk.mail.details.get("by", "")
    names = {"name": sender or desk.agency.name, "agency": desk.agency.name}
    subject = project.name if project else desk.agency.name
    letter = desk.letter(_("Your access to %(name)s", name=subject), f"{sender} ({desk.agency.name})" if sender else "")
    if project:
        letter.lead = _("%(name)s invites you to follow %(project)s.", project=project.name, **names)
    else:
        letter.lead = _("%(name)s invites you.", **names)
    letter.parts = [Part("", line) for line in [" ".join(_rights(desk))] if line]
    once = _("The link is good for 14 days, and once. You choose a password with it, or do without one.")
    if not desk.person.is_client:
        once = _("The link is good for 14 days, and once. You choose a password with it.")
    letter.parts.append(Part("", once))
    letter.button = (_("Come in"), post.link(f"/invitations/{_secret(desk, 'token')}"))
    letter.whys = [_("You get this mail because %(name)s wrote this address down for you.", **names)]
    return letter


def sign_in(desk: Desk) -> Letter:
    """A link and a code to sign in with (secret: `token`, `code`)."""
    _ = desk.words.text
    code = _secret(desk, "code")
    letter = desk.letter(_("Your code to sign in: %(code)s", code=code))
    letter.lead = _("The code is good for 15 minutes, in the window where you asked for it:")
    letter.parts = [Part("", code, f"<h1>{escape(code)}</h1>"), Part("", _("Or use this link, on any device:"))]
    letter.button = (_("Sign in"), post.link(f"/sign-in/{_secret(desk, 'token')}"))
    letter.whys = [_("You get this mail because somebody asked to sign in with this address. If it was not you, "
                     "nothing has happened: you need not do anything.")]  # fmt: skip
    return letter


def address_confirm(desk: Desk) -> Letter:
    """To the new address: the link that makes it the person's (secret: `token`)."""
    _ = desk.words.text
    wanted = desk.mail.details.get("wanted", desk.mail.address)
    if desk.mail.sealed and Person.by_email(wanted):
        raise Nothing("taken")
    letter = desk.letter(_("Your new address"))
    letter.lead = _("%(email)s is to be the address of %(name)s here.", email=wanted, name=desk.person.name)
    letter.parts = [Part("", _("It is once you say so. The link is good for a day."))]
    letter.button = (_("Take this address"), post.link(f"/addresses/{_secret(desk, 'token')}"))
    letter.whys = [_("You get this mail because somebody wrote this address into their settings. If it was not you, "
                     "nothing has happened: you need not do anything.")]  # fmt: skip
    return letter


def address_stop(desk: Desk) -> Letter:
    """To the address before: the link that stops the change, or takes it back (secret: `token`)."""
    _ = desk.words.text
    wanted = desk.mail.details.get("wanted", desk.mail.address)
    letter = desk.letter(_("Your address is about to change"))
    letter.lead = _("Somebody who is signed in as you asked that %(email)s be your address here.", email=wanted)
    letter.parts = [Part("", _("If it was you, open the mail that went there. If it was not, this link stops it, or "
                               "takes it back, for seven days, and signs every device out."))]  # fmt: skip
    letter.button = (_("Keep my address"), post.link(f"/addresses/{_secret(desk, 'token')}"))
    letter.whys = [_("You get this mail because this is your address until then.")]
    return letter


def test(desk: Desk) -> Letter:
    _ = desk.words.text
    letter = desk.letter(_("A test from %(agency)s", agency=desk.agency.name))
    letter.lead = _("This mail has found its way: people will be told of what happens.")
    letter.button = (_("Open Trackr"), post.link("/"))
    letter.whys = [_("You get this mail because you asked for it on the page of the mails.")]
    return letter


def _rights(desk: Desk) -> list[str]:
    """What the invited person will see, a sentence each."""
    _ = desk.words.text
    if desk.mail.project is None:
        return []
    mine = (Membership.project == desk.mail.project) & (Membership.person == desk.person)
    member = Membership.get_or_none(mine)
    if member is None or not desk.person.is_client:
        return []
    told = [
        _("You will see all tickets.")
        if member.sees == "all"
        else _("You will see the tickets that you write or take part in.")
    ]
    if member.hours:
        told.append(_("You will also see the hours: what is bought, used, and left."))
    return told


def _secret(desk: Desk, name: str) -> str:
    """What is sealed in the mail; dots where it is only looked at."""
    return str(json.loads(unseal(desk.mail.sealed))[name]) if desk.mail.sealed else "•••"
