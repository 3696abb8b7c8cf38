"""A person's own timers, with what a page says about their tickets."""

from functools import cache

from peewee import JOIN, Query

from trackr.models import Membership, Person, Project, Ticket, Timer
from trackr.models.prepared import Prepared, makers, parameter

_timer_fields = Timer._meta.sorted_fields
_ticket_fields = [Ticket.id, Ticket.project, Ticket.title]
_project_fields = [Project.id, Project.name, Project.timezone]

_makers = makers((Timer, _timer_fields), (Ticket, _ticket_fields), (Project, _project_fields))


def timers(person: Person) -> list[Timer]:
    """The running one first, then those that were parked last. Nothing is written to what is archived: not of that."""
    found = []
    for row in _timers(person.sees_every_project).rows(person=person.id):
        timer, ticket, project = (maker.make(row) for maker in _makers)
        timer.__rel__["ticket"], ticket.__rel__["project"] = ticket, project
        found.append(timer)
    return found


@cache
def _timers(sees_every: bool) -> Prepared:
    def build() -> Query:
        mine = (Membership.project == Project.id) & (Membership.person == Timer.person)
        query = Timer.select(*_timer_fields, *_ticket_fields, *_project_fields).join(Ticket).join(Project)
        query = query.join_from(Project, Membership, JOIN.LEFT_OUTER if sees_every else JOIN.INNER, on=mine)
        query = query.where((Timer.person == parameter("person")) & Project.archived_at.is_null())
        return query.order_by(Timer.started_at.is_null(), Timer.touched_at.desc(), Timer.id)

    return Prepared(build)
