"""Going over: where the project asks, a staff member has to agree to the amount before an entry may overdraw."""

from collections.abc import Iterator
from contextlib import contextmanager

from trackr.models.base import Refused
from trackr.models.meter import Meter
from trackr.models.project import Project


@contextmanager
def asking(project: Project, agreed: int | None) -> Iterator[None]:
    """Draw an entry within; raises Refused("over", "over") where more minutes go over than the person agreed to."""
    if project.at_zero != "ask" or project.is_postpaid:
        yield
        return
    deficit = Meter.of(project).deficit_minutes
    yield
    over = Meter.of(project).deficit_minutes - deficit
    if over > (agreed or 0):
        raise Refused("over", "over", minutes=over)
