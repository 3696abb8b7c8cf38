"""The pace of a project: valued minutes by week, kept with the entries, so that no page sums them."""

from datetime import date, timedelta

from peewee import ForeignKeyField, IntegerField

from trackr.hours.forecast import WEEKS
from trackr.models.base import DayField, Record
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project

WEEK = timedelta(days=7)


class Pace(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    week_on = DayField()  # a Monday
    valued_minutes = IntegerField(default=0)

    class Meta:
        indexes = ((("project", "week_on"), True),)

    @classmethod
    def add(cls, project: Project, day: date, minutes: int) -> None:
        """Count valued minutes of that day (negative to take away). Within the transaction of the entry."""
        if minutes:
            _add.run(project=project.id, week=monday(day).isoformat(), minutes=minutes)

    @classmethod
    def weeks(cls, project: Project, today: date) -> list[int]:
        """The minutes of the last whole weeks, oldest first: at most 13, beginning with the first that had any."""
        this = monday(today)
        found = {
            date.fromisoformat(week): minutes
            for week, minutes in _until.rows(project=project.id, this=this.isoformat(), most=WEEKS + 1)
        }
        if not found:
            return []
        first = max(min(found), this - WEEKS * WEEK)
        # One more row than is needed tells that the project is older than that.
        return [found.get(first + number * WEEK, 0) for number in range((this - first).days // 7)]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_add = Prepared(
    lambda: Pace.insert(
        project=parameter("project"), week_on=parameter("week"), valued_minutes=parameter("minutes")
    ).on_conflict(
        conflict_target=[Pace.project, Pace.week_on],
        update={Pace.valued_minutes: Pace.valued_minutes + parameter("minutes")},
    )
)
_until = Prepared(
    lambda: (
        Pace.select(Pace.week_on, Pace.valued_minutes)
        .where((Pace.project == parameter("project")) & (Pace.week_on < parameter("this")) & (Pace.valued_minutes != 0))
        .order_by(Pace.week_on.desc())
        .limit(parameter("most"))
    )
)
