"""The agency's opening hours and days off, as they are changed: every answer that is due is due anew after that."""

from datetime import date

from trackr.db import transaction
from trackr.hours.opening import LEAST_OPEN_MINUTES, Week, show_week
from trackr.models.agency import Agency
from trackr.models.base import Refused
from trackr.models.day_off import DayOff
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.target import Target

MOST_DAYS_OFF = 300  # kept: those of many years
LONGEST_DAY_OFF = 92  # days at a stretch


def change(agency: Agency, actor: Person, *, week: Week, timezone: str) -> None:
    """Open at these hours, in that time zone. Raises Refused("never_open") where that is next to never."""
    if sum(end - begin for spans in week for begin, end in spans) < LEAST_OPEN_MINUTES:
        raise Refused("never_open")
    stored = show_week(week)
    if (stored, timezone) == (agency.opening_hours, agency.timezone):
        return
    with transaction():
        Agency.update(opening_hours=stored, timezone=timezone).where(Agency.id == agency.id).execute()
        Event.record(None, "opening.changed", actor, client=False, opening_hours=stored, timezone=timezone)
        Target.move_all()
    agency.opening_hours, agency.timezone = stored, timezone


def add_day_off(actor: Person, *, first_on: date, last_on: date, name: str) -> DayOff:
    """Close from one day to another, both included. Raises Refused: "too_many_days_off", "taken_off" where it is."""
    with transaction():
        listed = DayOff.listed()
        if len(listed) >= MOST_DAYS_OFF:
            raise Refused("too_many_days_off")
        if any(one.first_on <= last_on and first_on <= one.last_on for one in listed):
            raise Refused("taken_off", "first_on")
        day_off = DayOff.create(first_on=first_on, last_on=last_on, name=name)
        days = [first_on.isoformat(), last_on.isoformat()]
        Event.record(None, "day_off.added", actor, client=False, name=name, days=days)
        Target.move_all()
    return day_off


def remove_day_off(day_off: DayOff, actor: Person) -> None:
    """Be open then, as on other days of the week."""
    with transaction():
        if DayOff.delete().where(DayOff.id == day_off.id).execute():
            Event.record(None, "day_off.removed", actor, client=False, name=day_off.name)
            Target.move_all()
