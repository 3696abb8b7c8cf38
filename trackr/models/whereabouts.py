"""Where a ticket is: while somebody writes on it, a colleague may move it to another project."""

from typing import TYPE_CHECKING

from peewee import Query

from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project

if TYPE_CHECKING:
    from trackr.models.ticket import Ticket


def project_of(ticket: "Ticket") -> Project:
    """The project that the ticket is in now, which its record takes over. Within the transaction of a change."""
    stored = _project.value(ticket=ticket.id)
    if stored != ticket.project_id:
        ticket.project = Project.get_by_id(stored)
    project: Project = ticket.project
    return project


def _query_project() -> Query:
    tickets = Project.ticket_set.rel_model
    return tickets.select(tickets.project).where(tickets.id == parameter("ticket"))


_project = Prepared(_query_project)
