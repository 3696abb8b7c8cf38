"""The trail in words: what happened, and its details."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trackr.db import transaction
from trackr.models import Audit, Person
from trackr.models.project import Project
from trackr.web.auth import myself

KINDS = {
    "session.began": _l("Signed in"),
    "session.refused": _l("Sign-in refused"),
    "session.ended": _l("Session ended"),
    "sessions.ended": _l("Sessions ended"),
    "proof.given": _l("Showed again who it is"),
    "password.changed": _l("Password changed"),
    "address.asked": _l("Change of address asked for"),
    "address.changed": _l("Address changed"),
    "address.stopped": _l("Change of address stopped"),
    "authenticator.set": _l("Second factor set up"),
    "authenticator.removed": _l("Second factor removed"),
    "recovery.renewed": _l("Recovery codes made"),
    "recovery.used": _l("Recovery code used"),
    "account.linked": _l("Account linked"),
    "account.unlinked": _l("Account unlinked"),
    "membership.granted": _l("Brought into a project"),
    "membership.changed": _l("Rights changed"),
    "membership.revoked": _l("Taken out of a project"),
    "person.added": _l("Made known"),
    "person.changed": _l("Role changed"),
    "person.disabled": _l("Shut out"),
    "person.enabled": _l("Let in again"),
    "person.erased": _l("Forgotten"),
    "seen_as.began": _l("Began to see as"),
    "seen_as.ended": _l("Ended to see as"),
    "export": _l("Taken out as a file"),
    "settings": _l("Settings changed"),
}

DETAILS = {
    "how": _l("how"),
    "number": _l("number"),
    "role": _l("role"),
    "limited": _l("some projects only"),
    "sees": _l("sees"),
    "hours": _l("hours"),
    "accepts": _l("accepts estimates"),
    "requests": _l("asks for hours"),
    "approves": _l("approves statements"),
    "invites": _l("brings in colleagues"),
}

WHAT = {
    "access": _l("who comes in, and what is kept"),
    "activity.added": _l("activity added"),
    "activity.archived": _l("activity archived"),
    "activity.changed": _l("activity changed"),
    "activity.unarchived": _l("activity taken out of the archive"),
    "column.removed": _l("column removed"),
    "day_off.added": _l("day off added"),
    "day_off.removed": _l("day off removed"),
    "opening.changed": _l("opening hours"),
    "project.archived": _l("project archived"),
    "project.changed": _l("project settings"),
    "project.opened": _l("project opened"),
    "project.unarchived": _l("project taken out of the archive"),
    "template.changed": _l("templates of tickets"),
}


def note_export(what: str, project: Project | None = None, subject: Person | None = None) -> None:
    """Write down that the person at the browser takes something out as a file. Every view that gives one calls it."""
    with transaction():
        Audit.record("export", myself(), subject=subject, project=project, what=what)


def kind_in_words(line: Audit) -> str:
    return str(KINDS.get(line.kind, line.kind))


def details_in_words(line: Audit) -> str:
    return ", ".join(_details(line))


def _details(line: Audit) -> Iterator[str]:
    for name, value in line.details.items():
        if name == "what":
            yield str(WHAT.get(value, value))
        else:
            shown = {True: _("yes"), False: _("no")}[value] if isinstance(value, bool) else str(value)
            yield f"{DETAILS.get(name, name)}: {shown}"
