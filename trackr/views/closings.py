"""Closing a period by hand: what would be on the statement, and making it."""

from flask import Blueprint, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.closings import read_through
from trackr.forms.fields import Invalid
from trackr.models import Person, Project, ledger
from trackr.models.base import Refused
from trackr.reach.closings import propose, proposed_day
from trackr.web.auth import allow, me, sensitive
from trackr.web.messages import reason
from trackr.web.pages import Typed, done, page, refills, typed

bp = Blueprint("closings", __name__, url_prefix="/projects/<project>/statements")


@bp.get("/new")
@allow(Person.can_manage)
def new(project: Project) -> ResponseReturnValue:
    """The statement as it would be; after a refused form, the form alone."""
    if typed().is_refused:
        return page("closings/new.html", project=project, proposal=None, day=None)
    day = proposed_day(project)
    try:
        through = read_through(request.args, default=day) if day or request.args.get("through") else None
        proposal = propose(project, through) if through else None
    except (Invalid, Refused) as problem:
        errors = problem.errors if isinstance(problem, Invalid) else {problem.field: reason(problem)}
        g.refused = ("", Typed(request.args, errors, is_refused=True))
        return make_response(page("closings/new.html", project=project, proposal=None, day=day), 422)
    return page("closings/new.html", project=project, proposal=proposal, day=through)


@bp.post("")
@allow(Person.can_manage)
@sensitive
@refills(new)
def create(project: Project) -> ResponseReturnValue:
    statement = ledger.close(project, read_through(request.form), me())
    message = _("Statement %(number)s is closed.", number=statement.number)
    return done(f"/statements/{statement.number}", message=message)
