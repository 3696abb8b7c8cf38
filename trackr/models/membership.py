"""Who takes part in a project, and how much of it they see."""

from collections.abc import Sequence
from datetime import datetime

from peewee import BooleanField, CharField, ForeignKeyField, Select, fn

from trackr.db import transaction
from trackr.models.audit import Audit
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.invitation import Invitation
from trackr.models.person import Person, normal_email
from trackr.models.project import Project

RIGHTS = ("sees", "hours", "accepts", "requests", "approves", "invites")


class Membership(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    sees = CharField(default="all")  # all, own: for clients, whose tickets they see (own: shared ones too)
    hours = BooleanField(default=True)  # for clients: whether they see the hours
    accepts = BooleanField(default=True)  # for clients: whether they may accept estimates
    requests = BooleanField(default=True)  # for clients: whether they may ask for more hours
    approves = BooleanField(default=True)  # for clients: whether they may say that a statement is fine
    invites = BooleanField(default=True)  # for clients: whether they may bring a colleague into a ticket
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("project", "person"), True), (("person",), False))

    @property
    def rights(self) -> dict[str, object]:
        """What the person may, as it is stored."""
        return {name: getattr(self, name) for name in RIGHTS}

    @classmethod
    def of(cls, project: Project) -> Select:
        """Those of the project with their people, by name; `is_awaited` of who has not come in yet."""
        query = cls.select(cls, Person, Invitation.awaits().alias("is_awaited")).join(Person)
        return query.where(cls.project == project).order_by(fn.LOWER(Person.name))

    @classmethod
    def grant(
        cls,
        project: Project,
        actor: Person,
        *,
        email: str,
        name: str,
        role: str,
        sees: str,
        hours: bool,
        accepts: bool | None = None,
        requests: bool | None = None,
        invites: bool | None = None,
        approves: bool | None = None,
        at: datetime | None = None,
    ) -> "Membership":
        """Bring a person into a project, making the person known where the address is new.

        accepts, requests, invites, approves: None leaves them as they are. A new staff member brought in this way sees
        the projects they were brought into, no others.
        Raises Refused("other_role", "role") where the address belongs to somebody of another role.
        """
        at = at or now()
        with transaction():
            person = Person.by_email(email)
            if person is None:
                person = Person.create(email=normal_email(email), name=name, role=role, limited=role == "staff")
            elif person.is_client != (role == "client"):
                raise Refused("other_role", "role")
            rights = {"sees": sees, "hours": hours, "accepts": accepts, "requests": requests}
            rights |= {"invites": invites, "approves": approves}
            rights = {name: right for name, right in rights.items() if right is not None}
            membership, made = cls.get_or_create(project=project, person=person, defaults=rights | {"created_at": at})
            if not made:
                for name, right in rights.items():
                    setattr(membership, name, right)
                membership.save()
            Event.record(project, "membership.granted", actor, client=False, shape=True, at=at, person=person.id)
            kind = "membership.granted" if made else "membership.changed"
            Audit.record(kind, actor, subject=person, project=project, **membership.rights)
        return membership

    @classmethod
    def admit(cls, project: Project, actor: Person, *, email: str, name: str, at: datetime | None = None) -> Person:
        """Make a colleague known whom a client invites: they see what they ask and what is shared, no more."""
        at = at or now()
        with transaction():
            guest = Person.create(email=normal_email(email), name=name, role="client")
            rights = dict.fromkeys(("hours", "accepts", "requests", "approves", "invites"), False)
            cls.create(project=project, person=guest, sees="own", created_at=at, **rights)
            Event.record(project, "membership.granted", actor, client=False, shape=True, at=at, person=guest.id)
            Audit.record("membership.granted", actor, subject=guest, project=project, sees="own", **rights)
        return guest

    @classmethod
    def last_used(cls, person: Person, projects: Sequence[Project]) -> int | None:
        """The id of that project of these in which the person opened or answered a ticket last."""
        from trackr.models.comment import Comment
        from trackr.models.ticket import Ticket

        wrote = Comment.select(Comment.ticket).where((Comment.author == person) & ~Comment.internal)
        mine = ((Ticket.requester == person) | Ticket.id.in_(wrote)) & Ticket.project.in_(projects)
        last = fn.COALESCE(Ticket.client_changed_at, 0).desc(), Ticket.id.desc()
        return Ticket.select(Ticket.project).where(mine).order_by(*last).limit(1).scalar()

    def revoke(self, actor: Person) -> None:
        """Take the person out of the project; what they wrote stays."""
        with transaction():
            self.delete_instance()
            Event.record(self.project, "membership.revoked", actor, client=False, shape=True, person=self.person_id)
            Audit.record("membership.revoked", actor, subject=self.person, project=self.project)
