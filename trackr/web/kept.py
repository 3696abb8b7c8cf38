"""Rendered parts of pages, kept until what they show changes: a board of hundreds of cards is drawn once.

A part's key holds everything that it depends on, the language always: nothing is ever thrown away because it is stale,
only because others were used more lately.
"""

import functools
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import current_user
from markupsafe import Markup, escape

from trackr.models import Project, Ticket
from trackr.models.base import now
from trackr.reach.alerts import banners
from trackr.reach.stream import Message, Notice, TimeLine
from trackr.reach.ticket_page import TicketPage
from trackr.web import timers, turns
from trackr.web.filters import few, reader, today
from trackr.web.instance import agency
from trackr.web.languages import plain as _
from trackr.web.pages import typed

# An instance stays small: a board may have 70 kB, a ticket's page 20, the other parts hardly one.
BOARDS, TICKETS, ITEMS, PARTS = 12, 32, 500, 300

# What differs in a part from one showing to the next is put in afterwards.
FORM_KEY, TICKET, METER = "the-key-of-this-form", "the-number-of-this-ticket", "the-meter-of-this-project"
TIMERS, TIMER = "the-timers-of-this-reader", "the-timer-on-this-ticket"
TO_ANSWER = "the-count-of-what-this-reader-is-to-answer"

# The item of a ticket in the board or the list, and what it begins with.
OF_A_TICKET = re.compile(r'(<li[^>]* id="t-([0-9]+)")(><(?:p|a)\b[^>]*>)')

PLACES = {"form_key": FORM_KEY, "timers_in_head": TIMERS, "timer_on_side": TIMER, "to_answer_in_head": TO_ANSWER}


def render(template: str, **context: Any) -> Markup:
    """A part rendered with what it is given, and the globals of all templates; Flask's processors are for pages."""
    return Markup(current_app.jinja_env.get_template(template).render(context))  # noqa: S704 -- templates escape


class Kept:
    """The `most` parts that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: OrderedDict[tuple[Hashable, ...], Markup] = OrderedDict()
        self._lock = threading.Lock()

    def part(self, template: str, *key: Hashable, **context: Any) -> Markup:
        """The template rendered with this context, or as it was rendered with this key before.

        A function in the context is called only when the template has to be rendered, and gives the value.
        """
        whole = (template, reader().locale, *key)
        with self._lock:
            if whole in self._parts:
                self._parts.move_to_end(whole)
                return self._parts[whole]
        values = {name: value() if callable(value) else value for name, value in context.items()}
        html = render(template, **values)
        with self._lock:
            self._parts[whole] = html
            while len(self._parts) > self._most:
                self._parts.popitem(last=False)
        return html


_boards, _tickets, _items, _parts = Kept(BOARDS), Kept(TICKETS), Kept(ITEMS), Kept(PARTS)
part = _parts.part


def board(project: Project, whole: int, load: Callable[[], Any], unread: Collection[int]) -> Markup:
    """The project's cards as this reader sees them; drawn anew each hour, since cards tell their age.

    What is unread, by number, is marked afterwards: it is not the same for two readers of the same board.
    """
    template = "projects/_board.html" if current_user.is_staff else "projects/_overview.html"
    key = (g.reach.content_key(project), f"{now():%Y%m%d%H}", whole)
    return _marked(_boards.part(template, *key, project=project, loaded=load), unread)


def _marked(html: Markup, unread: Collection[int]) -> Markup:
    """With a word, which is drawn as a dot, in what stands for each of these tickets (see static/css/unread.css)."""
    if not unread:
        return html
    word = escape(_("unread"))

    def mark(found: re.Match[str]) -> str:
        return f"{found[1]} data-unread{found[3]}<u>{word} </u>" if int(found[2]) in unread else found[0]

    return Markup(OF_A_TICKET.sub(mark, html))  # noqa: S704 -- the word is escaped


def ticket_page(view: TicketPage) -> str:
    """The page of a ticket: as it was, where this reader would see the same again, but for the key of its form."""
    ticket = view.ticket
    if "_flashes" in session or "refused" in g:
        return render("tickets/show.html", view=view, ticket=ticket)
    house, looks = agency(), (request.cookies.get("theme"), request.cookies.get("keys"))
    about = (ticket.id, g.reach.content_key(ticket.project), g.reach.alerted(ticket.project), house and house.name)
    # With the mark of their timers, which is part of the version that the page's pulse asks with.
    reader_of_it = (current_user.id, current_user.name, current_user.role, current_user.timers_mark, looks, today())
    way = tuple(view.way.items())
    html = _tickets.part("tickets/show.html", *about, *reader_of_it, way, view=view, ticket=ticket, **PLACES)
    html = html.replace(FORM_KEY, typed().key)
    if not current_user.is_staff:
        return html
    html = html.replace(TIMERS, timers.head()).replace(TIMER, timers.side(ticket))
    return html.replace(TO_ANSWER, turns.head())


def item(item: Message | TimeLine | Notice, ticket: Ticket, *, focus: bool = False) -> Markup:
    """One line of a ticket's stream: a message seldom changes, whatever happens around it."""
    project, house = ticket.project, agency()
    staff = current_user.is_staff  # for whom the earlier texts are
    key = (item, ticket.id, focus, staff, project.id, project.shape_version, house and house.name, today())
    return _items.part("tickets/_item.html", *key, item=item, ticket=ticket, project=project, focus=focus)


def properties(view: TicketPage) -> Markup:
    """The properties of a ticket, with all that they could be."""
    ticket, project = view.ticket, view.ticket.project
    staff, beside = current_user.is_staff, view.beside
    chosen = (ticket.column.id, ticket.assignee and ticket.assignee.id, ticket.priority, ticket.kind)
    chosen += (ticket.requester.id, ticket.due_on, ticket.merged_into_id, *beside.tags)
    key = (ticket.id, chosen, ticket.is_closed, project.shape_version, staff, today(), *beside.known_tags)
    values = {
        "ticket": ticket,
        "project": project,
        "staff": staff,
        "tags": beside.tags,
        "known_tags": beside.known_tags,
    }
    names = ("columns", "people", "everybody") if staff else ()
    choices: dict[str, Any] = {name: functools.partial(getattr, view, name) for name in names}
    if typed().is_refused:
        return render("tickets/_properties.html", **values, **{name: read() for name, read in choices.items()})
    return part("tickets/_properties.html", *key, **values, **choices)


def composer(view: TicketPage, *, focus: bool = False, form_key: str = "") -> Markup:
    """The composer of a ticket: with what was typed where it was refused, else an empty one, under a key of its own."""
    names, activities = few(view.recipients), tuple((one.id, one.name) for one in view.activities)
    project, is_closed = view.ticket.project, view.ticket.is_closed
    values = {"names": names, "activities": activities, "focus": focus, "is_closed": is_closed}
    if typed("comment").is_refused:
        form_key = str(typed("comment").key)
        columns = view.columns if current_user.is_staff else []
        return render("comments/_composer.html", ticket=view.answered_on, form_key=form_key, columns=columns, **values)
    columns_of = (project.id, project.shape_version) if current_user.is_staff else ()
    key = (names, activities, is_closed, columns_of, current_user.is_staff, focus, today())
    values |= {"columns": lambda: view.columns, "ticket": TICKET, "form_key": FORM_KEY}
    html = part("comments/_composer.html", *key, **values)
    return Markup(html.replace(TICKET, str(view.ticket.id)).replace(FORM_KEY, form_key or typed().key))  # noqa: S704


def meter(project: Project) -> Markup:
    """The meter of a page's head."""
    reading, since = project.meter.reading(), project.meter.over_since
    counted = project.meter_version if project.is_postpaid else 0  # since the last statement, which only that tells
    key = (project.id, reading, since, counted, current_user.is_staff, today())
    return part("meters/_meter.html", *key, project=project)


def alerts(project: Project) -> Markup:
    """The warnings about the project's hours, above its pages."""
    shown = tuple(banners(g.reach, project))
    return part("alerts/_alerts.html", project.id, shown, today(), project=project, banners=shown)


def topbar(project: Project | None, tab: str, timers: Markup | str, to_answer: Markup | str) -> Markup:
    """The head of every page; in a project with the way to a new ticket, but where the board offers it itself.

    timers, to_answer: the reader's, as they are to stand in it.
    """
    person = current_user._get_current_object() if current_user.is_authenticated else None
    house = agency()
    new_ticket = ""
    if project and person and not project.is_archived and request.endpoint != "projects.show":
        new_ticket = "primary" if person.is_client and tab == "tickets" else "plain"
    about = (project.slug, new_ticket) if project and new_ticket else ()
    here = (request.endpoint or "").partition(".")[0]
    here = here if here in ("home", "searches", "turns", "weeks") else ""
    key = (person and (person.id, person.name, person.role), house and house.name, here, about)
    values = {"person": person, "project": project, "new_ticket": new_ticket, "here": here}
    html = part("layouts/_topbar.html", *key, timers=TIMERS, to_answer=TO_ANSWER, **values)
    return Markup(html.replace(TIMERS, timers).replace(TO_ANSWER, to_answer))  # noqa: S704


def project_head(project: Project, tab: str, *, with_meter: bool) -> Markup:
    """The head of a project's pages."""
    staff, manages, sees_hours = current_user.is_staff, current_user.can_manage(), g.reach.sees_hours(project)
    values = {"staff": staff, "manages": manages, "sees_hours": sees_hours, "tab": tab}
    values["reads_statements"] = sees_hours and g.reach.sees_all(project)
    key = (project.id, project.shape_version, *values.values())
    html = part("layouts/_project_head.html", *key, project=project, meter=METER, **values)
    return Markup(html.replace(METER, meter(project) if sees_hours and with_meter else ""))  # noqa: S704


def locale() -> str:
    return reader().locale


def register(app: Flask) -> None:
    parts = (part, alerts, item, properties, meter, composer, topbar, project_head, locale)
    app.jinja_env.globals.update({function.__name__: function for function in parts})
