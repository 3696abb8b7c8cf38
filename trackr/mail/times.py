"""When a mail may come: not in somebody's quiet hours, and what is told once a day at the hour they chose."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def after_quiet(at: datetime, zone: ZoneInfo, quiet_from: int | None, quiet_to: int | None) -> datetime:
    """The instant, or where it falls between these hours of the day there, their end; both alike: no quiet hours."""
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return at
    hour = at.astimezone(zone).hour
    is_quiet = quiet_from <= hour < quiet_to if quiet_from < quiet_to else hour >= quiet_from or hour < quiet_to
    return next_hour(at, zone, quiet_to) if is_quiet else at


def next_hour(at: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """The next time after the instant that it strikes that hour there."""
    day = at.astimezone(zone).date()
    today = datetime.combine(day, time(hour), zone)
    found = today if today > at else datetime.combine(day + DAY, time(hour), zone)
    return found.astimezone(at.tzinfo)
