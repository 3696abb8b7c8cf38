"""When things happen in the story: counted in working days before today, so that it is never old."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Back from each day of the week, Monday first, to the working day before it.
_BACK = (3, 1, 1, 1, 1, 1, 2)


def workday(ago: int, today: date) -> date:
    """The working day that lies `ago` working days before the last one that was over when today began."""
    day = today
    for _ in range(ago + 1):
        day -= timedelta(days=_BACK[day.weekday()])
    return day


def instant(when: str, today: date, zone: ZoneInfo) -> datetime:
    """What the story writes as "21 9:14": 21 working days ago, at 9:14 in that zone. Raises ValueError."""
    ago, clock = when.split(" ")
    hour, minute = clock.split(":")
    return datetime.combine(workday(int(ago), today), time(int(hour), int(minute)), zone)
