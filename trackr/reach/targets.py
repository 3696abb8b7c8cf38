"""Response targets and days off: to whom they are shown, and what moves on by time alone."""

from trackr.models import DayOff, Person, Project
from trackr.models.base import now, to_milliseconds

STEP = 5 * 60 * 1000  # so soon, in milliseconds, an open page tells that an answer is late


def shown(person: Person, project: Project) -> bool:
    """Whether they are shown by when an answer is due, where the project aims at that."""
    return project.has_targets and (person.is_staff or project.tells_targets)


def passed(person: Person, project: Project) -> int:
    """Another number every few minutes, for who is shown what becomes late without anybody doing anything."""
    return to_milliseconds(now()) // STEP if shown(person, project) else 0


def day_off(person: Person, number: int) -> DayOff | None:
    """Some of the agency's days off: for staff."""
    return DayOff.get_or_none(DayOff.id == number) if person.is_staff else None
