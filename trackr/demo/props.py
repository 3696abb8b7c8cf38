"""What lies ready on the stage beside the tickets: people, replies, templates, views, files, requests for hours."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from trackr.demo.story import Character, Plot, Reply, Request, View
from trackr.files import Upload
from trackr.hours.durations import parse
from trackr.models import CannedReply, Participant, Person, Project, Purchase, SavedView, Template, Ticket
from trackr.models.attachment import Stored, stored
from trackr.reach import Reach
from trackr.reach.mentions import mentionable, mentions
from trackr.web import markdown

LONGEST_PACK = 1000 * 60  # minutes


def enter(character: Character, password: str, at: datetime, seen_before: datetime) -> Person:
    person = Person(
        email=character.email,
        name=character.name,
        role=character.role,
        language=character.language,
        created_at=at,
        seen_before=seen_before,
    )
    person.set_password(password)
    person.save(force_insert=True)
    return person


def keep_replies(replies: tuple[Reply, ...], owner: Person, at: datetime) -> None:
    for reply in replies:
        CannedReply.add(owner, name=reply.name, body=reply.body, at=at)


def keep_view(view: View, person: Person, project: Project | None, at: datetime) -> None:
    SavedView.keep(person, project, name=view.name, query=view.query, shared=view.shared, at=at)


def put_templates(plot: Plot, project: Project, owner: Person, at: datetime) -> None:
    if plot.templates:
        Template.put(project, owner, plot.templates, at=at)


def ask_for_hours(request: Request, project: Project, person: Person, at: datetime) -> None:
    minutes = parse(request.hours, limit_minutes=LONGEST_PACK)
    Purchase.request(project, person, minutes=minutes, message=request.message, at=at)


@contextmanager
def brought(path: Path | None) -> Iterator[list[Stored]]:
    """The file that goes with a text, where one does."""
    content = path.read_bytes() if path else b""
    with stored([Upload(path.name, len(content), BytesIO(content))] if path else []) as files:
        yield files


def due_on(ahead: int, today: date) -> date:
    """So many days ahead, and on no weekend."""
    day = today + timedelta(days=ahead)
    return day + timedelta(days=max(0, 7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def rendered(ticket: Ticket, person: Person, text: str, *, internal: bool) -> tuple[str, list[Person]]:
    """A text as HTML, and whom it mentions."""
    people = mentionable(Reach(person), ticket.project, ticket, internal=internal) if "@" in text else {}
    html = markdown.render(text, {handle: one.name for handle, one in people.items()})
    return html, [people[handle] for handle in sorted(mentions(text) & people.keys())]


def tell(ticket: Ticket, actor: Person, mentioned: list[Person], at: datetime) -> None:
    for person in mentioned:
        Participant.add(ticket, actor, person, at=at)
