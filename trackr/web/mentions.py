"""A comment as HTML, and whom it names."""

from flask import g

from trackr.models import Person, Ticket
from trackr.reach.mentions import mentionable
from trackr.web import markdown
from trackr.web.inline import mentions


def render(ticket: Ticket, text: str, *, internal: bool) -> tuple[str, list[Person]]:
    """The HTML, and the people whom it mentions among those who will read it."""
    people = mentionable(g.reach, ticket, internal=internal) if "@" in text else {}
    html = markdown.render(text, {handle: person.name for handle, person in people.items()})
    return html, [people[handle] for handle in sorted(mentions(text) & people.keys())]
