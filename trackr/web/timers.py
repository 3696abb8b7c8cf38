"""The reader's timers, as pages draw them: in the head of every page, on the side of a ticket, in the composer.

They are drawn anew for every answer, and put into what is kept of the pages: a clock is never the same twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from flask import Flask, current_app, g, request
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from trackr.forms.timers import is_used
from trackr.models import Ticket, Timer
from trackr.models.base import Refused, now
from trackr.reach import Reach
from trackr.web.auth import me
from trackr.web.filters import moment, reader
from trackr.web.languages import plain as _
from trackr.web.pages import Typed

TICKETS = 200  # of which the side without a timer is kept


@dataclass(frozen=True)
class Reading:
    """A timer as it stands at one instant."""

    timer: Timer
    at: datetime

    @property
    def ticket(self) -> Ticket:
        return self.timer.ticket

    @property
    def is_running(self) -> bool:
        return self.timer.is_running

    @property
    def seconds(self) -> int:
        return self.timer.elapsed(self.at)

    @property
    def minutes(self) -> int:
        return self.timer.minutes(self.at)

    @cached_property
    def left_at(self) -> datetime | None:
        return self.timer.left_at(self.at)

    @cached_property
    def proposed_until(self) -> datetime | None:
        return self.timer.proposed_until(self.at) if self.left_at else None

    @property
    def proposed_minutes(self) -> int | None:
        until = self.proposed_until
        return self.timer.minutes(until) if until else None


def mine() -> list[Reading]:
    """The reader's timers, the running one first. Who has none, or is no staff, costs no query."""
    if "timers" not in g:
        has_any = current_user.is_authenticated and current_user.is_staff and me().timers_mark is not None
        at = now()
        g.timers = [Reading(timer, at) for timer in Reach(me()).timers()] if has_any else []
    found: list[Reading] = g.timers
    return found


def on(ticket: Ticket) -> Reading | None:
    return next((reading for reading in mine() if reading.ticket.id == ticket.id), None)


def read_again() -> None:
    """After a verb has changed one of them."""
    me().timers_mark = Timer.mark(me())
    g.pop("timers", None)


def clear_used(ticket: Ticket) -> None:
    """In the transaction that has logged time: where it was taken from the reader's timer, that has served."""
    if is_used(request.form):
        Timer.discard(me(), ticket)
        read_again()


def require_answered(ticket: Ticket) -> None:
    """Before one is started on the ticket: raise Refused where another one is to be answered for first."""
    if any(reading.left_at and reading.ticket.id != ticket.id for reading in mine()):
        raise Refused("left")


def head() -> Markup:
    """The place of the timers in the head of a page: empty for whoever has none, nothing for clients."""
    if not (current_user.is_authenticated and current_user.is_staff):
        return Markup()
    readings = mine()
    if not readings:
        return Markup('<div id="timers"></div>')
    running = readings[0] if readings[0].is_running else None
    parked = [reading for reading in readings if not reading.is_running]
    return _draw("timers/_head.html", running=running, parked=parked)


def side(ticket: Ticket) -> Markup:
    """The timer on the side of its ticket."""
    if not mine() and "refused" not in g:
        return _none_on(ticket.id, reader().locale)
    running = next((reading for reading in mine() if reading.is_running), None)
    other = running if running and running.ticket.id != ticket.id else None
    return _draw("timers/_side.html", number=ticket.id, reading=on(ticket), other=other)


@lru_cache(maxsize=TICKETS)
def _none_on(number: int, _language: str) -> Markup:
    """What stands there for who has no timer at all, which is most of the time."""
    return _draw("timers/_side.html", number=number, reading=None, other=None)


def fill_composer(ticket: Ticket) -> None:
    """Where the address asks for it (`?timer=1`), open the composer with what the reader's timer has counted."""
    reading = on(ticket) if request.args.get("timer") == "1" else None
    if reading:
        values = {"duration": clock_words(reading.minutes), "timer": "1", "internal": "0"}
        values["day"] = ticket.project.today().isoformat()
        g.refused = ("comment", Typed(MultiDict(values), is_refused=True))


def clock_words(minutes: int) -> str:
    """As one would type it: 42m, 1h05."""
    return f"{minutes // 60}h{minutes % 60:02}" if minutes >= 60 else f"{minutes}m"


def stopwatch(seconds: int, *, precise: bool = False) -> str:
    """ "0:42", or precisely "0:42:18"; static/js/timer.js goes on from there in the same words."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if precise else f"{hours}:{minutes:02}"


def since(instant: datetime) -> str:
    """ "yesterday, 17:40"; as `moment` writes it where it was another day."""
    when, to = instant.astimezone(reader().zone), reader()
    if when.date() != to.today - timedelta(days=1):
        return moment(instant)
    time = _("%(hours)s:%(minutes)s", hours=when.hour, minutes=f"{when.minute:02}")
    return _("yesterday, %(time)s", time=time)


def _draw(template: str, **context: object) -> Markup:
    html = current_app.jinja_env.get_template(template).render(context)
    return Markup(html)  # noqa: S704 -- templates escape


def register(app: Flask) -> None:
    app.jinja_env.filters.update(stopwatch=stopwatch, clock_words=clock_words, since=since)
    app.jinja_env.globals.update(timers_head=head, timer_side=side)
