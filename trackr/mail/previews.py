"""Every kind of mail with the newest that the instance itself has of it, for the owner to look at."""

import json
from collections.abc import Iterator

from trackr.mail import letters, rules
from trackr.mail.letter import Letter
from trackr.models import Event, Mail, Membership, Person

# What is shown, the events of which it is made, and why it would come.
SHOWN: dict[str, tuple[str, tuple[str, ...], str]] = {
    "new": ("ticket", ("ticket.opened",), rules.NEW),
    "reply": ("ticket", ("comment.written",), rules.PARTICIPANT),
    "note": ("ticket", ("note.written",), rules.PARTICIPANT),
    "assigned": ("ticket", ("ticket.changed",), rules.ASSIGNED),
    "closed": ("ticket", ("ticket.closed",), rules.PARTICIPANT),
    "estimate": ("ticket", ("estimate.proposed",), rules.HOURS),
    "digest": ("digest", ("comment.written", "ticket.opened"), rules.PARTICIPANT),
    "hours": ("hours", ("alert.raised",), rules.HOURS),
    "statement": ("statement", ("statement.closed",), rules.HOURS),
    "request": ("request", ("purchase.requested",), rules.OWNER),
    "invitation": ("invitation", (), ""),
    "sign_in": ("sign_in", (), ""),
    "address_confirm": ("address_confirm", (), ""),
    "address_stop": ("address_stop", (), ""),
    "not_taken": ("not_taken", (), ""),
    "test": ("test", (), ""),
}
DATA = {"not_taken": {"subject": "Photos", "why": "too_large_size"}}  # of those that keep something of their own
OF_STAFF = ("new", "note", "assigned", "request", "test")  # those which no client gets
LOOKED_AT = 30  # of the newest events, for one that still tells something


def preview(shown: str, owner: Person, language: str = "") -> Letter | None:
    """The letter as one of its readers would get it, None where the instance has nothing of the kind yet."""
    kind, _, why = SHOWN[shown]
    for events in _newest(shown):
        reader = _reader(shown, owner, events)
        if reader is None:
            continue
        project = events[0].project if events else _any_project(reader)
        ticket = events[0].ticket if events and kind == "ticket" else None
        mail = Mail(kind=kind, person=reader, address=reader.email, project=project, ticket=ticket)
        mail.data = json.dumps(DATA.get(kind, {}))
        try:
            return letters.write(mail, events, {why} if why else set(), language)
        except letters.Nothing:
            continue
    return None


def _newest(shown: str) -> Iterator[list[Event]]:
    """What such a mail could be made of, the newest first."""
    kind, kinds, _ = SHOWN[shown]
    if not kinds:
        yield []
        return
    query = Event.select().where(Event.kind.in_(kinds)).order_by(Event.id.desc()).limit(LOOKED_AT)
    if kind == "digest":
        yield list(query.limit(4))[::-1]
    else:
        yield from ([event] for event in query)


def _reader(shown: str, owner: Person, events: list[Event]) -> Person | None:
    """Somebody who would get it: a client of the project, where clients get such mails, and the owner otherwise."""
    if shown in OF_STAFF or shown in ("sign_in", "address_confirm", "address_stop"):
        return owner
    query = Person.select().join(Membership).where((Person.role == "client") & Person.active)
    query = query.where((Membership.sees == "all") & Membership.hours)
    if events:
        query = query.where(Membership.project == events[0].project_id)
    return query.order_by(Person.id.desc()).first() or (owner if shown != "invitation" else None)


def _any_project(reader: Person) -> object:
    member = Membership.get_or_none(Membership.person == reader)
    return member.project if member else None
