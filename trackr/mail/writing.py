"""A mail written down as what it is: a comment or a note, a ticket, time; with its files and those in copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from trackr.files import Upload, store
from trackr.files.contents import MEGABYTE, measure
from trackr.mail import commands
from trackr.mail.commands import Commands
from trackr.mail.landing import Held, Place
from trackr.mail.post import post
from trackr.mail.quotes import LONGEST_SIGNATURE
from trackr.mail.reading import Mail
from trackr.mail.words import Words
from trackr.models import Attachment, Comment, Entry, Membership, Participant, Person, Project, Ticket
from trackr.models.attachment import Stored, stored
from trackr.reach import Reach
from trackr.reach.mentions import mentionable, mentions
from trackr.web import markdown

MOST_STRANGERS = 20


@dataclass
class Draft:
    """A mail on its way into a ticket; `files` are stored already."""

    mail: Mail
    place: Place
    person: Person
    asked: Commands
    body: str
    files: list[Stored]

    def write(self, at: datetime) -> tuple[Ticket, Comment | None]:
        """Within the transaction that notes the mail. Raises Refused where a verb does, and Held."""
        if self.place.ticket is None:
            ticket, comment = self._open(at), None
        else:
            ticket, comment = self.place.ticket, self._answer(self.place.ticket, at)
        if self.asked.minutes:
            Entry.log(ticket, self.person, spent_minutes=self.asked.minutes, comment=comment, at=at)
        if not self._internal:
            self._bring_in(ticket, at)
        return ticket, comment

    def strangers(self) -> list[str]:
        """Addresses in copy that belong to nobody here: for staff to bring in, or not."""
        named = [one.email for one in (*self.mail.to, *self.mail.cc)]
        ours = {post.address, self.mail.sender.email} | {
            address for (address,) in Project.select(Project.mail_address).tuples()
        }
        known = {email for (email,) in Person.select(Person.email).where(Person.email.in_(named)).tuples()}
        return [email for email in dict.fromkeys(named) if email not in known | ours][:MOST_STRANGERS]

    @property
    def _internal(self) -> bool:
        return self.place.internal or self.asked.internal

    def _open(self, at: datetime) -> Ticket:
        if self.asked.internal:
            raise Held("note_alone", self.place.project)
        body, named = self._rendered(None)
        title = (
            self.mail.title or self.body.strip().split("\n")[0][:100] or _words(self.place.project).text("(no subject)")
        )
        ticket = Ticket.open(self.place.project, self.person, title=title, body=self.body, body_html=body, at=at)
        Attachment.add(ticket, self.person, self.files)
        self._tell(ticket, named, at)
        return ticket

    def _answer(self, ticket: Ticket, at: datetime) -> Comment | None:
        if not self.body.strip() and not self.files:
            if self.asked.minutes:
                return None
            raise Held("empty", ticket=ticket)
        body, named = self._rendered(ticket)
        comment = Comment.write(
            ticket,
            self.person,
            body=self.body,
            body_html=body,
            internal=self._internal,
            mailed=self.mail.whole or None,
            at=at,
        )
        Attachment.add(ticket, self.person, self.files, comment)
        if not self._internal:
            self._tell(ticket, named, at)
        if ticket.is_closed and self.person.is_client:  # an answer is no word to be lost on what is done
            ticket.reopen(self.person, at)
        return comment

    def _rendered(self, ticket: Ticket | None) -> tuple[str, list[Person]]:
        """The body as HTML, and the people whom it mentions."""
        reach, project = Reach(self.person), self.place.project
        people = mentionable(reach, project, ticket, internal=self._internal) if "@" in self.body else {}
        html = markdown.render(self.body, {handle: person.name for handle, person in people.items()})
        return html, [people[handle] for handle in sorted(mentions(self.body) & people.keys())]

    def _tell(self, ticket: Ticket, named: list[Person], at: datetime) -> None:
        for one in named:
            if one.id != self.person.id:
                Participant.add(ticket, self.person, one, at)

    def _bring_in(self, ticket: Ticket, at: datetime) -> None:
        """Those in copy who may see the ticket take part from now on."""
        named = [one.email for one in (*self.mail.to, *self.mail.cc)]
        if not named or not self._may_invite(ticket.project):
            return
        ids = {number for (number,) in Person.select(Person.id).where(Person.email.in_(named)).tuples()}
        for one in Participant.offered_on(ticket):
            if one.id in ids and one.id != self.person.id:
                Participant.add(ticket, self.person, one, at)

    def _may_invite(self, project: Project) -> bool:
        if self.person.is_staff:
            return True
        mine = (Membership.project == project) & (Membership.person == self.person) & Membership.invites
        return Membership.select().where(mine).exists()


@contextmanager
def prepared(mail: Mail, place: Place, person: Person) -> Iterator[Draft]:
    """The mail with its files stored, for a transaction within. Raises Refused where there is no room, and Held."""
    asked = commands.read(mail.text) if person.is_staff else Commands(mail.text)
    if asked.wrong:
        raise Held("bad_time", place.project, place.ticket)
    uploads, left = _uploads(mail, place.ticket)
    body = asked.body if asked.given else _body(mail, place)
    body = "\n\n".join(filter(None, [body, _told(mail, left, place.project)]))
    with stored(uploads) as files:
        yield Draft(mail, place, person, asked, body, files)


def _body(mail: Mail, place: Place) -> str:
    """What was said; all of it where nothing seems to be, or where a new ticket would miss what it is about."""
    cut = mail.whole.count("\n") - mail.text.count("\n")
    about_something = place.ticket is None and cut > LONGEST_SIGNATURE
    return mail.whole if mail.whole and (about_something or not mail.text.strip()) else mail.text


def _uploads(mail: Mail, ticket: Ticket | None) -> tuple[list[Upload], list[str]]:
    """The files that are taken, and the names of those that are not; pictures that the ticket has are left out."""
    there = _digests(ticket) if ticket and any(part.inline for part in mail.files) else set()
    taken: list[Upload] = []
    left: list[str] = []
    for part in mail.files:
        upload = Upload(part.name, len(part.content), BytesIO(part.content))
        if not part.content or (part.inline and measure(upload.stream)[0] in there):
            continue
        if upload.size > store.largest or len(taken) >= store.most:
            left.append(part.name)
        else:
            taken.append(upload)
    return taken, left


def _digests(ticket: Ticket) -> set[str]:
    mine = (Attachment.ticket == ticket) & Attachment.deleted_at.is_null()
    return {digest for (digest,) in Attachment.select(Attachment.digest).where(mine).tuples()}


def _told(mail: Mail, left: list[str], project: Project) -> str:
    """What a reader of the comment would miss: an invitation, and files that were too large or too many."""
    words = _words(project)
    _ = words.text
    lines = []
    if mail.invitation:
        lines.append(_("Invitation: %(what)s", what=mail.invitation))
    if left:
        limit, names = store.largest // MEGABYTE, ", ".join(left[:10])
        lines.append(_("Not taken, since larger than %(limit)s MB or too many: %(names)s", limit=limit, names=names))
    return "\n".join(f"({line})" for line in lines)


def _words(project: Project) -> Words:
    return Words(project.language, project.zone)
