"""The home of whoever is signed in."""

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from trackr.reach import home, to_answer
from trackr.web.auth import me
from trackr.web.pages import page

bp = Blueprint("home", __name__)

LONGEST_WAITING = 8


@bp.get("/")
def index() -> ResponseReturnValue:
    rows = home.project_rows(g.reach)
    if me().is_client and len(rows) == 1:
        return redirect(url_for("projects.show", project=rows[0].project.slug), 303)
    waiting = to_answer.waiting(g.reach, [row.project for row in rows], most=LONGEST_WAITING)
    archived = g.reach.archived_projects() if me().can_manage() else []
    return page("home/index.html", rows=rows, waiting=waiting, archived=archived)
