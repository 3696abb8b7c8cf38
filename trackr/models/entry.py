"""An entry of time: what was really spent (internal), and what is valued (told to the client and billed)."""

from datetime import UTC, date, datetime, timedelta

from peewee import CharField, ForeignKeyField, IntegerField, Select, TextField, fn

from trackr.db import transaction
from trackr.hours import allocation
from trackr.hours.proposals import propose
from trackr.models import ledger
from trackr.models.base import DayField, InstantField, Record, Refused, now
from trackr.models.comment import Comment
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project
from trackr.models.ticket import Ticket


class Entry(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE")
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
    person = ForeignKeyField(Person)
    comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL")  # the reply it was logged with
    day = DayField()
    spent_minutes = IntegerField()  # internal
    valued_minutes = IntegerField()
    rule = TextField()  # the proposal rule as it was, compact JSON
    note = TextField(default="")  # the client reads it
    internal_note = TextField(default="")
    form_key = CharField(null=True, unique=True)  # of the form it came from: sent twice, stored once
    written_at = InstantField()
    confirms_at = InstantField()

    class Meta:
        indexes = (
            (("ticket", "day"), False),
            (("project", "day", "id"), False),
            (("project", "confirms_at"), False),
        )

    def is_pending(self, at: datetime | None = None) -> bool:
        """Whether the review window is still open."""
        return self.confirms_at > (at or now())

    @classmethod
    def since(cls, project: Project, day: date) -> Select:
        """The project's entries from that day on, in the order of the ledger."""
        return cls.select().where((cls.project == project) & (cls.day >= day)).order_by(cls.day, cls.id)

    @classmethod
    def proposal(cls, ticket: Ticket, day: date, spent_minutes: int, besides: "Entry | None" = None) -> int:
        """The valued minutes that the project's rule proposes (besides: an entry that does not count, being edited)."""
        rule = ticket.project.rule
        if rule.per != "day":
            return propose(spent_minutes, rule)
        query = cls.select(fn.COALESCE(fn.SUM(cls.spent_minutes), 0), fn.COALESCE(fn.SUM(cls.valued_minutes), 0))
        query = query.where((cls.ticket == ticket) & (cls.day == day) & (cls.id != (besides.id if besides else 0)))
        spent, valued = query.tuples().get()
        return propose(spent_minutes, rule, already_spent_minutes=spent, already_valued_minutes=valued)

    @classmethod
    def log(
        cls,
        ticket: Ticket,
        person: Person,
        *,
        spent_minutes: int,
        valued_minutes: int | None = None,
        day: date | None = None,
        note: str = "",
        internal_note: str = "",
        comment: Comment | None = None,
        form_key: str | None = None,
        at: datetime | None = None,
    ) -> "Entry":
        """Log time on a ticket (valued_minutes None: as proposed) and draw it from the project's hours.

        Raises Refused("sent_twice") when the same form came in before.
        """
        at = at or now()
        project = ticket.project
        day = day or project.today(at)
        with transaction():
            cls.refuse_twice(form_key)
            ledger.settle(project)
            if valued_minutes is None:
                valued_minutes = cls.proposal(ticket, day, spent_minutes)
            entry = cls.create(
                project=project,
                ticket=ticket,
                person=person,
                comment=comment,
                day=day,
                spent_minutes=spent_minutes,
                valued_minutes=valued_minutes,
                rule=project.rule.as_text(),
                note=note,
                internal_note=internal_note,
                form_key=form_key,
                written_at=at,
                confirms_at=_end_of_review(at, project.review_hours),
            )
            ledger.append(entry)
            ticket.add_time(spent_minutes, valued_minutes)
            told = valued_minutes != 0
            Event.record(project, "entry.logged", person, ticket=ticket, client=False, meter=told, at=at)
        return entry

    def change(
        self, actor: Person, *, spent_minutes: int, valued_minutes: int, day: date, note: str, internal_note: str
    ) -> None:
        """Mend an entry: the ledger is walked again from the earlier of the two days; the event keeps what was.

        Raises Refused("gone") where somebody has taken it back meanwhile.
        """
        with transaction():
            if not self._read_again():
                raise Refused("gone")
            was = self._as_it_is() | {"pending": self.is_pending()}
            is_valued = self.valued_minutes != 0 or valued_minutes != 0  # else no client knows of it
            told = is_valued and (self.valued_minutes, self.day, self.note) != (valued_minutes, day, note)
            since = min(self.day, day)
            self.ticket.add_time(spent_minutes - self.spent_minutes, valued_minutes - self.valued_minutes)
            self.spent_minutes, self.valued_minutes, self.day = spent_minutes, valued_minutes, day
            self.note, self.internal_note = note, internal_note
            self.store()
            ledger.rewrite(self.project, since)
            Event.record(
                self.project,
                "entry.changed",
                actor,
                ticket=self.ticket,
                client=False,
                meter=told,
                was=was,
                valued=valued_minutes,
            )

    def remove(self, actor: Person) -> None:
        """Take an entry back: its hours return to where they came from; the event keeps what was."""
        with transaction():
            if not self._read_again():  # somebody else has
                return
            told = self.valued_minutes != 0
            self.ticket.add_time(-self.spent_minutes, -self.valued_minutes)
            Entry.update(valued_minutes=0).where(Entry.id == self.id).execute()
            ledger.rewrite(self.project, self.day)  # leaves no line that names it
            self.delete_instance()
            was = self._as_it_is()
            Event.record(self.project, "entry.removed", actor, ticket=self.ticket, client=False, meter=told, was=was)

    def _read_again(self) -> bool:
        """Take over what others have stored meanwhile; False where it is not there any more."""
        stored = Entry.get_or_none(Entry.id == self.id)
        for name in ("spent_minutes", "valued_minutes", "day", "note", "internal_note", "confirms_at"):
            setattr(self, name, getattr(stored or self, name))
        return stored is not None

    def _as_it_is(self) -> dict[str, object]:
        return {"spent": self.spent_minutes, "valued": self.valued_minutes, "day": self.day.isoformat()}

    @classmethod
    def refuse_twice(cls, form_key: str | None) -> None:
        if form_key and _by_form_key.first(key=form_key):
            raise Refused("sent_twice")

    def as_draw(self) -> allocation.Entry:
        """The part of it that the rules of the ledger know."""
        return allocation.Entry(id=self.id, day=self.day, valued_minutes=self.valued_minutes)


_by_form_key = Prepared(lambda: Entry.select(Entry.id).where(Entry.form_key == parameter("key")))


def _end_of_review(at: datetime, hours: int) -> datetime:
    """When an entry written now is confirmed: at once without review, else rounded up to the minute.

    Whole minutes let the meter settle at most once a minute, however many entries wait.
    """
    if not hours:
        return at
    end = at.astimezone(UTC) + timedelta(hours=hours, seconds=59, milliseconds=999)
    return end.replace(second=0, microsecond=0)
