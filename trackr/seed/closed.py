"""The months that are over, each on a statement of its own, closed by itself on the first day of the next."""

from datetime import UTC, date, datetime, time, timedelta

from trackr.models import Event, Statement
from trackr.models.base import from_milliseconds
from trackr.seed.load import Load

DAY = timedelta(days=1)


class Closed:
    """Statements from the month of `first` on to the last one that is over: `on` gives the one of a day."""

    def __init__(self, load: Load, first: date) -> None:
        self._by_month: dict[str, int] = {}
        today = load.project.today(from_milliseconds(load.until))
        number, last_day = Statement.next_number(), _end_of_month(first)
        while last_day < today:
            at = datetime.combine(last_day + DAY, time.min, UTC)
            statement = Statement.create(
                project=load.project, number=number, first_day=first, last_day=last_day, closed_at=at
            )
            Event.record(load.project, "statement.closed", None, client=False, meter=True, at=at, number=number)
            self._by_month[_month(last_day.isoformat())] = statement.id
            first = last_day + DAY
            number, last_day = number + 1, _end_of_month(first)

    def on(self, day: str) -> int | None:
        """The id of the statement that has this day (ISO), None where its month still runs."""
        return self._by_month.get(_month(day))


def _month(day: str) -> str:
    return day[:7]


def _end_of_month(day: date) -> date:
    return (day.replace(day=1) + 31 * DAY).replace(day=1) - DAY
