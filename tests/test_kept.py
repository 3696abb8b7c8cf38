"""What was drawn before is shown again only to who would see the same: never to somebody else, never once it is old."""

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.undo import all_drawn, forget_drawn, put_back, undone, unread
from trackr.enrol import enrol
from trackr.files import Upload
from trackr.models import (
    Attachment,
    Column,
    Comment,
    Entry,
    Estimate,
    Link,
    Membership,
    Participant,
    Person,
    Sight,
    Tag,
    Ticket,
    Timer,
    ledger,
    turn,
)
from trackr.models.base import now
from trackr.models.merging import merge
from trackr.models.transfer import Transfer

ADDRESSES = (
    "/",
    "/account",
    "/to-answer",
    "/projects/intranet",
    "/projects/intranet?column=1",
    "/projects/intranet/tickets",
    "/projects/intranet/hours",
    "/projects/intranet/meter",
    "/projects/intranet/memberships",
    "/projects/shop",
    "/tickets/1",
    "/tickets/2",
    "/tickets/1/edit",
    "/tickets/1/placement",
)
# Of these a part is asked for, too.
IN_PARTS = ("/", "/projects/intranet", "/projects/intranet/hours", "/projects/intranet/meter", "/tickets/1")

Seen = dict[str, str]


def look(client: FlaskClient) -> Seen:
    """Everything this person can open, but for the keys that every form has of its own."""
    found = {}
    for address in (*ADDRESSES, *(f"part of {address}" for address in IN_PARTS)):
        headers = {"HX-Request": "true"} if address.startswith("part of ") else {}
        with unread():
            answer = client.get(address.removeprefix("part of "), headers=headers)
        assert answer.status_code < 500
        found[address] = answer.status + re.sub(r'(name="form_key" value=)"[^"]+"', r"\1", answer.text)
    return found


@pytest.fixture
def readers(people: Cast, sign_in: SignIn, clock: Clock) -> dict[str, FlaskClient]:
    """Everybody, staff first, over two tickets with something of everything: Claire's, and Marc's."""
    people.pack(20, expires_on=date(2026, 3, 20))
    people.intranet.change(people.olive, review_hours=24)
    for requester in (people.claire, people.marc):
        ticket = people.ticket(requester, assignee=people.sam, body="Why?", body_html="<p>Why?</p>")
        people.comment(ticket, requester)
        people.file(ticket, requester, Comment.get(Comment.ticket == ticket), name="plan.txt", content=b"A plan")
        people.comment(ticket, people.sam, internal=True)
        people.entry(ticket, 65, note="Tested", internal_note="Slowly")
        propose(ticket, people)
        Timer.start(people.sam, ticket)
    # One of each kind more, so that two of a kind see each other's: in French, and of both projects.
    more = [people.person("theo", "staff"), people.person("rita", intranet=True, shop=True)]
    more += [people.person("lou", intranet=False, shop=False), people.person("fleur", intranet=True)]
    Person.update(language="fr").where(Person.id.in_([more[0], more[3]])).execute()
    everybody = {**people.everybody, **{person.first_name: person for person in more}}
    return {name: sign_in(person) for name, person in everybody.items()}


def settings(people: Cast, **changes: object) -> None:
    people.intranet.change(people.olive, **changes)


def propose(ticket: Ticket, people: Cast) -> Estimate:
    return Estimate.propose(ticket, people.sam, low_minutes=120, ceiling_minutes=180)


def estimate_of(number: int) -> Estimate:
    return Estimate.get((Estimate.ticket == number) & (Estimate.state == "proposed"))


def entry_of(people: Cast, **changes: object) -> None:
    entry = Entry.get()
    values = {
        name: getattr(entry, name) for name in ("spent_minutes", "valued_minutes", "day", "note", "internal_note")
    }
    entry.change(people.sam, **(values | changes))


def column(people: Cast, place: int) -> Column:
    return people.intranet.ordered_columns()[place]


def seat(people: Cast, name: str, **changes: object) -> None:
    person, role = getattr(people, name), {"role": "client", "sees": "all", "hours": True}
    Membership.grant(people.intranet, people.olive, email=person.email, name=person.name, **(role | changes))


DEEDS: dict[str, Callable[[Cast, Clock], object]] = {
    "nothing": lambda people, clock: None,
    "a reply": lambda people, clock: people.comment(Ticket.get_by_id(1), people.sam, "New"),
    "a note": lambda people, clock: people.comment(Ticket.get_by_id(2), people.sam, "New", internal=True),
    "a comment edited": lambda people, clock: Comment.get().edit(people.claire, body="New", body_html="<p>New</p>"),
    "a file": lambda people, clock: Attachment.bring(
        Ticket.get_by_id(1), people.sam, [Upload("new", 1, BytesIO(b"N"))]
    ),
    "a file deleted": lambda people, clock: Attachment.get().remove(people.sam),
    "a comment deleted": lambda people, clock: Comment.get().remove(people.claire),
    "time": lambda people, clock: people.entry(Ticket.get_by_id(1), 30, note="New"),
    "time not valued": lambda people, clock: people.entry(Ticket.get_by_id(1), 30, valued_minutes=0),
    "time of last year": lambda people, clock: people.entry(Ticket.get_by_id(1), 30, day=date(2025, 3, 14)),
    "an entry valued otherwise": lambda people, clock: entry_of(people, valued_minutes=90),
    "an entry spent otherwise": lambda people, clock: entry_of(people, spent_minutes=90),
    "an entry described": lambda people, clock: entry_of(people, note="New"),
    "an entry remarked on": lambda people, clock: entry_of(people, internal_note="New"),
    "an entry taken back": lambda people, clock: Entry.get().remove(people.sam),
    "a pack": lambda people, clock: people.pack(10, reference="New"),
    "a period closed": lambda people, clock: ledger.close(people.intranet, date(2026, 3, 13), people.olive),
    "another estimate": lambda people, clock: propose(Ticket.get_by_id(2), people),
    "an estimate accepted": lambda people, clock: estimate_of(1).accept(people.claire, "Go on"),
    "an estimate declined": lambda people, clock: estimate_of(2).decline(people.claire),
    "an estimate taken back": lambda people, clock: estimate_of(2).withdraw(people.sam),
    "most of the hours": lambda people, clock: people.entry(Ticket.get_by_id(1), 16 * 60),
    "a ticket": lambda people, clock: people.ticket(title="New"),
    "a title": lambda people, clock: Ticket.get_by_id(1).change(people.sam, title="New"),
    "a text": lambda people, clock: Ticket.get_by_id(1).change(people.sam, body="New", body_html="<p>New</p>"),
    "an assignee": lambda people, clock: Ticket.get_by_id(1).change(people.sam, assignee=people.olive),
    "no assignee": lambda people, clock: Ticket.get_by_id(1).change(people.sam, assignee=None),
    "a priority": lambda people, clock: Ticket.get_by_id(2).change(people.sam, priority="urgent"),
    "a kind": lambda people, clock: Ticket.get_by_id(1).change(people.sam, kind="assistance"),
    "tags": lambda people, clock: Tag.put(Ticket.get_by_id(1), people.sam, ["print", "web"]),
    "a due day": lambda people, clock: Ticket.get_by_id(1).change(people.sam, due_on=date(2026, 3, 16)),
    "another requester": lambda people, clock: Ticket.get_by_id(1).change(people.sam, requester=people.marc),
    "a link": lambda people, clock: Link.join(Ticket.get_by_id(1), people.sam, Ticket.get_by_id(2), "duplicate"),
    "a merge": lambda people, clock: merge(Ticket.get_by_id(1), people.sam, Ticket.get_by_id(2)),
    "a move to another project": lambda people, clock: Transfer(
        Ticket.get_by_id(2), people.shop, people.olive
    ).perform(),
    "a move": lambda people, clock: Ticket.get_by_id(1).place(people.sam, Column.first(people.intranet, "waiting")),
    "another turn": lambda people, clock: turn.pass_on(Ticket.get_by_id(2), people.sam, "theirs"),
    "somebody added": lambda people, clock: Participant.add(Ticket.get_by_id(2), people.claire, people.claire),
    "somebody left": lambda people, clock: Participant.leave(Ticket.get_by_id(1), people.sam, people.sam),
    "an order": lambda people, clock: Ticket.get_by_id(1).place(people.sam, Column.first(people.intranet, "new")),
    "a ticket read": lambda people, clock: Sight.note(people.sam, Ticket.get_by_id(2), now()),
    "all read": lambda people, clock: Sight.note_all(people.claire, Ticket.project == people.intranet),
    "a column more": lambda people, clock: Column.add(people.intranet, people.olive, name="Review"),
    "a column renamed": lambda people, clock: column(people, 0).change(people.olive, name="Inbox"),
    "a column in another place": lambda people, clock: column(people, 0).change(people.olive, position=2),
    "a column off the board": lambda people, clock: column(people, 1).remove(people.olive),
    "a closure": lambda people, clock: Ticket.get_by_id(1).close(people.claire),
    "a project renamed": lambda people, clock: settings(people, name="New", client="Another"),
    "time told by entry": lambda people, clock: settings(people, detail="entry"),
    "time told as totals": lambda people, clock: settings(people, detail="total"),
    "hours paid afterwards": lambda people, clock: settings(people, billing="postpaid"),
    "another time zone": lambda people, clock: settings(people, timezone="Pacific/Auckland"),
    "an archive": lambda people, clock: people.intranet.archive(people.olive),
    "somebody renamed": lambda people, clock: people.claire.change(name="Chloe New", language=""),
    "a colleague renamed": lambda people, clock: people.sam.change(name="Samuel New", language=""),
    "another language": lambda people, clock: people.marc.change(name=people.marc.name, language="fr"),
    "hours no more": lambda people, clock: seat(people, "claire", hours=False),
    "hours at last": lambda people, clock: seat(people, "marc", sees="own"),
    "own tickets alone": lambda people, clock: seat(people, "claire", sees="own"),
    "all tickets at last": lambda people, clock: seat(people, "marc", hours=False),
    "out of the project": lambda people, clock: people.memberships["claire"].revoke(people.olive),
    "somebody new": lambda people, clock: people.intranet and seat(people, "zoe"),
    "a colleague from the shell": lambda people, clock: enrol("new@cobalt.example", "New Staff", "staff"),
    "another project": lambda people, clock: people.project("new", people.claire, people.marc),
    "a timer": lambda people, clock: Timer.start(people.sam, Ticket.get_by_id(1)),
    "a timer on another ticket": lambda people, clock: Timer.start(people.olive, Ticket.get_by_id(2)),
    "a timer discarded": lambda people, clock: Timer.discard(people.sam, Ticket.get_by_id(2)),
    "an hour later": lambda people, clock: clock.forward(hours=1),
    "the next day, all reviewed": lambda people, clock: clock.forward(hours=25),
    "a week later, the pack expired": lambda people, clock: clock.forward(days=7),
    "another year": lambda people, clock: clock.forward(days=365),
}


def test_after_any_deed_everybody_sees_what_they_would_see_if_nothing_had_been_kept(
    people: Cast, readers: dict[str, FlaskClient], clock: Clock
) -> None:
    for client in readers.values():
        look(client)
    drawn, began, wrong = all_drawn(), clock.at, {}
    for name, deed in DEEDS.items():
        clock.at = began
        put_back(drawn)
        with undone():
            deed(deepcopy(people), clock)
            wrong[name] = seen_otherwise(readers, each_anew=name in MIXED)
    assert {name: places for name, places in wrong.items() if places} == {}


# After these nothing that was drawn for one reader helps to draw for the next: what one is shown of another's is found.
MIXED = ("nothing", "a reply", "a note", "time", "another language", "a merge")


def seen_otherwise(readers: dict[str, FlaskClient], each_anew: bool) -> list[tuple[str, str]]:
    """Who is shown something else than what would be drawn anew, and where."""
    again = {name: look(client) for name, client in readers.items()}
    wrong = []
    forget_drawn()
    for name, client in readers.items():
        if each_anew:
            forget_drawn()
        fresh = look(client)
        wrong += [(name, key) for key in fresh if fresh[key] != again[name][key]]
    return wrong
