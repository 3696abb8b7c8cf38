"""Everything that the instance knows of one person, for that person: what they are, what they wrote, what they did."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from peewee import ModelSelect

from trackr.models import (
    Attachment,
    Audit,
    BlockedSender,
    Comment,
    Draft,
    Entry,
    LinkedAccount,
    Mail,
    Membership,
    NewsChoice,
    Person,
    Project,
    ReceivedMail,
    Satisfaction,
    SavedView,
    Session,
    Ticket,
)
from trackr.models.base import Record

MAIL_CHOICES = ("mails", "news", "digest_hour", "quiet_from", "quiet_to", "timezone")


def about(person: Person) -> dict[str, Any]:
    """Plain values, ready to be written as JSON."""
    mine = Comment.select(*_fields(Comment, "ticket body internal mailed created_at"))
    asked = Ticket.select(Ticket.id, Ticket.title, Ticket.body, Ticket.opened_at).where(Ticket.requester == person)
    places = Membership.select(Project.slug, *_fields(Membership, "sees hours accepts requests approves invites"))
    chosen = NewsChoice.select(Project.slug, NewsChoice.news)
    return {
        "person": {name: _plain(getattr(person, name)) for name in ("name", "email", "role", "language", "created_at")},
        "mail choices": {name: getattr(person, name) for name in MAIL_CHOICES},
        "mail choices by project": _rows(chosen.join(Project).where(NewsChoice.person == person)),
        "projects": _rows(places.join(Project).where(Membership.person == person)),
        "tickets": _rows(asked),
        "comments": _rows(mine.where((Comment.author == person) & Comment.deleted_at.is_null())),
        "time": _rows(_time(person)) if person.is_staff else [],
        "drafts": _theirs(Draft, person, "form data changed_at"),
        "answers": _theirs(Satisfaction, person, "ticket answer message said_at"),
        "mails": _theirs(Mail, person, "address kind subject state created_at sent_at"),
        "mails received": _rows(
            ReceivedMail.of(person).select(*_fields(ReceivedMail, "sender sender_name subject state size received_at"))
        ),
        "sender blocked": BlockedSender.is_blocked(person.email),
        "views": _theirs(SavedView, person, "name query"),
        "linked accounts": _theirs(LinkedAccount, person, "issuer subject created_at"),
        "sessions": _theirs(Session, person, "created_at seen_at ended_at address agent"),
        "trail": _theirs(Audit, person, "created_at kind detail address agent"),
        "files": [file.name for file in files(person)],
    }


def files(person: Person) -> Iterator[Attachment]:
    """The files that the person sent and that are still there."""
    mine = (Attachment.created_by == person) & Attachment.deleted_at.is_null()
    return iter(Attachment.select().where(mine).order_by(Attachment.id))


def _time(person: Person) -> ModelSelect:
    fields = "ticket day spent_minutes valued_minutes note internal_note"
    return Entry.select(*_fields(Entry, fields)).where(Entry.person == person)


def _theirs(model: type[Record], person: Person, names: str) -> list[dict[str, Any]]:
    """These fields of all rows of the model that are the person's."""
    return _rows(model.select(*_fields(model, names)).where(model.person == person))


def _fields(model: Any, names: str) -> list[Any]:
    return [getattr(model, name) for name in names.split()]


def _rows(query: ModelSelect) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in query.dicts()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
