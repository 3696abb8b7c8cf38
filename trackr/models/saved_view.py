"""A list of tickets kept under a name: its filters and its order, for oneself or for everybody of the agency."""

from datetime import datetime

from peewee import BooleanField, CharField, ForeignKeyField, TextField, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.project import Project

MOST = 50  # that a person keeps of one list


class SavedView(Record):
    project = ForeignKeyField(Project, null=True, on_delete="CASCADE")  # none: across projects
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    name = CharField()
    query = TextField()  # as the address writes it
    shared = BooleanField(default=False)
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("person", "project"), False),)

    @classmethod
    def of(cls, person: Person, project: Project | None) -> "list[SavedView]":
        """Those of one list that the person uses, by name: their own, and for staff what the agency shares."""
        here = cls.project == project if project else cls.project.is_null()
        theirs = (cls.person == person) | cls.shared if person.is_staff else cls.person == person
        return list(cls.select().where(here & theirs).order_by(fn.LOWER(cls.name), cls.id))

    @classmethod
    def keep(
        cls,
        person: Person,
        project: Project | None,
        *,
        name: str,
        query: str,
        shared: bool,
        at: datetime | None = None,
    ) -> "SavedView":
        """Keep a list under a name. Raises Refused("too_many_views") where the person has very many."""
        with transaction():
            here = cls.project == project if project else cls.project.is_null()
            if cls.select().where(here & (cls.person == person)).count() >= MOST:
                raise Refused("too_many_views", "name")
            view = cls.create(
                project=project, person=person, name=name, query=query, shared=shared, created_at=at or now()
            )
            view._tell(person, "view.kept", shared, at)
        return view

    def change(self, actor: Person, **changes: object) -> None:
        """Another name or query, or shared where it was one's own, and back."""
        was = self.shared
        with transaction():
            for name, value in changes.items():
                setattr(self, name, value)
            self.store(*changes)
            self._tell(actor, "view.changed", was or self.shared)

    def remove(self, actor: Person) -> None:
        with transaction():
            self.delete_instance()
            self._tell(actor, "view.removed", self.shared)

    def _tell(self, actor: Person, kind: str, shared: bool, at: datetime | None = None) -> None:
        """Only what is shared is anybody's business but one's own."""
        if shared:
            Event.record(self.project, kind, actor, client=False, at=at, view=self.name)
