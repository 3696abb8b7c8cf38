"""A warning that hours come to their end: raised once for each purchase and threshold, read by client and staff."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from peewee import CharField, DeferredForeignKey, ForeignKeyField

from trackr.models.base import InstantField, Record, now
from trackr.models.event import Event
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project

if TYPE_CHECKING:
    from trackr.models.purchase import Purchase


class Alert(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    purchase = DeferredForeignKey("Purchase", on_delete="CASCADE", index=False)
    threshold = CharField()  # "90%" used, or "7d" before it expires
    raised_at = InstantField(default=now)

    class Meta:
        indexes = ((("purchase", "threshold"), True), (("project", "raised_at"), False))

    @classmethod
    def raise_due(cls, project: Project, packs: Iterable["Purchase"], at: datetime) -> None:
        """Warn of what each of these purchases has come to and nobody was warned of. In the ledger's transaction."""
        if project.is_archived or project.is_postpaid:
            return
        today = project.today(at)
        for pack in packs:
            reached = _reached(project, pack, today)
            raised = {threshold for (threshold,) in _raised.rows(purchase=pack.id)} if reached else set()
            for threshold in reached:
                if threshold not in raised:
                    cls._raise(project, pack, threshold, at)

    @classmethod
    def _raise(cls, project: Project, pack: "Purchase", threshold: str, at: datetime) -> None:
        cls.create(project=project, purchase=pack.id, threshold=threshold, raised_at=at)
        told = {"purchase": pack.id, "threshold": threshold}
        Event.record(project, "alert.raised", None, client=False, meter=True, at=at, **told)

    @classmethod
    def up_to(cls, alert: "Alert") -> "list[Alert]":
        """It and the earlier ones about the same purchase, those of the same moment among them."""
        return list(cls.select().where((cls.purchase == alert.purchase_id) & (cls.raised_at <= alert.raised_at)))

    @property
    def percent(self) -> int | None:
        """Of the purchase used; None where it is about the days left."""
        return int(self.threshold[:-1]) if self.threshold.endswith("%") else None

    @property
    def days(self) -> int:
        """Before the purchase expires; 0 where it is about what is used."""
        return 0 if self.threshold.endswith("%") else int(self.threshold[:-1])

    @property
    def weight(self) -> tuple[datetime, bool, int]:
        """Of two about one purchase the heavier is the news: the later; of one moment what is soonest lost."""
        return self.raised_at, self.percent is None, self.percent or -self.days

    def holds(self, today: date) -> bool:
        """Whether it is still true: hours may have come back, or have expired, or the purchase be cancelled."""
        pack = self.purchase
        if pack.state != "open" or (pack.expires_on and pack.expires_on < today):
            return False
        if self.percent is None:
            return pack.left_minutes > 0
        return _used(pack) * 100 >= pack.minutes * self.percent


_raised = Prepared(lambda: Alert.select(Alert.threshold).where(Alert.purchase == parameter("purchase")))


def _used(pack: "Purchase") -> int:
    return pack.minutes - pack.left_minutes - pack.pending_minutes


def _reached(project: Project, pack: "Purchase", today: date) -> list[str]:
    """The thresholds that a purchase has come to: what is still to be confirmed is not used yet."""
    if pack.valid_from > today or (pack.expires_on and pack.expires_on < today):
        return []
    used = _used(pack) * 100
    reached = [f"{percent}%" for percent in project.warned_percents if used >= pack.minutes * percent]
    if pack.expires_on and pack.left_minutes:
        left = (pack.expires_on - today) / timedelta(days=1)
        lasted = (pack.expires_on - pack.valid_from) / timedelta(days=1)  # a week's pack expires in a week: no news
        reached += [f"{days}d" for days in project.warned_days if left <= days < lasted]
    return reached
