"""The passing of time in projects that nobody looks at: hours that expire are warned of all the same."""

from trackr.models import ledger
from trackr.models.meter import Meter
from trackr.models.project import Project


def settle_all() -> None:
    """Bring every project that is worked on up to this instant."""
    query = Project.select(Project, Meter).join(Meter, on=(Meter.project == Project.id), attr="meter")
    for project in query.where(Project.archived_at.is_null()):
        project.meter.__rel__["project"] = project
        if project.meter.is_stale():
            ledger.settle(project)
