"""An estimate of the time a ticket will take: proposed by the agency, agreed to by the client before the work."""

from datetime import datetime
from typing import Any

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from trackr.db import transaction
from trackr.models import whereabouts
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Maker, Prepared, parameter
from trackr.models.project import Project
from trackr.models.ticket import Ticket


class Estimate(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    low_minutes = IntegerField()
    ceiling_minutes = IntegerField()  # agreed to, it is committed in the meter until it is valued
    message = TextField(default="")
    state = CharField(default="proposed")  # proposed, accepted, declined, withdrawn
    proposed_by = ForeignKeyField(Person, index=False)
    proposed_at = InstantField(default=now)
    answered_by = ForeignKeyField(Person, null=True, index=False)
    answered_at = InstantField(null=True)
    answer = TextField(default="")

    class Meta:
        indexes = ((("ticket", "id"), False), (("project", "state"), False))

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it, and the agency has not taken it back."""
        return self.state == "proposed"

    @classmethod
    def waiting_on(cls, ticket: Ticket) -> "Estimate | None":
        """The one that waits for an answer: at most one does."""
        row = _waiting.first(ticket=ticket.id)
        return _maker.make(row) if row else None

    @classmethod
    def waiting_in(cls, project: Project) -> set[int]:
        """The numbers of the project's tickets on which one waits."""
        return {ticket for (ticket,) in _waiting_in.rows(project=project.id)}

    @classmethod
    def propose(
        cls,
        ticket: Ticket,
        actor: Person,
        *,
        low_minutes: int,
        ceiling_minutes: int,
        message: str = "",
        at: datetime | None = None,
    ) -> "Estimate":
        """Propose how long the ticket will take; one that still waits is withdrawn, this takes its place.

        Raises Refused("ticket_closed").
        """
        at = at or now()
        with transaction():
            project = whereabouts.project_of(ticket)
            _require_open(ticket)
            before = cls.waiting_on(ticket)
            if before:
                before._answer("withdrawn", actor, "", at)
            estimate = cls.create(
                ticket=ticket,
                project=project,
                low_minutes=low_minutes,
                ceiling_minutes=ceiling_minutes,
                message=message,
                proposed_by=actor,
                proposed_at=at,
            )
            instead_of = before and [before.low_minutes, before.ceiling_minutes]
            estimate._tell("proposed", actor, at, message=message, instead_of=instead_of)
        return estimate

    def accept(self, actor: Person, answer: str = "", at: datetime | None = None) -> None:
        """Agree: from now on the ceiling is committed. Raises Refused where it waits no more."""
        at = at or now()
        with transaction():
            self._require_waiting()
            _require_open(self.ticket)
            self._answer("accepted", actor, answer, at)
            self.ticket.agree(self.ceiling_minutes)
            self._tell("accepted", actor, at, answer=answer)

    def decline(self, actor: Person, answer: str = "", at: datetime | None = None) -> None:
        """Say no, with a word if there is one to say. Raises Refused where it waits no more."""
        at = at or now()
        with transaction():
            self._require_waiting()
            self._answer("declined", actor, answer, at)
            self._tell("declined", actor, at, answer=answer)

    def withdraw(self, actor: Person, at: datetime | None = None) -> None:
        """Take it back before it is answered. Raises Refused where it waits no more."""
        at = at or now()
        with transaction():
            self._require_waiting()
            self._answer("withdrawn", actor, "", at)
            self._tell("withdrawn", actor, at)

    def _require_waiting(self) -> None:
        """Of two who answer at once the second is told what stands: see web/messages.py."""
        self.state = Estimate.get_by_id(self.id).state
        self.project = whereabouts.project_of(self.ticket)
        if not self.is_waiting:
            raise Refused(f"estimate_{self.state}")

    def _answer(self, state: str, actor: Person, answer: str, at: datetime) -> None:
        self.state, self.answered_by, self.answered_at, self.answer = state, actor, at, answer
        self.store("state", "answered_by", "answered_at", "answer")

    def _tell(self, verb: str, actor: Person, at: datetime, **more: object) -> None:
        """To the agency, and to the clients who see the ticket and the hours."""
        told: dict[str, Any] = {"low": self.low_minutes, "ceiling": self.ceiling_minutes}
        told |= {name: value for name, value in more.items() if value}
        Event.record(
            self.project, f"estimate.{verb}", actor, ticket=self.ticket, client=False, meter=True, at=at, **told
        )


def _require_open(ticket: Ticket) -> None:
    if Ticket.get_by_id(ticket.id).is_closed:
        raise Refused("ticket_closed")


_waiting = Prepared(
    lambda: Estimate.select().where((Estimate.ticket == parameter("ticket")) & (Estimate.state == "proposed"))
)
_waiting_in = Prepared(
    lambda: Estimate.select(Estimate.ticket).where(
        (Estimate.project == parameter("project")) & (Estimate.state == "proposed")
    )
)
_maker = Maker(Estimate)
