"""Tags: words that a project's tickets are sorted by."""

from collections.abc import Iterable
from datetime import datetime

from peewee import CharField, Expression, ForeignKeyField, Node, fn

from trackr.db import transaction
from trackr.models.base import Record, Refused
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project
from trackr.models.ticket import Ticket

MOST, LONGEST = 10, 40  # on one ticket, and characters of one
BETWEEN = "\n"  # what no tag has in it


class Tag(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    name = CharField()

    class Meta:
        indexes = ((("project", "name"), True),)

    @classmethod
    def names_in(cls, project: Project) -> list[str]:
        """Every tag of the project, in the order of the alphabet."""
        return [name for (name,) in _names_in.rows(project=project.id)]

    @classmethod
    def names_on(cls, ticket: Ticket) -> list[str]:
        return [name for (name,) in _names_on.rows(ticket=ticket.id)]

    @classmethod
    def names(cls) -> Node:
        """Within a query of tickets: the tags of each, as one text that `named` reads. None: it has none."""
        query = cls.select(fn.GROUP_CONCAT(cls.name, BETWEEN)).join(Tagging)
        return query.where(Tagging.ticket == Ticket.id)

    @classmethod
    def worn(cls, name: str) -> Expression:
        """The condition for tickets that have the tag of that name."""
        return Ticket.id.in_(Tagging.select(Tagging.ticket).join(cls).where(cls.name == name))

    @classmethod
    def put(cls, ticket: Ticket, actor: Person, names: Iterable[str], at: datetime | None = None) -> bool:
        """Let the ticket have these tags and no others; returns whether that changes it.

        One that is written in another case is the one there is.
        """
        with transaction():
            known = {name.casefold(): name for name in cls.names_in(ticket.project)}
            wanted = {name.casefold(): known.get(name.casefold(), name) for name in names}
            had = {name.casefold(): name for name in cls.names_on(ticket)}
            added = [name for key, name in wanted.items() if key not in had]
            removed = [name for key, name in had.items() if key not in wanted]
            if not added and not removed:
                return False
            cls.attach(ticket, added)
            gone = cls.select(cls.id).where((cls.project == ticket.project) & cls.name.in_(removed))
            Tagging.delete().where((Tagging.ticket == ticket) & Tagging.tag.in_(gone)).execute()
            cls.sweep(ticket.project)
            Event.record(ticket.project, "ticket.tagged", actor, ticket=ticket, at=at, added=added, removed=removed)
        return True

    @classmethod
    def alter(cls, ticket: Ticket, actor: Person, added: Iterable[str], removed: Iterable[str]) -> bool:
        """Let the ticket have more tags, and fewer; returns whether that changes it. Raises Refused: too many."""
        wanted = altered(cls.names_on(ticket), added, removed)
        if len(wanted) > MOST:
            raise Refused("too_many_tags", "add_tags")
        return cls.put(ticket, actor, wanted)

    @classmethod
    def attach(cls, ticket: Ticket, names: Iterable[str]) -> None:
        """Within the transaction of whoever tells it."""
        for name in names:
            tag, _ = cls.get_or_create(project=ticket.project, name=name)
            Tagging.get_or_create(ticket=ticket, tag=tag)

    @classmethod
    def sweep(cls, project: Project) -> None:
        """What no ticket has any more is offered no more."""
        used = Tagging.select().where(Tagging.tag == cls.id)
        cls.delete().where((cls.project == project) & ~fn.EXISTS(used)).execute()


class Tagging(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, on_delete="CASCADE")

    class Meta:
        indexes = ((("ticket", "tag"), True),)


def altered(names: Iterable[str], added: Iterable[str], removed: Iterable[str]) -> list[str]:
    """These tags with some more and some fewer; in whatever case they are written they are the same."""
    gone = {name.casefold() for name in removed}
    listed: dict[str, str] = {}
    for name in (*names, *added):
        listed.setdefault(name.casefold(), name)
    return [name for key, name in listed.items() if key not in gone]


def named(names: str | None) -> tuple[str, ...]:
    """The tags that `Tag.names` found, in the order of the alphabet."""
    return tuple(sorted(names.split(BETWEEN), key=str.casefold)) if names else ()


_names_in = Prepared(
    lambda: Tag.select(Tag.name).where(Tag.project == parameter("project")).order_by(fn.LOWER(Tag.name), Tag.name)
)
_names_on = Prepared(
    lambda: Tag.select(Tag.name).join(Tagging).where(Tagging.ticket == parameter("ticket")).order_by(fn.LOWER(Tag.name))
)
