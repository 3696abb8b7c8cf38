"""A statement that was seen: a client has said that it is fine, or the days in which to ask have passed."""

from datetime import datetime, timedelta

from peewee import JOIN, ForeignKeyField, fn

from trackr.db import transaction
from trackr.models import question
from trackr.models.base import InstantField, Record, from_milliseconds, now
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.statement import Statement


class Acknowledgement(Record):
    statement = ForeignKeyField(Statement, unique=True)
    person = ForeignKeyField(Person, null=True, index=False)  # none: by the passing of days
    created_at = InstantField(default=now)

    @classmethod
    def say(cls, statement: Statement, actor: Person, at: datetime | None = None) -> None:
        """A client says that the statement is fine. The first word stands; it takes the place of a silence."""
        at = at or now()
        with transaction():
            seen = cls.get_or_none(cls.statement == statement)
            if seen and seen.person_id is not None:
                return
            if seen:
                seen.person, seen.created_at = actor, at
                seen.store("person", "created_at")
            else:
                cls.create(statement=statement, person=actor, created_at=at)
            _record(statement, actor, at)

    @classmethod
    def by_silence(cls, at: datetime | None = None) -> int:
        """Where a project says so: what nobody has asked about in its days counts as seen. Returns how many did.

        A question stops the silence for good: such a statement waits for a word.
        """
        at = at or now()
        waiting = _unseen(at)
        asked = question.numbers_asked(waiting)
        due = [statement for statement in waiting if statement.number not in asked and _is_over(statement, at)]
        return sum(cls._pass(statement, at) for statement in due)

    @classmethod
    def _pass(cls, statement: Statement, at: datetime) -> bool:
        with transaction():
            # Another process may have been quicker, or somebody has said a word since.
            if cls.get_or_none(cls.statement == statement) or question.numbers_asked([statement]):
                return False
            cls.create(statement=statement, person=None, created_at=at)
            _record(statement, None, at)
        return True


def seen_by(statement: Statement) -> datetime | None:
    """When it counts as seen, unless somebody asks; None where it never does by itself.

    The days begin with its closing, or anew when their number was last changed: nothing counts as seen at once because
    of a setting that nobody could know of.
    """
    days = statement.project.seen_days
    if not days:
        return None
    begins = max(filter(None, (statement.closed_at, _last_set(statement))))
    return begins + timedelta(days=days)


def _last_set(statement: Statement) -> datetime | None:
    """When the number of days was last changed since the statement was closed; None where it was not."""
    owners = Person.select(Person.id).where(Person.role == "owner")  # of their events there are few
    mine = (Event.project == statement.project) & (Event.kind == "project.changed") & Event.data.contains('"seen_days"')
    query = Event.select(fn.MAX(Event.created_at))
    at = query.where(Event.actor.in_(owners) & (Event.created_at >= statement.closed_at) & mine).scalar()
    return from_milliseconds(at) if isinstance(at, int) else at


def _is_over(statement: Statement, at: datetime) -> bool:
    due = seen_by(statement)
    return due is not None and due <= at


def _unseen(at: datetime) -> list[Statement]:
    """What nobody has seen yet in projects that count days; without the documents, which may be long."""
    fields = [field for field in Statement._meta.sorted_fields if field.name != "document"]
    query = Statement.select(*fields, Project).join(Project)
    query = query.join_from(Statement, Acknowledgement, JOIN.LEFT_OUTER)
    sealed = (Statement.digest != "") & (Statement.closed_at <= at)
    query = query.where(sealed & (Project.seen_days > 0) & Acknowledgement.id.is_null())
    return list(query.order_by(Statement.number))


def _record(statement: Statement, actor: Person | None, at: datetime) -> None:
    Event.record(statement.project, "statement.seen", actor, client=False, meter=True, at=at, number=statement.number)
