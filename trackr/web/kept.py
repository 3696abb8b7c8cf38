"""Rendered parts of pages, kept until what they show changes: a board of hundreds of cards is drawn once.

A part's key holds everything that it depends on, the language always: nothing is ever thrown away because it is stale,
only because others were used more lately.
"""

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, g, render_template
from flask_babel import get_locale
from flask_login import current_user
from markupsafe import Markup

from trackr.models import Project
from trackr.models.base import now
from trackr.reach.board import Card
from trackr.reach.ticket_page import TicketPage
from trackr.web.filters import age, today
from trackr.web.languages import plain as _
from trackr.web.pages import typed

# An instance stays small: a board may have 70 kB, a ticket 20, the other parts hardly one.
BOARDS, TICKETS, PARTS, CARDS = 12, 64, 200, 1500

# What differs in a composer from one showing to the next is put in afterwards.
FORM_KEY, TICKET = "the-key-of-this-form", "the-number-of-this-ticket"


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
        whole = (template, str(get_locale()), *key)
        with self._lock:
            if whole in self._parts:
                self._parts.move_to_end(whole)
                return self._parts[whole]
        values = {name: value() if callable(value) else value for name, value in context.items()}
        html = Markup(render_template(template, **values))  # noqa: S704 -- templates escape
        with self._lock:
            self._parts[whole] = html
            while len(self._parts) > self._most:
                self._parts.popitem(last=False)
        return html


_boards, _tickets, _parts = Kept(BOARDS), Kept(TICKETS), Kept(PARTS)
part = _parts.part


def board(project: Project, load: Callable[[], Any]) -> Markup:
    """The project's cards as this reader sees them; drawn anew each hour, since cards tell their age."""
    template = "projects/_board.html" if current_user.is_staff else "projects/_overview.html"
    return _boards.part(template, g.reach.content_key(project), f"{now():%Y%m%d%H}", project=project, loaded=load)


@functools.lru_cache(maxsize=CARDS)
def _card(card: Card, age: str, priority: str, move: str) -> Markup:
    return Markup(render_template("projects/_card.html", card=card, age=age, priority=priority, move=move))  # noqa: S704


def card(card: Card) -> Markup:
    """A card of the board: after a change one is drawn, the others are taken."""
    words = {"low": _("Low"), "high": _("High"), "urgent": _("Urgent")}
    return _card(card, age(card.opened_at), words.get(card.priority, ""), _("Move"))


def ticket_part(template: str, view: TicketPage) -> Markup:
    """A part of a ticket's page as this reader sees it."""
    project = view.ticket.project
    key = (view.ticket.id, g.reach.content_key(project), current_user.id, today())
    return _tickets.part(template, *key, view=view, ticket=view.ticket, project=project)


def composer(view: TicketPage, *, focus: bool = False) -> Markup:
    """The composer of a ticket: with what was typed where it was refused, else an empty one."""
    if typed("comment").is_refused:
        values = {"ticket": view.ticket.id, "names": view.recipients, "form_key": typed("comment").key}
        return Markup(render_template("comments/_composer.html", focus=focus, **values))  # noqa: S704
    names = tuple(view.recipients)
    key = (names, current_user.is_staff, focus, today())
    html = part("comments/_composer.html", *key, ticket=TICKET, names=names, form_key=FORM_KEY, focus=focus)
    return Markup(html.replace(TICKET, str(view.ticket.id)).replace(FORM_KEY, typed().key))  # noqa: S704


def meter(project: Project) -> Markup:
    """The meter of a page's head."""
    reading, since = project.meter.reading(), project.meter.over_since
    return part("meters/_meter.html", project.id, reading, since, current_user.is_staff, today(), project=project)


def register(app: Flask) -> None:
    app.jinja_env.globals.update(part=part, card=card, meter=meter, composer=composer, ticket_part=ticket_part)
