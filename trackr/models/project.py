"""A project: one tracker for one client, with its columns, its people and the rules of its hours."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from peewee import BooleanField, CharField, IntegerField, IntegrityError, TextField

from trackr.db import transaction
from trackr.hours.proposals import Rule
from trackr.models.activity import Activity
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.column import Column
from trackr.models.event import Event
from trackr.models.meter import Meter
from trackr.models.person import Person

COLUMNS = (("New", "new"), ("In progress", "active"), ("Waiting on client", "waiting"), ("Done", "done"))
# The settings of which clients see nothing: they are not told of a change.
UNSEEN = {
    "increment", "minimum", "grace", "per", "review_hours", "at_zero", "warn_percents", "warn_days", "first_targets",
    "next_targets", "closes", "closes_empty", "seen_days", "client_address", "client_vat_number", "client_reference",
    "rate_cents", "mail_address",
}  # fmt: skip
# What the meter and its warnings are read by: after a change of these they are read anew.
OF_THE_METER = {"billing", "timezone", "at_zero", "warn_percents", "warn_days"}


class Project(Record):
    slug = CharField(unique=True)
    name = CharField()
    client = CharField()
    language = CharField(default="en")  # the client's: names its columns and, one day, its statements
    billing = CharField(default="prepaid")  # prepaid, postpaid
    timezone = CharField(default="Europe/Paris")
    increment = IntegerField(default=1)
    minimum = IntegerField(default=0)
    grace = IntegerField(default=0)
    per = CharField(default="entry")  # entry, day
    review_hours = IntegerField(default=0)
    at_zero = CharField(default="continue")  # continue, bill, ask: what happens where the hours are used up
    detail = CharField(default="day")  # entry, day, total
    warn_percents = CharField(default="75,90,100")  # of a purchase used: when client and staff are warned
    warn_days = CharField(default="30,7")  # before a purchase expires
    # Within how many open minutes to answer, by priority, "high:240,urgent:60": at first, and what is written later.
    first_targets = CharField(default="")
    next_targets = CharField(default="")
    tells_targets = BooleanField(default=False)  # whether clients are told
    closes = CharField(default="monthly")  # weekly, monthly, quarterly, hand, never: when a statement is made
    closes_empty = BooleanField(default=False)  # whether a period without hours has a statement too
    seen_days = IntegerField(default=0)  # after so many without a word a statement counts as seen; 0: it never does
    client_address = TextField(default="")
    client_vat_number = CharField(default="")
    client_reference = CharField(default="")  # of the client's order or contract
    rate_cents = IntegerField(null=True)  # for a valued hour, without VAT; none: no money is told
    mail_address = CharField(default="")  # a new mail to it opens a ticket here
    # Each reader polls the versions that are theirs; an internal note moves none of the client's.
    staff_version = IntegerField(default=1)
    client_version = IntegerField(default=1)
    meter_version = IntegerField(default=1)
    shape_version = IntegerField(default=1)  # name, columns, archive: seen by everybody
    archived_at = InstantField(null=True)
    created_at = InstantField(default=now)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_postpaid(self) -> bool:
        return self.billing == "postpaid"

    @property
    def bills_deficit(self) -> bool:
        """Whether a statement takes the deficit over, to be billed, and it starts again at nothing."""
        return self.is_postpaid or self.at_zero == "bill"

    def rule_for(self, activity: Activity | None) -> Rule:
        """The rule by which time of that activity is valued, with the greater of both minimums."""
        return Rule(
            increment=self.increment,
            minimum=max(self.minimum, activity.minimum if activity else 0),
            grace=self.grace,
            percent=activity.percent if activity else 100,
            per="day" if self.per == "day" else "entry",
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def warned_percents(self) -> list[int]:
        """The shares of a purchase at which client and staff are warned, ascending."""
        return _numbers(self.warn_percents)

    @property
    def warned_days(self) -> list[int]:
        """So many days before a purchase expires they are warned, ascending."""
        return _numbers(self.warn_days)

    @property
    def has_targets(self) -> bool:
        return bool(self.first_targets or self.next_targets)

    def targets(self, kind: str) -> dict[str, int]:
        """Open minutes to answer in, by priority; kind: first, next. What is not in it has no target."""
        listed = (pair.partition(":") for pair in getattr(self, f"{kind}_targets").split(",") if pair)
        return {priority: int(minutes) for priority, _, minutes in listed}

    def ordered_columns(self) -> list[Column]:
        """The board's columns, from left to right."""
        return Column.of(self)

    def today(self, at: datetime | None = None) -> date:
        """The day it is in the project's time zone."""
        return (at or now()).astimezone(self.zone).date()

    def end_of_review(self, written_at: datetime) -> datetime:
        """When an entry written then is confirmed: at once without review, else rounded up to the minute.

        Whole minutes let the meter settle at most once a minute, however many entries wait.
        """
        if not self.review_hours:
            return written_at
        end = written_at.astimezone(UTC) + timedelta(hours=self.review_hours, seconds=59, milliseconds=999)
        return end.replace(second=0, microsecond=0)

    @classmethod
    def open(
        cls,
        actor: Person,
        *,
        name: str,
        slug: str,
        client: str,
        column_names: Sequence[str] = (),
        at: datetime | None = None,
        **settings: object,
    ) -> "Project":
        """Make a project with its four columns and its empty meter.

        column_names: four names in the order of COLUMNS, English when not given.
        Raises Refused("slug_taken", "slug").
        """

        at = at or now()
        names = column_names or [label for label, _ in COLUMNS]
        with transaction():
            try:
                project = cls.create(name=name, slug=slug, client=client, created_at=at, **settings)
            except IntegrityError as error:
                raise Refused("slug_taken", "slug") from error
            for position, (label, (_, role)) in enumerate(zip(names, COLUMNS, strict=True)):
                Column.create(project=project, name=label, role=role, position=position)
            Meter.create(project=project)
            Event.record(project, "project.opened", actor, shape=True, at=at)
        return project

    def refresh(self) -> None:
        """Read the versions and the meter again, after a verb has moved them."""
        fresh = Project.get_by_id(self.id)
        for name in ("staff_version", "client_version", "meter_version", "shape_version"):
            setattr(self, name, getattr(fresh, name))
        self.meter = Meter.of(self)
        self.__dict__.pop("alerted", None)  # what the reader has not put away: asked again

    def change(self, actor: Person, **changes: object) -> None:
        """Store changed settings; entries that exist keep the rule they were made with.

        Raises Refused("address_taken", "mail_address") where another project has the address.
        """

        changed = {key: value for key, value in changes.items() if getattr(self, key) != value}
        if not changed:
            return
        with transaction():
            address = changed.get("mail_address")
            if address and Project.select().where(Project.mail_address == address).exists():
                raise Refused("address_taken", "mail_address")
            Project.update(changed).where(Project.id == self.id).execute()
            for key, value in changed.items():
                setattr(self, key, value)
            shape = not changed.keys() <= UNSEEN
            Event.record(self, "project.changed", actor, client=False, shape=shape, fields=sorted(changed))
            if changed.keys() & OF_THE_METER:
                Meter.look_again(self)

    @classmethod
    def bump_all(cls) -> None:
        """Tell every open page to look again: something that all of them may show has changed."""
        cls.update(
            staff_version=cls.staff_version + 1,
            client_version=cls.client_version + 1,
            shape_version=cls.shape_version + 1,
        ).execute()

    def archive(self, actor: Person, at: datetime | None = None) -> None:
        self._set_archived(actor, at or now())

    def unarchive(self, actor: Person) -> None:
        self._set_archived(actor, None)

    def _set_archived(self, actor: Person, at: datetime | None) -> None:
        if self.is_archived == (at is not None):
            return
        with transaction():
            Project.update(archived_at=at).where(Project.id == self.id).execute()
            self.archived_at = at
            Event.record(self, "project.archived" if at else "project.unarchived", actor, shape=True, at=at)


def _numbers(text: str) -> list[int]:
    return sorted(int(number) for number in text.split(",") if number)
