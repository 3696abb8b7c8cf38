"""What happened on a ticket, at once or with all others of the day."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from trackr.mail import rules
from trackr.mail.letter import Letter, Part
from trackr.mail.letters.desk import Desk, Nothing
from trackr.mail.letters.notices import sentence
from trackr.mail.post import post
from trackr.models import ReceivedMail, Ticket
from trackr.reach.news import Said, news
from trackr.reach.stream import Notice

Item = Said | Notice


def ticket(desk: Desk) -> Letter:
    _ = desk.words.text
    found = desk.reach.ticket(desk.mail.ticket_id)
    if found is None:
        raise Nothing("gone")
    items = news(desk.reach, found, desk.events)
    if not items:
        raise Nothing("nothing")
    subject = f"[{found.project.name} #{found.id}] {found.title}"
    letter = desk.letter(subject, desk.sender({item.actor for item in items}, found.project))
    letter.lead = _lead(desk, found, items)
    letter.parts = [_part(desk, item) for item in items if not _is_in_lead(item)]
    if not any(isinstance(item, Said) for item in items) and desk.whys & set(rules.ASKED_FOR):
        letter.parts.append(_asked(desk, found))
    anchors = [item.anchor for item in items if isinstance(item, Said) and item.anchor]
    place = f"#{anchors[0]}" if anchors else ""
    letter.button = (_("Open the ticket"), post.link(f"/tickets/{found.id}{place}"))
    # Without a mailbox the mail server may still hand over what comes in (trackr receive).
    if not post.reads_answers and not ReceivedMail.comes_in():
        letter.reply = _("Please answer on the page: answers to this mail are not read.")
    return desk.sign(letter, found.project, found)


def digest(desk: Desk) -> Letter:
    """Everything since the last one, ticket by ticket."""
    _, ngettext = desk.words.text, desk.words.plural
    letter = desk.letter("")
    numbers = list(dict.fromkeys(event.ticket_id for event in desk.events))
    meters, count = {}, 0
    for number in numbers:
        found = desk.reach.ticket(number) if number else None
        items = news(desk.reach, found, [event for event in desk.events if event.ticket_id == number]) if found else []
        if found and items:
            count += len(items)
            letter.parts += [_title(found), *(_part(desk, item) for item in items)]
            meters[found.project.id] = desk.meter(found.project)
    if not count:
        raise Nothing("nothing")
    day = desk.words.day(desk.words.today)
    letter.subject = f"[{desk.agency.name}] " + ngettext(
        "One thing new, %(day)s", "%(num)s things new, %(day)s", count, day=day
    )
    letter.button = (_("See all of it"), post.link("/"))
    desk.sign(letter, None)
    letter.meter = " · ".join(filter(None, meters.values()))
    letter.list_name, letter.list_id = desk.agency.name, "digest"
    letter.whys = [_("You get this mail once a day, as you have chosen, with everything that concerns you.")]
    return letter


def _lead(desk: Desk, found: Ticket, items: Sequence[Item]) -> str:
    _ = desk.words.text
    first = items[0]
    name = {"name": first.actor, "project": found.project.name}
    if isinstance(first, Said) and not first.anchor:
        return _("%(name)s opened a ticket in %(project)s.", **name)
    if isinstance(first, Notice) and first.name == "participant.added":
        return _("%(name)s asks you to take part in this ticket.", **name)
    return _("%(name)s named you here.", **name) if desk.whys == {rules.NAMED} else ""


def _is_in_lead(item: Item) -> bool:
    return isinstance(item, Notice) and item.name == "participant.added"


def _asked(desk: Desk, found: Ticket) -> Part:
    """The ticket's own text, for who has not seen it yet."""
    heading = f"{found.requester.name}, {desk.words.moment(found.opened_at)}"
    return Part(heading, found.body or found.title, found.body_html or str(escape(found.title)))


def _title(found: Ticket) -> Part:
    address = post.link(f"/tickets/{found.id}")
    heading = f"[{found.project.name} #{found.id}] {found.title}"
    html = Markup('<h2><a href="{}">{}</a></h2>').format(address, heading)
    return Part("", f"{heading}\n{address}", str(html))


def _part(desk: Desk, item: Item) -> Part:
    _ = desk.words.text
    heading = f"{item.actor}, {desk.words.moment(item.at)}"
    if isinstance(item, Notice):
        return Part("", f"{item.actor} {sentence(desk.words, item)}, {desk.words.moment(item.at)}.")
    text, html = item.text, item.html
    if item.files:
        files = _("Files: %(names)s", names=", ".join(item.files))
        text = "\n\n".join(filter(None, [text, files]))
        html += str(Markup("<p>{}</p>").format(files))
    return Part(heading, text, html, _("Internal note") if item.internal else "")
