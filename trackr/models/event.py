"""Events: an append-only line for every change, and the versions that tell open pages to look again."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from peewee import BooleanField, CharField, DeferredForeignKey, ForeignKeyField, TextField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person

if TYPE_CHECKING:
    from trackr.models.project import Project
    from trackr.models.ticket import Ticket


class Event(Record):
    project = DeferredForeignKey("Project", on_delete="CASCADE", null=True)
    ticket = DeferredForeignKey("Ticket", on_delete="CASCADE", null=True)
    actor = ForeignKeyField(Person, null=True)
    kind = CharField()
    data = TextField(default="{}")
    client = BooleanField()  # whether a client may know of it
    created_at = InstantField()

    class Meta:
        indexes = ((("ticket", "id"), False), (("project", "id"), False))

    @classmethod
    def record(
        cls,
        project: "Project",
        kind: str,
        actor: Person | None,
        /,  # so that a change of a ticket's kind can be told
        *,
        ticket: "Ticket | None" = None,
        client: bool = True,
        meter: bool = False,
        shape: bool = False,
        at: datetime | None = None,
        **data: Any,
    ) -> None:
        """Note a change and bump the versions of those who may see it.

        client: every client who sees the ticket sees it · meter: those who see hours do · shape: everybody of the
        project does (its name, its columns, its archive).
        Called inside the transaction of the change.
        """
        cls.insert(
            project=project.id,
            ticket=ticket.id if ticket else None,
            actor=actor.id if actor else None,
            kind=kind,
            data=json.dumps(data, ensure_ascii=False) if data else "{}",
            client=client,
            created_at=at or now(),
        ).execute()
        _bump(
            project,
            ("staff_version", True),
            ("client_version", client),
            ("meter_version", meter),
            ("shape_version", shape),
        )
        if ticket:
            _stamp(ticket, project, client)

    @property
    def details(self) -> dict[str, Any]:
        return json.loads(self.data)


def _bump(project: "Project", *versions: tuple[str, bool]) -> None:
    model = type(project)
    fields = [getattr(model, name) for name, moved in versions if moved]
    model.update({field: field + 1 for field in fields}).where(model.id == project.id).execute()


def _stamp(ticket: "Ticket", project: "Project", client: bool) -> None:
    """Put the project's versions on the ticket: for a reader of some tickets the newest of theirs is the version."""
    model, projects = type(ticket), type(project)
    mine = projects.id == project.id
    stamps = {model.staff_version: projects.select(projects.staff_version).where(mine)}
    if client:
        stamps[model.client_version] = projects.select(projects.client_version).where(mine)
    model.update(stamps).where(model.id == ticket.id).execute()
