"""A timer: one person's running or parked count on one ticket. It never logs by itself.

Timers are their person's own business: nobody else is shown them, so they leave no events and no other page is told.
"""

from datetime import datetime, time
from typing import Any

from peewee import ForeignKeyField, IntegerField, Query, fn

from trackr.db import transaction
from trackr.hours import absence
from trackr.models.base import InstantField, Record, Refused, from_milliseconds, now, to_milliseconds
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.ticket import Ticket

EVENING = time(18)  # when a day's work is taken to be over where nothing else tells
LATE_EVENTS = 1000  # among which signs of life are looked for: a reading that never grows with the history


class Timer(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
    seconds = IntegerField(default=0)  # counted before it was last started
    started_at = InstantField(null=True)  # none: parked
    touched_at = InstantField(default=now)  # started, parked or answered for: changes whenever anything does

    class Meta:
        indexes = ((("person", "ticket"), True), (("person", "started_at"), False))

    @property
    def is_running(self) -> bool:
        return self.started_at is not None

    def elapsed(self, at: datetime) -> int:
        """The seconds counted until then."""
        return self.seconds + (max(int((at - self.started_at).total_seconds()), 0) if self.is_running else 0)

    def minutes(self, at: datetime) -> int:
        """What is logged of it: to the nearest minute, at least one."""
        return max(1, (self.elapsed(at) + 30) // 60)

    def left_at(self, at: datetime) -> datetime | None:
        """When its person left it running, as it seems: for over four hours, or over midnight where the project is.

        None where there is nothing to ask. A sign of life is whatever the person did, on any ticket.
        """
        if not self.is_running:
            return None
        project = self.ticket.project
        over_midnight = project.today(self.started_at) != project.today(at)
        if not over_midnight and at - self.started_at <= absence.LONGEST_SILENCE:
            return None
        since = {"person": self.person_id, "start": to_milliseconds(self.started_at), "end": to_milliseconds(at)}
        signs = [from_milliseconds(row[0]) for row in _signs_of_life.rows(**since)]
        return absence.left_at([self.started_at, *signs, at], over_midnight=over_midnight)

    def needs_asking(self, at: datetime) -> bool:
        """Whether its person has to say what becomes of the time that it counted while they were away."""
        return self.left_at(at) is not None

    def proposed_until(self, at: datetime) -> datetime | None:
        """Where to trim it: at the last sign of life, else at 18:00 of the day it was started, None if later."""
        left = self.left_at(at)
        if left is None or left > self.started_at:
            return left
        started = self.started_at.astimezone(self.ticket.project.zone)
        evening = datetime.combine(started.date(), EVENING, started.tzinfo)
        return evening if started < evening <= at else None

    @classmethod
    def of(cls, person: Person, ticket: Ticket) -> "Timer | None":
        timer = cls.get_or_none((cls.person == person) & (cls.ticket == ticket))
        if timer is not None:
            timer.ticket = ticket
        return timer

    @classmethod
    def mark(cls, person: Person) -> int | None:
        """A number that is another one whenever a timer of the person has changed; None where there is none."""
        return query_mark().where(cls.person == person).scalar()

    @classmethod
    def start(cls, person: Person, ticket: Ticket, at: datetime | None = None) -> "Timer":
        """Let it count, from where it was parked; the one that runs is parked. Started twice, it is started once."""
        at = at or now()
        with transaction():
            timer = cls.of(person, ticket) or cls(person=person, ticket=ticket)
            if timer.is_running:
                return timer
            for other in cls.select().where((cls.person == person) & cls.started_at.is_null(False)):
                other._set(other.elapsed(at), None, at)
            timer._set(timer.seconds, at, at)
        return timer

    def park(self, at: datetime | None = None) -> None:
        """Let it rest. Raises Refused("left") where its person has to answer for it first."""
        at = at or now()
        with transaction():
            if self._read_again() and self.is_running:
                if self.needs_asking(at):
                    raise Refused("left")
                self._set(self.elapsed(at), None, at)

    def keep(self, at: datetime | None = None) -> None:
        """Answer that all of it was work: it goes on, and what it counted so far is not asked about again."""
        at = at or now()
        with transaction():
            if self._read_again() and self.is_running:
                self._set(self.elapsed(at), at, at)

    def trim(self, minutes: int, at: datetime | None = None) -> None:
        """Answer that so much of it was work: it is parked with that.

        Raises Refused("more_than_counted", "duration").
        """
        at = at or now()
        with transaction():
            if self._read_again():
                if minutes > self.minutes(at):
                    raise Refused("more_than_counted", "duration", minutes=self.minutes(at))
                self._set(minutes * 60, None, at)

    @classmethod
    def discard(cls, person: Person, ticket: Ticket) -> None:
        """Forget what it counted: because nothing of it was work, or because it has been logged."""
        with transaction():
            cls.delete().where((cls.person == person) & (cls.ticket == ticket)).execute()

    def _read_again(self) -> bool:
        """Take over what another device has done meanwhile; False where it is not there any more."""
        stored = Timer.get_or_none(Timer.id == self.id)
        if stored is not None:
            self.seconds, self.started_at = stored.seconds, stored.started_at
        return stored is not None

    def _set(self, seconds: int, started_at: datetime | None, at: datetime) -> None:
        self.seconds, self.started_at, self.touched_at = seconds, started_at, at
        self.save()


def query_mark() -> Query:
    """What `mark` is made of, of the timers that a condition still to be added chooses."""
    running: Any = Timer.started_at.is_null(False)
    return Timer.select(fn.SUM(Timer.touched_at + Timer.seconds * 3 + running * Timer.ticket))


def _query_signs() -> Query:
    late = Event.select(Event.actor, Event.created_at).order_by(Event.id.desc()).limit(LATE_EVENTS).alias("late")
    theirs = (late.c.actor_id == parameter("person")) & (late.c.created_at > parameter("start"))
    signs = Event.select(late.c.created_at).from_(late).where(theirs & (late.c.created_at < parameter("end")))
    return signs.order_by(late.c.created_at)


_signs_of_life = Prepared(_query_signs)
