"""My week: time by ticket and day, what is missing, and time added in place. The owner reads everybody's."""

from functools import partial
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.entries import Time
from trackr.forms.fields import Fields
from trackr.forms.weeks import read_ticket
from trackr.hours import durations
from trackr.models import Entry, Person
from trackr.reach import week as weeks
from trackr.web.auth import allow, me
from trackr.web.filters import reader
from trackr.web.pages import done, page, refills, typed

bp = Blueprint("weeks", __name__, url_prefix="/week")


@bp.get("")
@allow(Person.can_work)
def show() -> ResponseReturnValue:
    fields, team = Fields(request.args), weeks.team(g.reach)
    to = reader()
    on = fields.day("on", default=to.today) or to.today
    ask = weeks.Ask(_whose(fields, team), on, to.today, to.zone)
    week = weeks.read(g.reach, ask)
    return page("weeks/show.html", week=week, team=team, quick=_quick(ask), complaint=fields.errors.get("on", ""))


@bp.post("")
@allow(Person.can_work)
@refills(show, "week")
def create() -> ResponseReturnValue:
    if _whose(Fields(request.args), weeks.team(g.reach)).id != me().id:
        abort(403)  # time is logged by those who worked
    form = request.form.copy()
    form.poplist("corrects")  # a correction is written on its ticket, beside what it corrects
    key = Fields(form).line("form_key", limit=64) or None
    ticket = read_ticket(form, partial(weeks.find, g.reach))
    entry = Entry.log(ticket, me(), form_key=key, **vars(Time.read_form(form, ticket)))
    day = entry.day.isoformat()
    logged = {"time": durations.show(entry.spent_minutes), "number": ticket.id}
    address = url_for("weeks.show", on=day, _anchor=f"cell-{ticket.id}-{day}")
    return done(address, message=_("%(time)s logged on #%(number)s.", **logged))


def _whose(fields: Fields, team: list[Person]) -> Person:
    """Whose week is asked for: one's own, or for the owner anybody's of the agency."""
    asked = fields.raw("person").strip() or str(me().id)
    found = [person for person in team if str(person.id) == asked]
    if not found:
        abort(404 if me().is_owner else 403)
    return found[0]


def _quick(ask: weeks.Ask) -> dict[str, Any] | None:
    """What the form for time shows, None where it is not open: the ticket meant, or those to choose among."""
    form = typed("week")
    is_open = form.is_refused or ("ticket" in request.args and ask.on <= ask.today)
    if not is_open or ask.person.id != me().id:
        return None
    words = " ".join(str(form.value("ticket", request.args.get("ticket", ""))).split())
    found = weeks.find(g.reach, words) if len(words) <= 200 else []
    ticket = found[0] if len(found) == 1 and not found[0].project.is_archived else None
    return {"ticket": ticket, "words": words, "offered": [] if ticket else weeks.offered(g.reach)}
