"""Many tickets of a project changed at once."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from trackr.forms.bulk_changes import BulkChange
from trackr.models import Person, Project
from trackr.models.bulk_change import change_all
from trackr.reach.filters import Filters
from trackr.reach.ticket_list import chosen
from trackr.views import tickets
from trackr.web.auth import allow, me
from trackr.web.pages import done, refills

bp = Blueprint("bulk_changes", __name__, url_prefix="/projects/<project>/bulk")


@bp.post("")
@allow(Person.can_work)
@refills(tickets.index, "bulk")
def create(project: Project) -> ResponseReturnValue:
    bulk = BulkChange.read(request.form, project.ordered_columns(), g.reach.people(project))
    tickets = chosen(g.reach, project, bulk.numbers)
    tags = {"added": bulk.added, "removed": bulk.removed}
    count = change_all(tickets, me(), column=bulk.column, close=bulk.close, **tags, **bulk.changes)
    filters = Filters.read(request.args)
    message = ngettext("One ticket was changed.", "%(num)s tickets were changed.", count)
    return done(url_for("tickets.index", project=project.slug, **filters.address()), message=message)
