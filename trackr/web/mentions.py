"""A text as HTML, and whom it names."""

from collections.abc import Iterable

from flask import g

from trackr.models import Participant, Person, Project, Ticket
from trackr.reach.mentions import mentionable, mentions
from trackr.web import markdown
from trackr.web.auth import me


def render(ticket: Ticket, text: str, *, internal: bool = False, before: str = "") -> tuple[str, list[Person]]:
    """The HTML, and the people whom it mentions among those who will read it; not those whom it did `before`."""
    return _render(ticket.project, ticket, text, internal, before)


def render_new(project: Project, text: str) -> tuple[str, list[Person]]:
    """The same, for the text of a ticket that is being opened."""
    return _render(project, None, text, internal=False, before="")


def tell(ticket: Ticket, mentioned: Iterable[Person]) -> None:
    """Whom a text names takes part from now on: not for a note, since clients see who takes part."""
    for person in mentioned:
        if person.id != me().id:
            Participant.add(ticket, me(), person)


def _render(
    project: Project, ticket: Ticket | None, text: str, internal: bool, before: str
) -> tuple[str, list[Person]]:
    people = mentionable(g.reach, project, ticket, internal=internal) if "@" in text else {}
    html = markdown.render(text, {handle: person.name for handle, person in people.items()})
    named = (mentions(text) - mentions(before)) & people.keys()
    return html, [people[handle] for handle in sorted(named)]
