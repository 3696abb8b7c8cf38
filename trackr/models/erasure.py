"""Forgetting somebody: tickets, hours and statements stay whole, and nobody can tell any more who it was."""

import json

from trackr.db import empty_journal, transaction
from trackr.models.address_change import AddressChange
from trackr.models.agency import Agency
from trackr.models.attachment import let_go
from trackr.models.audit import Audit
from trackr.models.authenticator import Authenticator, RecoveryCode
from trackr.models.base import Refused, now
from trackr.models.comment import Comment
from trackr.models.draft import Draft
from trackr.models.feed import Feed
from trackr.models.invitation import Invitation
from trackr.models.linked_account import LinkedAccount
from trackr.models.mail import Mail, Told
from trackr.models.mailed_key import MailedKey
from trackr.models.membership import Membership
from trackr.models.news_choice import NewsChoice
from trackr.models.participant import Participant
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.received_mail import ReceivedMail
from trackr.models.saved_view import SavedView
from trackr.models.session import Session
from trackr.models.sight import Sight
from trackr.models.timer import Timer

THEIRS = (
    Session, MailedKey, AddressChange, Authenticator, RecoveryCode, LinkedAccount, Invitation, Draft, SavedView, Sight,
    Timer, Feed, Participant, Membership, NewsChoice, Told, Mail,
)  # fmt: skip

# By the agency's language: the name is stored, since it is drawn wherever theirs was.
NAMES = {
    "en": {True: "Former colleague", False: "Former client"},
    "fr": {True: "Ancien collègue", False: "Ancien client"},
}


def erase(person: Person, actor: Person) -> None:
    """Take name, address and all that was only theirs from the person, for ever.

    What they wrote and the time they logged stay, under a name that is nobody's. Raises Refused("yourself").
    """
    if person.id == actor.id:
        raise Refused("yourself")
    house = Agency.current()
    names = NAMES.get(house.language if house else "en", NAMES["en"])
    with transaction():
        for model in THEIRS:
            model.delete().where(model.person == person).execute()
        contents = _forget_in_mails(person)
        person.name, person.email = names[person.is_staff], f"{person.id}@forgotten.invalid"
        person.password_hash, person.language, person.active = None, "", False
        person.cost_cents, person.erased_at = None, person.erased_at or now()
        person.store("name", "email", "password_hash", "language", "active", "cost_cents", "erased_at")
        Audit.forget(person)
        Audit.record("person.erased", actor, subject=person)
        Project.bump_all()
    empty_journal()
    let_go(list(contents))


def _forget_in_mails(person: Person) -> set[str]:
    """What came in from them, and what of others' mails names them; the comments stay. Returns contents let go."""
    contents = ReceivedMail.forget(person)
    names = Comment.mailed.contains(person.email) | Comment.mailed.contains(person.name)
    Comment.update(mailed=None).where((Comment.author == person) | names).execute()
    over = Mail.state != "queued"
    Mail.update(subject="").where(over & Mail.subject.contains(person.name)).execute()
    Mail.update(data="{}").where(over & Mail.data.contains(json.dumps(person.name)[1:-1])).execute()
    return contents
