"""Who is writing on a ticket just now. Kept in the memory of this process alone, and forgotten after some seconds."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from flask import Flask, current_app

from trackr.models import Participant, Person, Project, Ticket
from trackr.models.base import now
from trackr.reach import Reach
from trackr.web.languages import plain as _

LASTS = timedelta(seconds=10)  # after which nobody is writing who has not been heard of again


@dataclass(frozen=True, slots=True)
class Typing:
    person: int
    name: str
    internal: bool
    ticket: int
    project: int
    readers: frozenset[int]  # those who see the ticket though they may see only their own
    at: datetime


class Typings:
    """The last that was heard of each person on each ticket."""

    def __init__(self) -> None:
        self._heard: dict[tuple[int, int], Typing] = {}
        self._lock = threading.Lock()

    def hear(self, typing: Typing) -> None:
        with self._lock:
            self._heard = {key: one for key, one in self._heard.items() if one.at > typing.at - LASTS}
            self._heard[typing.ticket, typing.person] = typing

    def forget(self, ticket: int, person: int) -> None:
        with self._lock:
            self._heard.pop((ticket, person), None)

    def on(self, ticket: str) -> list[Typing]:
        with self._lock:
            heard = list(self._heard.values())
        return [one for one in heard if str(one.ticket) == ticket and one.at > now() - LASTS]


def hear(ticket: Ticket, person: Person, *, internal: bool) -> None:
    """Keep that the person is writing on the ticket: a reply, or for staff maybe a note."""
    name, is_note = person.name.split(" ")[0], internal and person.is_staff
    readers = frozenset((ticket.requester.id, *Participant.shared_with(ticket)))
    typing = Typing(person.id, name, is_note, ticket.id, ticket.project.id, readers, now())
    _typings().hear(typing)


def forget(ticket: Ticket, person: Person) -> None:
    """The person has sent it."""
    _typings().forget(ticket.id, person.id)


def header(reach: Reach, project: Project, ticket: str) -> dict[str, str]:
    """The header `Writing` of a pulse: who else is writing on that ticket, as far as this person may know."""
    words = _words([one for one in _typings().on(ticket) if _sees(reach, project, one)])
    return {"Writing": quote(words)} if words else {}


def _sees(reach: Reach, project: Project, one: Typing) -> bool:
    """Decided by what is in memory: a pulse asks the database nothing about it."""
    me = reach.person
    within = one.project == project.id and (reach.sees_all(project) or me.id in one.readers)
    return within and one.person != me.id and (me.is_staff or not one.internal)


def _words(found: list[Typing]) -> str:
    replies = [one.name for one in found if not one.internal]
    notes = [one.name for one in found if one.internal]
    told = [_("%(names)s is writing…", names=replies[0])] if len(replies) == 1 else []
    told += [_("%(names)s are writing…", names=", ".join(replies))] if len(replies) > 1 else []
    told += [_("Internal note being written: %(names)s…", names=", ".join(notes))] if notes else []
    return " ".join(told)


def _typings() -> Typings:
    typings: Typings = current_app.extensions["typings"]
    return typings


def register(app: Flask) -> None:
    app.extensions["typings"] = Typings()
