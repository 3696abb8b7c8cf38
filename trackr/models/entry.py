"""An entry of time: what was really spent (internal), and what is valued (told to the client and billed)."""

from datetime import date, datetime
from hashlib import blake2s

from peewee import CharField, ForeignKeyField, IntegerField, Select, TextField, fn

from trackr.db import transaction
from trackr.hours import allocation
from trackr.hours.proposals import propose
from trackr.models import ledger, whereabouts
from trackr.models.activity import Activity
from trackr.models.base import DayField, InstantField, Record, Refused, now
from trackr.models.comment import Comment
from trackr.models.consent import asking
from trackr.models.correction import require_correctable
from trackr.models.event import Event
from trackr.models.pace import Pace
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project
from trackr.models.statement import Statement
from trackr.models.ticket import Ticket

# What a person may change of an entry.
FIGURES = ("spent_minutes", "valued_minutes", "day", "note", "internal_note")


class Entry(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, index=False)
    comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL", index=False)  # the reply it was logged with
    day = DayField()
    spent_minutes = IntegerField()  # internal
    valued_minutes = IntegerField()
    rule = TextField()  # the proposal rule as it was, compact JSON
    note = TextField(default="")  # the client reads it
    internal_note = TextField(default="")
    form_key = CharField(null=True, unique=True)  # of the form it came from: sent twice, stored once
    written_at = InstantField()
    confirms_at = InstantField()
    activity = ForeignKeyField(Activity, null=True, index=False)
    corrects = ForeignKeyField("self", null=True)  # the entry on a statement that this one gives hours back of
    statement = ForeignKeyField(Statement, null=True, index=False)  # none: it can still be changed

    class Meta:
        indexes = (
            (("ticket", "day"), False),
            (("project", "day", "id"), False),
            (("project", "confirms_at"), False),
            (("project", "statement", "day"), False),
            (("person", "day"), False),
        )

    def is_pending(self, at: datetime | None = None) -> bool:
        """Whether the review window is still open."""
        return self.confirms_at > (at or now())

    @property
    def is_closed(self) -> bool:
        """Whether it is on a statement: it stays as it is, and a correction mends it."""
        return self.statement_id is not None

    @property
    def mark(self) -> str:
        """Another one whenever a person has changed it: so that the second of two who edit it is told.

        With the instant at which it was written: once it is gone, SQLite may give its number to another one.
        """
        told = [getattr(self, name) for name in (*FIGURES, "activity_id", "written_at")]
        return blake2s(repr(told).encode(), digest_size=8).hexdigest()

    @classmethod
    def on(cls, ticket: Ticket, number: int) -> "Entry | None":
        """The ticket's entry of that number, None where it has none."""
        return cls.get_or_none((cls.ticket == ticket) & (cls.id == number))

    @classmethod
    def since(cls, project: Project, day: date) -> Select:
        """The project's entries from that day on, in the order of the ledger."""
        return cls.select().where((cls.project == project) & (cls.day >= day)).order_by(cls.day, cls.id)

    @classmethod
    def proposal(
        cls,
        ticket: Ticket,
        day: date,
        spent_minutes: int,
        activity: Activity | None = None,
        besides: "Entry | None" = None,
    ) -> int:
        """The valued minutes that the project's rule proposes (besides: an entry that does not count, being edited)."""
        rule = ticket.project.rule_for(activity)
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
        activity: Activity | None = None,
        note: str = "",
        internal_note: str = "",
        comment: Comment | None = None,
        corrects: "Entry | None" = None,
        over_minutes: int | None = None,
        form_key: str | None = None,
        at: datetime | None = None,
    ) -> "Entry":
        """Log time on a ticket (valued_minutes None: as proposed) and draw it from the project's hours.

        corrects: an entry on a statement, whose hours this gives back (valued_minutes below 0). over_minutes: what the
        staff member has agreed to go over, where the project asks for that.
        Raises Refused: "sent_twice" when the same form came in before, "over" where it goes further over than agreed;
        and as `require_correctable` does.
        """
        at = at or now()
        with transaction():
            cls.refuse_twice(form_key)
            project = whereabouts.project_of(ticket)
            day = day or project.today(at)
            ledger.settle(project)
            if valued_minutes is None:
                valued_minutes = cls.proposal(ticket, day, spent_minutes, activity)
            if corrects:
                require_correctable(corrects, -valued_minutes)
            entry = cls.create(
                project=project,
                ticket=ticket,
                person=person,
                comment=comment,
                day=day,
                spent_minutes=spent_minutes,
                valued_minutes=valued_minutes,
                rule=project.rule_for(activity).as_text(),
                activity=activity,
                corrects=corrects,
                note=note,
                internal_note=internal_note,
                form_key=form_key,
                written_at=at,
                confirms_at=project.end_of_review(at),
            )
            entry._count()
            with asking(project, over_minutes):
                ledger.append(entry)
            kind = "entry.corrected" if corrects else "entry.logged"
            Event.record(project, kind, person, ticket=ticket, client=False, meter=valued_minutes != 0, at=at)
        return entry

    def change(
        self,
        actor: Person,
        *,
        spent_minutes: int,
        valued_minutes: int,
        day: date,
        note: str,
        internal_note: str,
        activity: Activity | None = None,
        over_minutes: int | None = None,
        mark: str | None = None,
        why: str = "",
    ) -> None:
        """Mend an entry: the ledger is walked again from the earlier of the two days; the event keeps what was.

        mark: that of the entry as the person saw it. why: told where the entry was confirmed already.
        Raises Refused: "gone" where somebody has taken it back meanwhile, "changed" where somebody has changed it,
        "closed" where it is on a statement; and as `log` does.
        """
        with transaction():
            self._require_as_seen(mark)
            ledger.settle(self.project)
            is_traced = not self.is_pending() and valued_minutes != self.valued_minutes
            if self.corrects:
                require_correctable(self.corrects, -valued_minutes, besides=self)
            was = self._as_it_is() | {"pending": self.is_pending()}
            is_valued = self.valued_minutes != 0 or valued_minutes != 0  # else no client knows of it
            told = is_valued and (self.valued_minutes, self.day, self.note) != (valued_minutes, day, note)
            since = min(self.day, day)
            self._uncount()
            self.spent_minutes, self.valued_minutes, self.day = spent_minutes, valued_minutes, day
            self.note, self.internal_note, self.activity = note, internal_note, activity
            self.rule = self.project.rule_for(activity).as_text() if self.activity_id != was["activity"] else self.rule
            self.store()
            self._count()
            with asking(self.project, over_minutes):
                ledger.rewrite(self.project, since)
            self._tell(actor, "changed", was, told, is_traced, why)

    def remove(self, actor: Person, why: str = "", mark: str | None = None) -> None:
        """Take an entry back: its hours return to where they came from; the event keeps what was.

        mark: that of the entry as the person saw it. why: told where the entry was confirmed already.
        Raises Refused: "changed" where somebody has changed it, "closed" where it is on a statement.
        """
        with transaction():
            if not self._read_again():  # somebody else has
                return
            self._require_same(mark)
            is_traced = not self.is_pending() and self.valued_minutes != 0
            told, was = self.valued_minutes != 0, self._as_it_is()
            self._uncount()
            Entry.update(valued_minutes=0).where(Entry.id == self.id).execute()
            ledger.rewrite(self.project, self.day)  # leaves no line and no credit that names it
            self.delete_instance()
            self.valued_minutes = 0
            self._tell(actor, "removed", was, told, is_traced, why)

    def _require_as_seen(self, mark: str | None) -> None:
        if not self._read_again():
            raise Refused("gone")
        self._require_same(mark)

    def _require_same(self, mark: str | None) -> None:
        if mark is not None and mark != self.mark:
            raise Refused("changed")
        if self.is_closed:
            raise Refused("closed")

    def _count(self) -> None:
        """Add it to what is summed beside the entries: the ticket's time, and the week's pace."""
        self._sum(1)

    def _uncount(self) -> None:
        """Take it out of there again, as it was counted."""
        self._sum(-1)

    def _sum(self, times: int) -> None:
        self.ticket.add_time(times * self.spent_minutes, times * self.valued_minutes)
        Pace.add(self.project, self.day, times * self.valued_minutes)

    def _tell(self, actor: Person, verb: str, was: dict[str, object], told: bool, is_traced: bool, why: str) -> None:
        """The event of a change. Where a confirmed time becomes another, whoever sees hours is told, and why."""
        project, ticket, kind = self.project, self.ticket, f"entry.{verb}"
        Event.record(project, kind, actor, ticket=ticket, client=False, meter=told, was=was, valued=self.valued_minutes)
        if is_traced:
            figures = {"valued": [was["valued"], self.valued_minutes], "day": self.day.isoformat(), "why": why}
            figures |= {"gone": True} if verb == "removed" else {}
            Event.record(project, "entry.revalued", actor, ticket=ticket, client=False, meter=True, **figures)

    def _read_again(self) -> bool:
        """Take over what others have stored meanwhile; False where it is not there any more."""
        stored = Entry.get_or_none(Entry.id == self.id)
        self.project = whereabouts.project_of(self.ticket)
        for name in (*FIGURES, "confirms_at", "written_at", "activity_id", "statement_id"):
            setattr(self, name, getattr(stored or self, name))
        return stored is not None

    def _as_it_is(self) -> dict[str, object]:
        return {
            "spent": self.spent_minutes,
            "valued": self.valued_minutes,
            "day": self.day.isoformat(),
            "activity": self.activity_id,
        }

    @classmethod
    def refuse_twice(cls, form_key: str | None) -> None:
        if form_key and _by_form_key.first(key=form_key):
            raise Refused("sent_twice")

    def as_draw(self) -> allocation.Entry:
        """The part of it that the rules of the ledger know."""
        return allocation.Entry(self.id, self.day, self.valued_minutes, self.corrects_id)


_by_form_key = Prepared(lambda: Entry.select(Entry.id).where(Entry.form_key == parameter("key")))
