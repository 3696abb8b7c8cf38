"""What stands for a ticket on the board and in a list: after a change one is drawn, hundreds are taken."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from flask import Flask, g, url_for
from markupsafe import Markup

from trackr.models import Project
from trackr.models.base import now
from trackr.reach.board import Card, CardColumn
from trackr.reach.filters import Filters
from trackr.reach.ticket_list import Row
from trackr.web.filters import age, answer, due, reader
from trackr.web.kept import render
from trackr.web.languages import plain as _

CARDS, ROWS = 1500, 500  # that are kept; each is hardly a kB

Near = tuple[str, str]  # what is said of an instant, behind how near it is


@lru_cache(maxsize=CARDS)
def _card(card: Card, age: str, priority: str, move: str, waits: str, due: Near, answer: Near) -> Markup:
    words = {"age": age, "priority": priority, "move": move, "waits": waits, "due": due, "answer": answer}
    return render("projects/_card.html", card=card, **words)


def cards(column: CardColumn) -> Markup:
    """The cards of a column."""
    words, move, at = _priorities(), _("Move"), now()
    turns, done = {"ours": _("To answer")}, column.role == "done"
    drawn = (
        _card(
            card,
            age(card.opened_at, at),
            words.get(card.priority, ""),
            move,
            turns.get(card.turn, ""),
            due(card.due_on, closed=done),
            answer(card.answer_at),
        )
        for card in column.cards
    )
    return Markup("\n").join(drawn)


@lru_cache(maxsize=ROWS)
def _row(
    row: Row, look: tuple[str, bool, bool, bool], tick: str, ages: Near, due: Near, answer: Near, way: str
) -> Markup:
    _language, staff, sees_hours, is_of_all = look
    values = {"staff": staff, "sees_hours": sees_hours, "is_of_all": is_of_all, "priorities": _priorities()}
    more = {"tick": tick, "changed": ages[0], "age": ages[1], "due": due, "answer": answer, "way": way}
    return render("tickets/_row.html", row=row, **values, **more)


def rows(found: list[Row], project: Project | None, filters: Filters, ticked: Collection[str] | None) -> Markup:
    """The rows of a list, of the project or of all of them.

    ticked: the numbers, as typed, of those that are; None where they cannot be.
    """
    staff, at = g.reach.person.is_staff, now()
    sees_hours = g.reach.sees_hours(project) if project else True
    look, way = (reader().locale, staff, sees_hours, project is None), _way_back(project, filters)
    drawn = []
    for row in found:
        tick = "" if ticked is None else "on" if str(row.number) in ticked else "off"
        ages = age(row.changed_at, at), age(row.opened_at, at)
        near = ("", "") if row.is_closed else answer(row.answer_at)
        near = near if staff or near[0] != "over" else ("", "")
        drawn.append(_row(row, look, tick, ages, due(row.due_on, closed=row.is_closed), near, way))
    return Markup("\n").join(drawn)


def _way_back(project: Project | None, filters: Filters) -> str:
    """What follows a ticket's address, so that it leads through the same list."""
    if project is None:
        return ""
    came: dict[str, Any] = {"in": "list", **filters.address(page=1)}
    return url_for("tickets.show", ticket=0, **came).removeprefix("/tickets/0")


def _priorities() -> dict[str, str]:
    return {"low": _("Low"), "high": _("High"), "urgent": _("Urgent")}


def register(app: Flask) -> None:
    app.jinja_env.globals.update(cards=cards, rows=rows)
