"""Where letters are written: the mail, its reader, and what stands at the foot of every letter."""

import re
from dataclasses import dataclass
from functools import cached_property

from trackr.mail import rules
from trackr.mail.addresses import thread_id, unsubscribe_token
from trackr.mail.letter import Letter
from trackr.mail.post import post
from trackr.mail.words import Words
from trackr.models import Agency, Event, Mail, Person, Project, Ticket, ledger
from trackr.reach import Reach


class Nothing(Exception):
    """There is nothing to tell: the reader is disabled, does not see it, or it was taken back. `args[0]` says which."""


@dataclass(frozen=True)
class Desk:
    mail: Mail
    person: Person
    agency: Agency
    events: list[Event]
    whys: set[str]

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.person)

    @cached_property
    def words(self) -> Words:
        return Words.of(self.person, self.agency)

    def project(self) -> Project:
        """The project that the mail is about, as its reader sees it."""
        found = self.reach.project(self.mail.project.slug) if self.mail.project else None
        if found is None:
            raise Nothing("gone")
        return found

    def sender(self, names: set[str], project: Project) -> str:
        """Under which name it comes: that of who did it and their house, where it was one person."""
        if len(names) != 1:
            return self.agency.name
        name = names.pop()
        by_client = any(event.actor and event.actor.name == name and event.actor.is_client for event in self.events)
        return f"{name} ({project.client if by_client else self.agency.name})"

    def letter(self, subject: str, sender: str = "") -> Letter:
        return Letter(subject, sender or self.agency.name, self.words.language)

    def sign(self, letter: Letter, project: Project | None, ticket: Ticket | None = None) -> Letter:
        """Put at its foot the hours, why it comes, and how to stop it."""
        _ = self.words.text
        letter.whys = self._reasons(project)
        number = ticket.id if ticket else 0
        token = unsubscribe_token(self.person.id, number)
        letter.stop = (_("Fewer mails, or none"), post.link(f"/unsubscribe/{token}"))
        if ticket:
            letter.thread = thread_id(ticket.id, self.person.id)
        if project:
            letter.meter = self.meter(project)
            letter.list_name, letter.list_id = project.name, project.slug
        return letter

    def meter(self, project: Project) -> str:
        """The hours in one sentence, for who may see them."""
        if not self.reach.sees_hours(project):
            return ""
        ledger.keep_up(project)
        _, duration = self.words.text, self.words.duration
        reading = project.meter.reading()
        figures = {"used": duration(reading.used_minutes), "bought": duration(reading.purchased_minutes)}
        if reading.state == "none":
            return ""
        if reading.state == "postpaid":
            told = _("<b>%(used)s</b> worked, billed afterwards", used=figures["used"])
        elif reading.state == "over":
            over = duration(-reading.left_minutes)
            told = _("%(used)s of %(bought)s used, <b>%(over)s over</b>", over=over, **figures)
        else:
            left = duration(reading.left_minutes)
            told = _("%(used)s of %(bought)s used, <b>%(left)s left</b>", left=left, **figures)
        return _("%(project)s: %(hours)s", project=project.name, hours=plain(told))

    def _reasons(self, project: Project | None) -> list[str]:
        _ = self.words.text
        name = project.name if project else ""
        told = {
            rules.NAMED: _("You get this mail because somebody named you."),
            rules.ASSIGNED: _("You get this mail because the ticket is yours to work on."),
            rules.ADDED: _("You get this mail because somebody added you to the ticket."),
            rules.PARTICIPANT: _("You get this mail because you take part in the ticket."),
            rules.NEW: _("You get this mail because you work on %(project)s: nobody has the ticket yet.", project=name),
            rules.HOURS: _("You get this mail because you follow the hours of %(project)s.", project=name),
            rules.OWNER: _("You get this mail because you look after the projects."),
        }
        if self.person.is_client:
            told[rules.NEW] = _(
                "You get this mail because you want to hear of new tickets of %(project)s.", project=name
            )
        first = next((why for why in rules.WHYS if why in self.whys), None)
        return [told[first]] if first else []


def plain(text: str) -> str:
    """A message without its marks."""
    return re.sub(r"</?b>", "", text)
