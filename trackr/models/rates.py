"""What an hour is billed at, by project, and what one costs, by person: set together, by the owner. Internal."""

from collections.abc import Mapping

from trackr.db import transaction
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.project import Project


def set_rates(actor: Person, *, costs: Mapping[Person, int | None], rates: Mapping[Project, int | None]) -> None:
    """Set the cents for an hour of each person and project that is named; None: it is not known, or not told.

    The event names whose cost has changed, never what it is.
    """
    changed = {person: cents for person, cents in costs.items() if person.cost_cents != cents}
    with transaction():
        for person, cents in changed.items():
            person.cost_cents = cents
            person.store("cost_cents")
        if changed:
            people = [person.id for person in sorted(changed, key=lambda person: person.name)]
            Event.record(None, "rates.changed", actor, client=False, people=people)
        for project, cents in rates.items():
            project.change(actor, rate_cents=cents)
