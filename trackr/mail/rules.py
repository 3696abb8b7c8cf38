"""Who is told of an event, and why; when, is each person's own choice (Person.mails).

Nobody is told of their own acts. What only the agency may know goes to the agency alone; what the reader may see is
looked at once more when the mail is written (see letters).
"""

from collections.abc import Callable, Iterable, Iterator

from trackr.models import Entry, Event, Membership, NewsChoice, Participant, Person, Project, Ticket
from trackr.models.comment import Comment
from trackr.reach import Reach
from trackr.reach.mentions import mentionable, mentions
from trackr.reach.scope import workers

# Why a mail comes, the most personal reason first.
NAMED, ASSIGNED, ADDED, PARTICIPANT, NEW, HOURS, OWNER = WHYS = (
    "named", "assigned", "added", "participant", "new", "hours", "owner",
)  # fmt: skip
ASKED_FOR = (NAMED, ASSIGNED, ADDED)  # somebody wants this person
# Told to those clients who see the hours, although they are no event of all clients.
OF_HOURS = ("estimate.proposed", "estimate.accepted", "estimate.declined", "estimate.withdrawn", "alert.raised",
            "statement.closed")  # fmt: skip

Reasons = Iterator[tuple[int, str]]  # people by id, each with a reason


def told(event: Event) -> dict[Person, str]:
    """Everybody who is told of the event, with the first of their reasons."""
    rule = RULES.get(event.kind)
    found: dict[int, str] = {}
    for number, why in rule(event) if rule else ():
        if number != event.actor_id:
            found[number] = min(why, found.get(number, why), key=WHYS.index)
    people = Person.select().where(Person.id.in_(list(found)) & Person.active) if found else ()
    return {person: found[person.id] for person in people if _may_know(person, event)}


def _may_know(person: Person, event: Event) -> bool:
    if person.is_staff or event.client:
        return True
    if event.kind not in OF_HOURS:
        return False
    mine = (Membership.project == event.project_id) & (Membership.person == person)
    return Membership.select().where(mine & Membership.hours).exists()


def _opened(event: Event) -> Reasons:
    ticket = event.ticket
    yield from _named(event, ticket, ticket.body)
    if ticket.assignee_id:
        yield ticket.assignee_id, ASSIGNED
    yield from _participants(event)
    yield from _news(ticket.project)
    yield from ((number, NEW) for number in NewsChoice.clients(ticket.project))


def _written(event: Event) -> Reasons:
    comment = Comment.by_key(event.ticket, event.details.get("key", ""))
    if comment is None:
        return
    internal = bool(comment.internal)
    yield from _named(event, event.ticket, comment.body, internal)
    followers = Participant.told_on(event.ticket)
    yield from ((one.id, PARTICIPANT) for one in followers if one.is_staff or not internal)
    if not any(one.is_staff for one in followers):  # what a client adds before anybody has taken the ticket
        yield from _news(event.project)


def _news(project: Project) -> Reasons:
    """Those who work on the project and want to hear of what nobody has taken."""
    people, chosen = {person.id for person in workers(project)}, NewsChoice.about(project)
    for person in Person.select(Person.id, Person.news).where(Person.id.in_(people)):
        news = chosen.get(person.id, person.news)
        if news == "all" or (news == "mine" and _works_in(project, person)):
            yield person.id, NEW


def _works_in(project: Project, person: Person) -> bool:
    logged = Entry.select(Entry.id).join(Ticket).where((Ticket.project == project) & (Entry.person == person))
    given = Ticket.select(Ticket.id).where((Ticket.project == project) & (Ticket.assignee == person))
    return given.exists() or logged.exists()


def _named(event: Event, ticket: Ticket, text: str, internal: bool = False) -> Reasons:
    """Whom the text names, of those whom its author knows and who read it."""
    if "@" not in text or event.actor is None:
        return
    reach = Reach(event.actor)
    seen = reach.ticket(ticket.id)  # with its project as the author sees it
    if seen is not None:
        people = mentionable(reach, seen.project, seen, internal=internal)
        yield from ((people[handle].id, NAMED) for handle in mentions(text) & people.keys())


def _changed(event: Event) -> Reasons:
    """Of the properties only who works on it is worth a mail, to that person."""
    given = event.details.get("assignee", [None, None])[1]
    if given and event.ticket.assignee_id == given:
        yield given, ASSIGNED


def _added(event: Event) -> Reasons:
    yield event.details["person"], ADDED


def _participants(event: Event) -> Reasons:
    yield from ((one.id, PARTICIPANT) for one in Participant.told_on(event.ticket))


def _answerers(event: Event) -> Reasons:
    """Those who take part, and the clients whose answer an estimate needs."""
    yield from _participants(event)
    agrees = (Membership.project == event.project_id) & Membership.hours & Membership.accepts
    sees = (Membership.sees == "all") | (Membership.person == event.ticket.requester_id)
    yield from ((row.person_id, HOURS) for row in Membership.select().where(agrees & sees))


def _of_hours(event: Event) -> Reasons:
    """The clients who see the hours, and those who work on the project."""
    yield from _clients_with_hours(event.project)
    yield from ((person.id, HOURS) for person in workers(event.project))


def _statement(event: Event) -> Reasons:
    """The clients who may read it: it names all tickets."""
    whole = (Membership.project == event.project_id) & (Membership.sees == "all")
    readers = {number for (number,) in Membership.select(Membership.person).where(whole).tuples()}
    yield from (one for one in _clients_with_hours(event.project) if one[0] in readers)


def _clients_with_hours(project: Project) -> Iterable[tuple[int, str]]:
    seen = (Membership.project == project) & Membership.hours & (Person.role == "client")
    rows = Membership.select(Membership.person).join(Person).where(seen)
    return [(number, HOURS) for (number,) in rows.tuples()]


def _requested(_event: Event) -> Reasons:
    yield from ((person.id, OWNER) for person in Person.select().where(Person.role == "owner"))


RULES: dict[str, Callable[[Event], Reasons]] = {
    "ticket.opened": _opened,
    "comment.written": _written,
    "note.written": _written,
    "ticket.changed": _changed,
    "ticket.closed": _participants,
    "ticket.reopened": _participants,
    "file.added": _participants,
    "participant.added": _added,
    "satisfaction.said": _participants,
    "estimate.proposed": _answerers,
    "estimate.accepted": _participants,
    "estimate.declined": _participants,
    "estimate.withdrawn": _answerers,
    "purchase.requested": _requested,
    "alert.raised": _of_hours,
    "statement.closed": _statement,
}
