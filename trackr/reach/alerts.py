"""The warnings above a project's pages: of each purchase the newest that holds and that this person has not put away.

One about what is used no longer holds once the project has other hours to draw from: nobody need do anything then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peewee import JOIN, Query

from trackr.models import Alert, Dismissal, Project, Purchase
from trackr.models.prepared import Prepared, makers, parameter
from trackr.reach import Reach
from trackr.reach.scope import news_since


@dataclass(frozen=True, slots=True)
class Banner:
    """A warning in hours; `expires_on` where it is about that day. What is to be confirmed is not used yet."""

    number: int
    kind: str
    minutes: int
    bought_on: date
    left_minutes: int
    expires_on: date | None

    @property
    def used_minutes(self) -> int:
        return self.minutes - self.left_minutes


def banners(reach: Reach, project: Project) -> list[Banner]:
    """One for each purchase that has one. One query where there is anything to tell, else none."""
    if project.is_archived or project.is_postpaid or not reach.alerted(project):
        return []
    newest: dict[int, Alert] = {}
    for alert in sorted(_unread(reach, project), key=lambda alert: alert.weight):
        if alert.holds(project.today()) and not _is_topped_up(project, alert):
            newest[alert.purchase_id] = alert
    return [_banner(newest[number]) for number in sorted(newest)]


def _unread(reach: Reach, project: Project) -> Iterator[Alert]:
    for row in _rows.rows(project=project.id, person=reach.person.id, since=news_since()):
        alert, purchase = (maker.make(row) for maker in _makers)
        alert.purchase = purchase
        yield alert


def _is_topped_up(project: Project, alert: Alert) -> bool:
    return alert.percent is not None and project.meter.reading().left_minutes > _left(alert.purchase)


def _banner(alert: Alert) -> Banner:
    pack = alert.purchase
    expires_on = pack.expires_on if alert.percent is None else None
    return Banner(alert.id, pack.kind, pack.minutes, pack.bought_on, _left(pack), expires_on)


def _left(pack: Purchase) -> int:
    return pack.left_minutes + pack.pending_minutes


def _query() -> Query:
    mine = (Alert.project == parameter("project")) & (Alert.raised_at > parameter("since"))
    read = (Dismissal.alert == Alert.id) & (Dismissal.person == parameter("person"))
    query = Alert.select(Alert, Purchase).join(Purchase)
    query = query.join_from(Alert, Dismissal, JOIN.LEFT_OUTER, on=read)
    return query.where(mine & (Purchase.state == "open") & Dismissal.id.is_null())


_rows = Prepared(_query)
_makers = makers((Alert, Alert._meta.sorted_fields), (Purchase, Purchase._meta.sorted_fields))
