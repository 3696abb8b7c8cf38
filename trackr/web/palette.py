"""Where the palette leads: every page that its reader may open, named in their language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from trackr.models import Project
from trackr.reach import palette
from trackr.web.auth import me
from trackr.web.languages import plain as _

MOST = 20  # that are offered at once, and of them tickets:
MOST_TICKETS = 12


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    hint: str  # where it is: the project
    address: str
    icon: str


def places(asked: str) -> list[Place]:
    """The places that fit what was asked for, those first that fit by their name alone."""
    projects = g.reach.projects()
    pages = [*_own(), *(place for project in projects for place in _of(project)), *_archived(asked)]
    fitting = [place for place in pages if palette.fits(asked, f"{place.name} {place.hint}")]
    fitting.sort(key=lambda place: not palette.fits(asked, place.name))
    found = palette.tickets(g.reach, projects, asked, MOST_TICKETS if asked else 5)
    tickets = [
        Place(f"#{each.number} {each.title}", each.project, url_for("tickets.show", ticket=each.number), "ticket")
        for each in found
    ]
    is_number = asked.removeprefix("#").isdecimal()
    ordered = [*tickets, *fitting] if is_number else [*fitting[: MOST - len(tickets)], *tickets]
    return ordered[:MOST]


def _own() -> Iterator[Place]:
    """What belongs to no project."""
    person = me()
    yield _place(_("Overview"), "", "list", "home.index")
    if person.can_work():
        yield _place(_("My week"), "", "clock", "weeks.show")
        yield _place(_("Activity"), "", "list", "histories.index")
        yield _place(_("Mail that waits"), "", "list", "held_mails.index")
        yield _place(_("Reports") if person.can_manage() else _("Your figures"), "", "list", "reports.show")
    if person.can_manage():
        yield _place(_("Activities"), "", "clock", "activities.index")
        yield _place(_("Opening hours"), "", "clock", "opening_hours.edit")
        yield _place(_("The agency"), "", "settings", "agencies.edit")
        yield _place(_("Mails"), "", "list", "mails.index")
        yield _place(_("New project"), "", "plus", "projects.new")
    yield _place(_("Your settings"), "", "settings", "account.edit")


def _of(project: Project) -> Iterator[Place]:
    person, name, slug = me(), project.name, project.slug
    staff = person.is_staff
    yield _place(_("Board") if staff else _("Tickets"), name, "mark", "projects.show", project=slug)
    yield _place(_("List") if staff else _("All tickets"), name, "list", "tickets.index", project=slug)
    if g.reach.sees_hours(project):
        yield _place(_("Hours"), name, "clock", "hours.show", project=slug)
    if g.reach.sees_hours(project) and g.reach.sees_all(project):
        yield _place(_("Statements"), name, "list", "statements.index", project=slug)
        yield _place(_("A year at a glance"), name, "clock", "years.show", project=slug)
    yield _place(_("Activity"), name, "list", "histories.show", project=slug)
    if staff:
        yield _place(_("People"), name, "users", "memberships.index", project=slug)
    if person.can_manage():
        yield _place(_("Settings"), name, "settings", "projects.edit", project=slug)
    yield _place(_("New ticket"), name, "plus", "tickets.new", project=slug)


def _archived(asked: str) -> Iterator[Place]:
    """Projects that were put away are offered to who asks for something."""
    for project in g.reach.archived_projects() if asked else []:
        yield _place(project.name, _("archived"), "archive", "projects.show", project=project.slug)


def _place(name: str, hint: str, icon: str, endpoint: str, **arguments: Any) -> Place:
    return Place(name, hint, url_for(endpoint, **arguments), icon)
