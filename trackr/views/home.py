"""The home of whoever is signed in."""

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from trackr.reach import home, purchases, received, statement_list, to_answer
from trackr.reach.home import last_asked
from trackr.web.auth import me
from trackr.web.pages import page

bp = Blueprint("home", __name__)

LONGEST = 8  # waiting, that staff are shown here; the others stand where the head of the page leads


@bp.get("/")
def index() -> ResponseReturnValue:
    rows = home.project_rows(g.reach)
    if me().is_client and len(rows) == 1:
        return redirect(url_for("projects.show", project=rows[0].project.slug), 303)
    projects = [row.project for row in rows]
    most = LONGEST if me().is_staff else to_answer.MOST_SHOWN
    waiting = to_answer.waiting(g.reach, projects, most, by_due=True)
    asked = purchases.asked(projects) if me().is_staff and projects else []
    told = statement_list.unanswered if me().is_staff else statement_list.newest
    held = received.count(g.reach) if me().is_staff else 0
    archived = g.reach.archived_projects() if me().can_manage() else []
    last = last_asked(me(), projects) if me().is_client else None
    return page(
        "home/index.html",
        rows=rows,
        waiting=waiting,
        asked=asked,
        held=held,
        archived=archived,
        last=last,
        newest=told(g.reach, projects),
    )
