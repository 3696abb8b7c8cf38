"""The trail: who came in, who tried to, whose rights were changed by whom, what was taken out. For the owner to read.

The database lets nobody change a line or take one away before its time. No name, password, code or token stands in
one: people are referred to, so that who is forgotten has no name there either.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from peewee import CharField, ForeignKeyField, TextField

from trackr.models.base import InstantField, Record, now, to_milliseconds
from trackr.models.event import way
from trackr.models.person import Person
from trackr.models.project import Project

LONGEST_AGENT = 250  # characters of what a browser calls itself

Where = Callable[[], tuple[str, str]]


class Audit(Record):
    kind = CharField()
    person = ForeignKeyField(Person, null=True, index=False)  # who did it; none: nobody who was signed in
    subject = ForeignKeyField(Person, null=True, index=False)  # to whom
    project = ForeignKeyField(Project, null=True, index=False)
    address = CharField(default="")  # of the machine that asked
    agent = CharField(default="")
    via = CharField(default="web", max_length=8)  # as for events
    detail = TextField(default="{}")
    created_at = InstantField()

    class Meta:
        indexes = ((("created_at",), False), (("person", "created_at"), False), (("subject", "created_at"), False))

    where: Where = staticmethod(lambda: ("", ""))  # the address and the browser that ask now; the web knows them

    @classmethod
    def record(
        cls,
        kind: str,
        person: Person | None,
        /,
        *,
        subject: Person | None = None,
        project: Project | None = None,
        **detail: Any,
    ) -> None:
        """Write a line, within the transaction of what it tells."""
        address, agent = cls.where()
        cls.create(
            kind=kind,
            person=person.id if person else None,
            subject=subject.id if subject else None,
            project=project.id if project else None,
            address=address,
            agent=agent[:LONGEST_AGENT],
            via=way(),
            detail=json.dumps(detail, ensure_ascii=False) if detail else "{}",
            created_at=now(),
        )

    @property
    def details(self) -> dict[str, Any]:
        return json.loads(self.detail)

    @classmethod
    def forget(cls, person: Person) -> None:
        """Take the addresses and browsers off the lines of somebody who asks to be forgotten."""
        theirs = (cls.person == person) | (cls.subject == person)
        cls.update(address="", agent="").where(theirs).execute()

    @classmethod
    def sweep(cls, days: int) -> int:
        """Take away what is older than so many days, and say how much that was."""
        oldest = to_milliseconds(now() - timedelta(days=days))
        return cls.delete().where(cls.created_at < oldest).execute()
