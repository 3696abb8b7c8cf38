"""A private address by which a calendar or a feed reader asks in a person's place, until it is revoked.

It carries no rights of its own: what it answers is what the person may see at that moment (see reach/feeds.py).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from peewee import JOIN, CharField, ForeignKeyField

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.person import Person
from trackr.models.project import Project

KINDS = ("calendar", "events")
MOST = 20  # of one person
USE_NOTED = timedelta(hours=1)  # readers ask every few minutes, and nobody needs to know it that closely


class Feed(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    project = ForeignKeyField(Project, null=True, on_delete="CASCADE", index=False)  # none: all of the person's
    kind = CharField()  # calendar, events
    digest = CharField(unique=True)  # SHA-256 of the token in its address
    created_at = InstantField(default=now)
    used_at = InstantField(null=True)
    revoked_at = InstantField(null=True)

    @classmethod
    def issue(cls, person: Person, kind: str, project: Project | None = None) -> str:
        """Make a feed and return the token of its address, which is stored nowhere.

        Raises Refused("too_many_feeds", "kind").
        """
        token = secrets.token_urlsafe(32)
        with transaction():
            if len(cls.of(person)) >= MOST:
                raise Refused("too_many_feeds", "kind")
            cls.create(person=person, project=project, kind=kind, digest=_digest(token))
        return token

    @classmethod
    def of(cls, person: Person) -> list["Feed"]:
        """Those of the person that are not revoked, with their projects, the first one first."""
        query = cls.select(cls, Project).join(Project, JOIN.LEFT_OUTER)
        return list(query.where((cls.person == person) & cls.revoked_at.is_null()).order_by(cls.id))

    @classmethod
    def find(cls, token: str, kind: str) -> "Feed | None":
        """The feed of that address with its person and project; None where it is unknown, revoked or of nobody here."""
        query = cls.select(cls, Person, Project).join(Person).join_from(cls, Project, JOIN.LEFT_OUTER)
        is_good = (cls.digest == _digest(token)) & (cls.kind == kind) & cls.revoked_at.is_null() & Person.active
        found: Feed | None = query.where(is_good).first()
        return found

    def revoke(self) -> None:
        with transaction():
            Feed.update(revoked_at=now()).where((Feed.id == self.id) & Feed.revoked_at.is_null()).execute()

    def note_use(self, at: datetime | None = None) -> None:
        """Note that it was just asked for, once an hour at most."""
        at = at or now()
        if self.used_at and at - self.used_at < USE_NOTED:
            return
        with transaction():
            Feed.update(used_at=at).where(Feed.id == self.id).execute()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
