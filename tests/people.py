"""The cast of the tests: an agency, two projects, and five people who may not all do and see the same.

Olive owns the agency, Sam works for it; Claire is a client who sees all of the intranet project, Marc one who sees his
own tickets there and no hours; Zoe is a client of the shop: to the intranet project a stranger.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import Any

from tests.hours.documents import january
from trackr.db import database
from trackr.files import Upload, store
from trackr.hours.document import Document
from trackr.models import (
    Agency,
    Attachment,
    Comment,
    Entry,
    Membership,
    Person,
    Project,
    Purchase,
    ReceivedMail,
    Statement,
    Ticket,
)
from trackr.models.attachment import stored

PASSWORD = "correct horse battery"
# One pixel, as a GIF.
PHOTO = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


@dataclass
class Cast:
    agency: Agency
    olive: Person
    sam: Person
    claire: Person
    marc: Person
    zoe: Person
    intranet: Project
    shop: Project
    memberships: dict[str, Membership] = field(default_factory=dict)

    @property
    def everybody(self) -> dict[str, Person]:
        return {name: getattr(self, name) for name in ("olive", "sam", "claire", "marc", "zoe")}

    def person(self, name: str, role: str = "client", limited: bool = False, **projects: bool) -> Person:
        """Somebody more, who takes part in the projects named: True, all of it with its hours, False, own tickets."""
        person = Person.create(email=f"{name}@other.example", name=f"{name.title()} Lindt", role=role, limited=limited)
        for project, whole in projects.items():
            sees = "all" if whole else "own"
            Membership.create(project=getattr(self, project), person=person, sees=sees, hours=whole)
        return person

    def project(self, slug: str, *clients: Person) -> Project:
        """One project more, with clients who see all of it."""
        project = Project.open(self.olive, name=slug.title(), slug=slug, client="Another")
        for client in clients:
            Membership.create(project=project, person=client)
        return project

    def ticket(self, requester: Person | None = None, title: str = "The form loses the date", **more: Any) -> Ticket:
        """A ticket in the intranet project, asked by Claire unless said otherwise."""
        return Ticket.open(self.intranet, requester or self.claire, title=title, **more)

    def comment(self, ticket: Ticket, author: Person | None = None, text: str = "Thank you", **more: Any) -> Comment:
        more.setdefault("body_html", f"<p>{text}</p>")
        return Comment.write(ticket, author or self.sam, body=text, **more)

    def entry(self, ticket: Ticket, spent: int = 60, person: Person | None = None, **more: Any) -> Entry:
        return Entry.log(ticket, person or self.sam, spent_minutes=spent, **more)

    def file(
        self, ticket: Ticket, author: Person | None = None, comment: Comment | None = None, **more: Any
    ) -> Attachment:
        """A small image, unless `name` and `content` say otherwise."""
        name, content = more.get("name", "photo.png"), more.get("content", PHOTO)
        with stored([Upload(name, len(content), BytesIO(content))]) as files, database.atomic():
            Attachment.add(ticket, author or self.sam, files, comment)
        return Attachment.select().order_by(Attachment.id.desc()).get()

    def held(self, content: bytes = b"", **more: Any) -> ReceivedMail:
        """A mail of Claire from home, which waits."""
        content = content or b"From: claire@home.example\nMessage-ID: <h@home.example>\nSubject: New\n\nHello"
        given = {"sender": "claire@home.example", "subject": "New", "state": "held", "why": "unknown"} | more
        given.setdefault("message_id", "h@home.example")
        return ReceivedMail.create(digest=store.put(BytesIO(content)), size=len(content), **given)

    def pack(self, hours: int = 20, bought_on: date | None = None, **more: Any) -> Purchase:
        bought_on = bought_on or self.intranet.today()
        return Purchase.add(self.intranet, self.olive, minutes=hours * 60, bought_on=bought_on, **more)

    def statement(self, document: Document | None = None, **more: Any) -> Statement:
        """A statement of the intranet project, sealed with that document: with none, that of January in the mock."""
        document = replace(document or january(), project=more.pop("project", self.intranet).slug)
        document = replace(document, number=more.pop("number", document.number))
        return Statement.create(
            project=Project.get(Project.slug == document.project),
            number=document.number,
            first_day=document.first_day,
            last_day=document.last_day,
            document=document.as_text(),
            digest=document.digest,
            **more,
        )


def cast() -> Cast:
    """Make the cast in the open, migrated database. Nobody has a password: tests sign in without (see conftest)."""
    agency = Agency.found("Atelier Cobalt")
    people = {
        name: Person.create(email=f"{name}@{house}.example", name=f"{name.title()} {last}", role=role)
        for name, last, role, house in (
            ("olive", "Owen", "owner", "cobalt"),
            ("sam", "Stone", "staff", "cobalt"),
            ("claire", "Clement", "client", "town"),
            ("marc", "Moreau", "client", "town"),
            ("zoe", "Zeller", "client", "shop"),
        )
    }
    olive = people["olive"]
    intranet = Project.open(olive, name="Intranet", slug="intranet", client="Town hall")
    shop = Project.open(olive, name="Online shop", slug="shop", client="The shop")
    memberships = {
        name: Membership.create(project=project, person=people[name], sees=sees, hours=hours)
        for name, project, sees, hours in (
            ("claire", intranet, "all", True),
            ("marc", intranet, "own", False),
            ("zoe", shop, "all", True),
        )
    }
    return Cast(agency, **people, intranet=intranet, shop=shop, memberships=memberships)
