"""The statements of a project: all of them, and one as the document that its client gets."""

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from trackr.forms.fields import Fields
from trackr.models import Project, Statement
from trackr.reach import statement_list
from trackr.reach.statement_page import StatementPage
from trackr.reach.statements import reads
from trackr.web.pages import page

bp = Blueprint("statements", __name__)


@bp.get("/projects/<project>/statements")
def index(project: Project) -> ResponseReturnValue:
    if not reads(g.reach, project):
        abort(404)
    return page("statements/index.html", project=project, listed=statement_list.listed(g.reach, project))


@bp.get("/statements/<int:statement>")
def show(statement: Statement) -> ResponseReturnValue:
    number = Fields(request.args).number("page", lowest=1, highest=10**6, default=1)
    view = StatementPage(g.reach, statement, number)
    about = {"statement": statement, "project": statement.project}
    return page("statements/show.html", fragment="statements/show.htmx.html", view=view, **about)
