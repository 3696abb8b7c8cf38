"""Mails about hours: a warning that they come to their end, a statement, hours that a client asks for."""

import logging
from dataclasses import replace
from datetime import date

from trackr import log
from trackr.documents.statement import statement_file, words
from trackr.documents.statement.apart import Failed
from trackr.documents.statement.speech import speaking
from trackr.hours.document import Document
from trackr.mail.letter import Enclosure, Letter, Part
from trackr.mail.letters.desk import Desk, Nothing, plain
from trackr.mail.post import post
from trackr.models import Alert, Event, Project, Purchase, Statement
from trackr.reach.alerts import Banner, banners
from trackr.reach.statements import approves, reads

LARGEST = 5_000_000  # bytes of a PDF that goes with a mail

logger = logging.getLogger(__name__)


def warning(desk: Desk) -> Letter:
    """What of the warnings still holds, and the reader has not put away."""
    _ = desk.words.text
    project = _with_hours(desk)
    raised = {_alert(event) for event in desk.events}
    held = [one for one in banners(desk.reach, project) if one.number in raised]
    if not held:
        raise Nothing("nothing")
    letter = desk.letter(_subject(desk, project, held))
    letter.parts = [Part("", _warned(desk, one)) for one in held]
    if desk.reach.may_ask(project):
        letter.button = (_("Ask for more hours"), post.link(f"/projects/{project.slug}/requests/new"))
    else:
        letter.button = (_("See the hours"), post.link(f"/projects/{project.slug}/hours"))
    return desk.sign(letter, project)


def statement(desk: Desk) -> Letter:
    _, day = desk.words.text, desk.words.day
    project = _with_hours(desk)
    numbers = [event.details["number"] for event in desk.events]
    found = Statement.get_or_none(Statement.number.in_(numbers) & (Statement.project == project))
    if found is None:
        raise Nothing("nothing")
    if not reads(desk.reach, project):  # it names every ticket
        raise Nothing("gone")
    period = {"first": day(found.first_day, "d MMMM"), "last": day(found.last_day, "d MMMM")}
    subject = _("Statement %(number)s, %(first)s to %(last)s", number=found.number, **period)
    letter = desk.letter(f"[{project.name}] {subject}")
    letter.lead = _(
        "The statement of hours for %(project)s is ready: %(first)s to %(last)s.", project=project.name, **period
    )
    told = [_said(desk, found)] if found.document else []
    if approves(desk.reach, project):
        told.append(_("On its page you can say with one click that you have seen it and it is fine."))
    else:
        told.append(_("There is nothing that you have to do."))
    letter.parts = [Part("", "\n\n".join(told))]
    letter.enclose = lambda: _enclosed(found, desk.agency.factur_x)
    letter.button = (_("Read the statement"), post.link(f"/statements/{found.number}"))
    return desk.sign(letter, project)


def _said(desk: Desk, found: Statement) -> str:
    """The sentence of its files, in the language of who reads the mail."""
    document = replace(Document.from_text(found.document), language=desk.words.language)
    with speaking(document):
        return " ".join(words.sentences(document))


def _enclosed(found: Statement, with_xml: bool) -> Enclosure | None:
    """Its PDF; without one where that cannot be made or is too large for a mail: the page has it."""
    if not found.document:
        return None
    try:
        file = statement_file(Document.from_text(found.document), "pdf", with_xml=with_xml)
    except (Failed, OSError):
        log.event(logger, "statement_not_enclosed", level=logging.WARNING, exc_info=True, statement=found.number)
        return None
    return Enclosure(file.name, file.mimetype, file.content) if len(file.content) <= LARGEST else None


def request(desk: Desk) -> Letter:
    """For the owner: a client asks for hours, and nobody has answered yet."""
    _ = desk.words.text
    project = _with_hours(desk)
    waiting = (Purchase.project == project) & (Purchase.state == "requested")
    found = Purchase.select().where(waiting).order_by(Purchase.id.desc()).first()
    if found is None or not desk.events:
        raise Nothing("nothing")
    event = desk.events[-1]
    asked = {"name": event.actor.name if event.actor else project.client, "project": project.name}
    hours = desk.words.duration(event.details["minutes"])
    subject = _("%(name)s asks for %(hours)s", name=asked["name"], hours=hours)
    letter = desk.letter(f"[{project.name}] {subject}", desk.sender({asked["name"]}, project))
    letter.lead = _("%(name)s asks for %(hours)s more for %(project)s.", hours=hours, **asked)
    if found.message:
        letter.parts = [Part("", found.message)]
    letter.button = (_("Answer"), post.link(f"/purchases/{found.id}/edit"))
    return desk.sign(letter, project)


def _with_hours(desk: Desk) -> Project:
    project = desk.project()
    if not desk.reach.sees_hours(project):
        raise Nothing("gone")
    return project


def _alert(event: Event) -> int | None:
    told = event.details
    mine = (Alert.purchase == told["purchase"]) & (Alert.threshold == told["threshold"])
    return Alert.select(Alert.id).where(mine).scalar()


def _subject(desk: Desk, project: Project, held: list[Banner]) -> str:
    _ = desk.words.text
    expiring = [one for one in held if one.expires_on]
    if expiring:
        said = _("%(hours)s expire on %(day)s", hours=desk.words.duration(expiring[0].left_minutes),
                 day=_day(desk, expiring[0].expires_on))  # fmt: skip
    elif all(one.left_minutes <= 0 for one in held):
        said = _("The hours are used up")
    else:
        said = _("%(hours)s left", hours=desk.words.duration(held[0].left_minutes))
    return f"[{project.name}] {said}"


def _warned(desk: Desk, one: Banner) -> str:
    """As above the project's pages (templates/alerts/_alerts.html)."""
    _, duration = desk.words.text, desk.words.duration
    size = {"hours": duration(one.minutes), "day": _day(desk, one.bought_on)}
    what = (
        _("%(hours)s given on %(day)s", **size)
        if one.kind == "gift"
        else _("%(hours)s credited on %(day)s", **size)
        if one.kind == "credit"
        else _("%(hours)s bought on %(day)s", **size)
    )
    left = duration(one.left_minutes)
    if one.expires_on:
        expiry = _day(desk, one.expires_on)
        return plain(_("%(what)s expire on %(expiry)s: <b>%(left)s left</b>.", what=what, expiry=expiry, left=left))
    if one.left_minutes > 0:
        used = duration(one.used_minutes)
        return plain(_("%(what)s: %(used)s used, <b>%(left)s left</b>.", what=what, used=used, left=left))
    return plain(_("%(what)s: <b>all used up</b>.", what=what))


def _day(desk: Desk, value: date | None) -> str:
    return desk.words.day(value, "d MMMM") if value else ""
