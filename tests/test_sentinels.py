"""What is internal never reaches a client: not in a page, a fragment, an answer, a header, a count or a version.

Words and odd numbers are planted in every internal field; then everything that the clients can reach is read.
"""

import contextlib
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from peewee import DoesNotExist
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.undo import forget_drawn, undone, unread
from trackr.files import Upload
from trackr.hours.durations import show, show_in_column
from trackr.mail import letters as kinds
from trackr.mail import outbox, post
from trackr.mail.addresses import unsubscribe_token
from trackr.mail.letter import Letter
from trackr.models import (
    Activity,
    AddressChange,
    Alert,
    Attachment,
    BlockedSender,
    CannedReply,
    Charge,
    Column,
    Comment,
    DayOff,
    Entry,
    Estimate,
    Event,
    Feed,
    Invitation,
    Link,
    LinkedAccount,
    Mail,
    MailedKey,
    Participant,
    Person,
    Project,
    Purchase,
    SavedView,
    Session,
    Tag,
    Telling,
    Ticket,
)
from trackr.models.base import Refused
from trackr.models.mail import tell
from trackr.models.merging import merge
from trackr.settings import Settings
from trackr.web.auth import WRITING

SENTINEL = "quokka"
VARIANTS: dict[str, dict[str, str]] = {
    "page": {},
    "fragment": {"HX-Request": "true"},
    "json": {"Accept": "application/json"},
}

# Minutes spent: valued 45, not valued, valued 30 (before it was changed, and after), and taken back.
MUCH, UNVALUED, BEFORE, AFTER, REMOVED = 4711, 1301, 2903, 3001, 1907
ON_A_TICKET = MUCH + UNVALUED + AFTER
MARGINS = (MUCH - 45, AFTER - 30, ON_A_TICKET - 75, 2 * ON_A_TICKET - 150)
SPENT = (MUCH, UNVALUED, BEFORE, AFTER, REMOVED, ON_A_TICKET, 2 * ON_A_TICKET, 3 * ON_A_TICKET, *MARGINS)
SHOWN = {
    text.replace("\u00a0", " ") for minutes in SPENT for text in (str(minutes), show(minutes), show_in_column(minutes))
}
NUMBERS = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(SHOWN)))})(?!\w)")


@dataclass
class World:
    """The cast, with tickets of Claire and Marc in the intranet project and of Zoe in the shop, all with secrets."""

    app: Flask
    sign_in: SignIn
    people: Cast
    ghost: Person  # staff of whom no client may ever hear: writes notes and logs what is not valued
    clients: dict[str, Person]
    tickets: dict[str, Ticket]
    values: dict[str, list[object]]

    def addresses(self, writing: bool) -> Iterator[tuple[str, str]]:
        """Every address of the application with every value of its arguments; a new argument is a KeyError here."""
        # Made before the first one is asked for: what a request knows must not be left to the next one.
        yield from list(self._addresses(writing))

    def _addresses(self, writing: bool) -> Iterator[tuple[str, str]]:
        with self.app.test_request_context():
            for rule in self.app.url_map.iter_rules():
                names = sorted(rule.arguments)
                methods = (rule.methods or set()) & (WRITING if writing else {"GET"})
                if rule.endpoint == "assets.show":
                    continue
                for chosen in itertools.product(*(self.values[name] for name in names)):
                    for method in methods:
                        arguments = dict(zip(names, chosen, strict=True))
                        yield method, self.app.url_for(rule.endpoint, _method=method, **arguments)


@pytest.fixture
def world(app: Flask, people: Cast, sign_in: SignIn, clock: Clock) -> World:
    ghost = people.person(SENTINEL, "staff")
    people.intranet.change(people.olive, review_hours=24)
    more = {
        "rita": people.person("rita", intranet=True, shop=True),
        "lou": people.person("lou", intranet=False, shop=False),
    }
    tickets = {name: plant(people, getattr(people, name), ghost) for name in ("claire", "marc", "zoe")}
    packs = [
        Purchase.add(project, people.olive, minutes=1200, bought_on=project.today())
        for project in (people.intranet, people.shop)
    ]
    alerts = [Alert.create(project=pack.project, purchase=pack, threshold="1%").id for pack in packs]
    clients = {name: getattr(people, name) for name in ("claire", "marc", "zoe")} | more
    values: dict[str, list[object]] = {
        "activity": [Activity.get().id],
        "alert": alerts,
        "day_off": [DayOff.create(first_on=date(2026, 12, 25), last_on=date(2026, 12, 25), name=SENTINEL).id],
        "project": [people.intranet.slug, people.shop.slug],
        "ticket": [ticket.id for ticket in tickets.values()],
        "column": [people.intranet.ordered_columns()[1].id, people.shop.ordered_columns()[1].id],
        "comment": ["1", "2", "n1", "n2"],
        "entry": [entry.id for entry in Entry.select().limit(2)],
        "estimate": [propose(people, ticket).id for ticket in tickets.values()],
        "attachment": [attachment.id for attachment in Attachment.select()],
        "calendar": [Feed.issue(client, "calendar") for client in clients.values()],
        "events": [Feed.issue(client, "events") for client in clients.values()],
        "feed": [feed.id for feed in Feed.select()],
        "filename": sorted({attachment.name for attachment in Attachment.select()}),
        "link": [Link.join(ticket, ghost, people.ticket()).id for ticket in tickets.values()],
        "membership": [membership.id for membership in people.memberships.values()],
        "linked_account": [LinkedAccount.create(person=people.claire, issuer="https://a.example", subject="1").id],
        "device": [Session.load(Session.begin(people.claire)).session.id],
        "person": [people.claire.id, people.sam.id, ghost.id],
        "purchase": [purchase.id for purchase in Purchase.select()],
        "statement": [people.statement().number],
        "table": ["months", "people"],
        "extension": ["csv", "json"],  # the others are made of the same document, and pack what they say
        "canned_reply": [CannedReply.add(people.sam, name=SENTINEL, body=SENTINEL).id],
        "charge": [Charge.get(Charge.purchase == packs[0]).id],
        "form": [f"reply:{ticket.id}" for ticket in tickets.values()]
        + [f"comment:{tickets['claire'].id}:{key}" for key in ("1", "n1")],
        "text": [f"edit:{ticket.id}" for ticket in tickets.values()]
        + [f"comment:{tickets['claire'].id}:{key}" for key in ("1", "n1")],
        "letter": ["reply", "note"],
        "held_mail": [people.held(f"Subject: {SENTINEL}\n\n{SENTINEL}".encode(), subject=SENTINEL).id],
        "blocked_sender": [BlockedSender.create(email=f"{SENTINEL}@x.example").id],
        "mail": [written(people.claire, tickets["claire"]), written(people.sam, tickets["marc"])],
        "stop": [unsubscribe_token(clients[name].id, tickets["claire"].id) for name in ("claire", "marc")],
        "token": [Invitation.issue(people.claire)],
        "change": [*AddressChange.ask(people.claire, "new@town.example")],
        "key": [MailedKey.issue(people.claire, "browser").token],
        "view": [kept(ghost, people.intranet), kept(ghost, None)],
    }
    return World(app, sign_in, people, ghost, clients, tickets, values)


def plant(people: Cast, requester: Person, ghost: Person) -> Ticket:
    """A ticket with something in every internal field, and in every event about it."""
    sam, project = people.sam, people.shop if requester == people.zoe else people.intranet
    ticket = Ticket.open(project, requester, title="The form loses the date")
    people.comment(ticket, requester, "It happens every day")
    reply = people.comment(ticket, sam, f"{SENTINEL} draft", mailed=f"{SENTINEL} quoted")
    reply.edit(sam, body="Corrected", body_html="<p>Corrected</p>")
    people.comment(ticket, sam, f"{SENTINEL} removed").remove(sam)
    note = people.comment(ticket, ghost, f"{SENTINEL} earlier", internal=True)
    note.edit(ghost, body=f"{SENTINEL} note", body_html=f"<p>{SENTINEL} note</p>")
    people.comment(ticket, ghost, f"{SENTINEL} deleted", internal=True).remove(ghost)
    people.file(ticket, requester, reply, name="plan.txt", content=b"The plan")
    people.file(ticket, ghost, note, name=f"{SENTINEL} file.txt", content=f"{SENTINEL} content".encode())
    people.file(ticket, ghost, note, name=f"{SENTINEL} lost.txt", content=b"Lost").remove(ghost)
    remark = {"internal_note": f"{SENTINEL} remark"}
    people.entry(ticket, MUCH, valued_minutes=45, note="Found the cause", comment=reply, **remark)
    people.entry(ticket, UNVALUED, ghost, valued_minutes=0, note=f"{SENTINEL} unvalued", **remark)
    changed = people.entry(ticket, BEFORE, valued_minutes=30, **remark)
    changed.change(sam, spent_minutes=AFTER, valued_minutes=30, day=changed.day, note="Tested", **remark)
    people.entry(ticket, REMOVED, ghost, valued_minutes=20, **remark).remove(sam)
    return ticket


def kept(ghost: Person, project: Project | None) -> int:
    return SavedView.keep(ghost, project, name=f"{SENTINEL} view", query="q=form", shared=True).id


def written(reader: Person, ticket: Ticket) -> int:
    """A mail that waits, about the ticket, and everything on it."""
    about = {"ticket": ticket.id, "project": ticket.project_id}
    mail = Mail.create(kind="ticket", person=reader, address="", message_id=f"<{ticket.id}>", due_at=0, **about)
    tell(mail, [(event, "participant") for event in Event.select().where(Event.ticket == ticket)])
    return mail.id


def propose(people: Cast, ticket: Ticket) -> Estimate:
    return Estimate.propose(ticket, people.sam, low_minutes=120, ceiling_minutes=180, message="Both forms")


def estimate_of(world: World, ticket: str) -> Estimate:
    return Estimate.get((Estimate.ticket == world.tickets[ticket]) & (Estimate.state == "proposed"))


def secrets_in(answer: TestResponse) -> list[str]:
    """The sentinels in an answer, its headers included."""
    assert answer.status_code < 500, answer.request.url
    headers = [line for line in str(answer.headers).splitlines() if not line.startswith("Content-Length")]  # any number
    return secrets_of("\n".join([*headers, *texts_in(answer)]))


def secrets_of(text: str) -> list[str]:
    text = text.replace("\u00a0", " ").replace("&nbsp;", " ").replace("\u202f", " ")
    return [*re.findall(SENTINEL, text, re.IGNORECASE), *NUMBERS.findall(text)]


def texts_in(answer: TestResponse) -> list[str]:
    """The text of an answer; of a ZIP, all that is in it."""
    if answer.mimetype != "application/zip":
        return [answer.text]
    with zipfile.ZipFile(BytesIO(answer.data)) as whole:
        return [whole.read(name).decode() for name in whole.namelist()]


CLIENTS = ("claire", "marc", "zoe", "rita", "lou")
EACH = pytest.mark.parametrize("name", CLIENTS)
QUERIES = ("?q=quok", "?q=471", "?sort=valued", "?kind=support", "?assignee=2", "?since=0", "?month=2026-03", "?page=2",
           "?period=all", "?period=2026&ticket=1", "?period=all&person=2", "?person=6",
           "?kind=words", "?kind=settings", "?before=40",
           "?sort=changed", "?q=form&sort=changed&direction=asc")  # fmt: skip
SEARCHES = ("quok", '"quok', "remark", "draft", "note", "deleted", "assignee:quok", "requester:", "form", "hap",
            "project:", "is:open", "some new", "#1", "471", "n1")  # fmt: skip


@pytest.mark.parametrize(
    ("name", "detail"), [*((name, "entry") for name in CLIENTS), ("rita", "day"), ("rita", "total")]
)
def test_no_answer_to_a_client_who_reads_holds_anything_internal(world: World, name: str, detail: str) -> None:
    Project.update(detail=detail).execute()
    client, found = world.sign_in(world.clients[name]), {}
    for _, address in world.addresses(writing=False):
        for variant, headers in VARIANTS.items():
            found[variant, address] = secrets_in(client.get(address, headers=headers))
    assert {address: secrets for address, secrets in found.items() if secrets} == {}


@EACH
def test_no_filter_brings_anything_internal_out(world: World, name: str) -> None:
    client = world.sign_in(world.clients[name])
    pages = [
        f"/projects/{slug}{page}"
        for slug in ("intranet", "shop")
        for page in ("/tickets", "/tickets.csv", "/hours", "/hours.csv", "/pulse", "/activity")
    ]
    found = {page + query: secrets_in(client.get(page + query)) for page in pages for query in QUERIES}
    assert {address: secrets for address, secrets in found.items() if secrets} == {}


@EACH
def test_no_search_brings_anything_internal_out(world: World, name: str) -> None:
    client = world.sign_in(world.clients[name])
    asked = {(page, q): client.get(page, query_string={"q": q}) for page in SEARCH_PAGES for q in SEARCHES}
    assert {key: secrets for key, answer in asked.items() if (secrets := secrets_in(answer))} == {}
    for word in ("remark", "draft", "note", "deleted", "unvalued", "removed", "earlier"):
        assert 'class="title"' not in client.get("/search", query_string={"q": word}).text


SEARCH_PAGES = ("/search", "/search/suggestions")

FORM = {
    "body": "Hello", "title": "Hello", "internal": "1", "duration": "1h", "valued": "2h", "note": "Seen",
    "answer": "accept", "message": "Go on", "low": "1h", "ceiling": "2h",
    "internal_note": "Unseen", "reopen": "1", "turn": "theirs", "then": "3", "person": "2",
    "position": "0", "name": "Somebody", "email": "somebody@town.example",
}  # fmt: skip


@pytest.mark.parametrize("form", [FORM, {}], ids=["good", "empty"])
@EACH
def test_no_answer_to_a_client_who_writes_holds_anything_internal(
    world: World, name: str, form: dict[str, str]
) -> None:
    found = {}
    for method, address in world.addresses(writing=True):
        for headers in VARIANTS.values():
            with undone():
                answer = world.sign_in(world.clients[name]).open(address, method=method, data=form, headers=headers)
                found[method, address] = secrets_in(answer)
    assert {address: secrets for address, secrets in found.items() if secrets} == {}


def test_staff_do_read_it_or_the_sentinels_would_prove_nothing(world: World) -> None:
    sam = world.sign_in(world.people.sam)
    answers = (sam.get(address) for _, address in world.addresses(writing=False))
    text = "".join(text for answer in answers for text in texts_in(answer)).replace("\u00a0", " ")
    assert {f"{SENTINEL} {word}" for word in ("note", "remark", "unvalued", "file", "content")} <= set(
        re.findall(r"quokka \w+", text)
    )
    assert {show_in_column(minutes).replace("\u00a0", " ") for minutes in (MUCH, UNVALUED, AFTER, ON_A_TICKET)} <= set(
        NUMBERS.findall(text)
    )
    assert "Quokka Lindt" in text


def test_staff_find_notes(world: World) -> None:
    sam = world.sign_in(world.people.sam)
    assert "<mark>quokka</mark> note" in sam.get("/search?q=quok").text
    assert "<mark>deleted" not in sam.get("/search?q=deleted").text


def test_what_was_written_before_is_kept_for_staff_alone(world: World) -> None:
    kept_words = {word for event in Event.select() for word in re.findall(r"quokka \w+", event.data)}
    kept_words -= {f"{SENTINEL} view"}  # the name of one that staff share
    assert kept_words == {f"{SENTINEL} {word}" for word in ("draft", "removed", "earlier", "deleted", "lost")}


# What clients must not notice: nothing that they can open may look any different after it.


def reachable(name: str, client: FlaskClient, world: World) -> list[str]:
    """What this client can open, with the pulses that the pages ask, and without the feeds of others."""
    mine = list(world.clients).index(name)
    others = [
        token for kind in ("calendar", "events") for token in world.values[kind] if token != world.values[kind][mine]
    ]
    found = [address for _, address in world.addresses(writing=False) if client.get(address).status_code in (200, 303)]
    found = [address for address in found if not any(str(token) in address for token in others)]
    pages = ["\n".join(texts_in(client.get(address))) for address in found]
    found += [f"{page}?q={quote(q)}" for page in SEARCH_PAGES for q in SEARCHES]
    return [*found, *{pulse for page in pages for pulse in re.findall(r'data-pulse="([^"]+)"', page)}]


Asked = tuple[str, str]  # a variant, and an address


def seen(client: FlaskClient, asked: Iterable[Asked]) -> Iterator[tuple[Asked, str]]:
    """All answers, drawn anew, but for the keys that every form has of its own; nothing counts as read by it."""
    forget_drawn()
    for variant, address in asked:
        with unread():
            answer = client.get(address, headers=VARIANTS[variant])
        assert answer.status_code in (200, 204, 303)
        text = re.sub(r'(name="form_key" value=)"[^"]+"', r"\1", "\n".join(texts_in(answer)))
        yield (variant, address), f"{answer.status}\n{answer.headers}\n{text}"


Deeds = dict[str, Callable[[World], object]]


def noticed(world: World, name: str, deeds: Deeds) -> dict[str, Asked]:
    """For each deed that this client notices, the first answer that is not what it was before it."""
    client, before = before_deeds(world, name)
    return {deed: key for deed, do in deeds.items() if (key := first_other(world, client, before, [do]))}


def notices_any(world: World, name: str, deeds: Deeds) -> bool:
    """Whether this client notices any of the deeds. Several are done, then looked at; `noticed` tells which it was."""
    client, before = before_deeds(world, name)
    every = list(deeds.values())
    # Those that are next to each other are about the same: one might hide what the other left.
    return any(first_other(world, client, before, every[start::GROUPS]) for start in range(GROUPS))


GROUPS = 4


def before_deeds(world: World, name: str) -> tuple[FlaskClient, dict[Asked, str]]:
    client = world.sign_in(world.clients[name])
    before = dict(seen(client, itertools.product(VARIANTS, reachable(name, client, world))))
    # Where a page gives the same answer to all, one of them is asked for.
    return client, {key: text for key, text in before.items() if key[0] == "page" or text != before["page", key[1]]}


def first_other(
    world: World, client: FlaskClient, before: dict[Asked, str], deeds: Iterable[Callable[[World], object]]
) -> Asked | None:
    with undone():
        for do in deeds:
            do(world)
        return next((key for key, text in seen(client, before) if text != before[key]), None)


def note_of(world: World) -> Comment:
    return Comment.get(Comment.internal & (Comment.ticket == world.tickets["marc"]))


def entry_of(world: World, spent: int, ticket: str = "marc") -> Entry:
    return Entry.get((Entry.spent_minutes == spent) & (Entry.ticket == world.tickets[ticket]))


def change(entry: Entry, world: World, **changes: object) -> None:
    now: dict[str, object] = {
        name: getattr(entry, name) for name in ("spent_minutes", "valued_minutes", "day", "note", "internal_note")
    }
    entry.change(world.people.sam, **(now | changes))


def write(world: World, ticket: str, internal: bool = False) -> Comment:
    return world.people.comment(world.tickets[ticket], world.people.sam, "Something new", internal=internal)


def log(world: World, ticket: str, valued: int, **more: object) -> Entry:
    return world.people.entry(world.tickets[ticket], 50, valued_minutes=valued, note="Something new", **more)


YEAR = timedelta(days=365)
INTERNAL: Deeds = {
    "a note": lambda world: write(world, "marc", internal=True),
    "a note is edited": lambda world: note_of(world).edit(world.ghost, body="New", body_html="New"),
    "a file with a note": lambda world: world.people.file(
        world.tickets["marc"], world.ghost, write(world, "marc", internal=True)
    ),
    "a file of a note is deleted": lambda world: Attachment.get(
        Attachment.internal & (Attachment.ticket == world.tickets["marc"]) & Attachment.deleted_at.is_null()
    ).remove(world.ghost),
    "a note is deleted": lambda world: note_of(world).remove(world.ghost),
    "time that is not valued": lambda world: log(world, "marc", 0),
    "time of last year that is not valued": lambda world: log(world, "marc", 0, day=date(2025, 3, 14)),
    "more time spent": lambda world: change(entry_of(world, MUCH), world, spent_minutes=MUCH + 60),
    "a remark": lambda world: change(entry_of(world, MUCH), world, internal_note="New"),
    "what is not valued is described": lambda world: change(entry_of(world, UNVALUED), world, note="New"),
    "what is not valued moves": lambda world: change(entry_of(world, UNVALUED), world, day=date(2025, 3, 14)),
    "the ghost is told no more": lambda world: Participant.leave(world.tickets["marc"], world.people.sam, world.ghost),
    "what is not valued is taken back": lambda world: entry_of(world, UNVALUED).remove(world.ghost),
}
OF_HOURS: Deeds = {
    "time": lambda world: log(world, "marc", 50),
    "time is valued otherwise": lambda world: change(entry_of(world, MUCH), world, valued_minutes=60),
    "time is taken back": lambda world: entry_of(world, MUCH).remove(world.people.sam),
    "a pack": lambda world: world.people.pack(10),
    "an estimate": lambda world: propose(world.people, world.tickets["marc"]),
    "an estimate is accepted": lambda world: estimate_of(world, "marc").accept(world.people.claire),
    "an estimate is declined": lambda world: estimate_of(world, "marc").decline(world.people.claire),
    "an estimate is taken back": lambda world: estimate_of(world, "marc").withdraw(world.people.sam),
    "hours are asked for": lambda world: Purchase.request(world.people.intranet, world.people.claire, minutes=600),
    "a pack is taken back": lambda world: world.people.pack(10).cancel(world.people.olive, "Typed twice"),
}
OF_OTHERS: Deeds = {
    "a comment": lambda world: write(world, "claire"),
    "a file": lambda world: Attachment.bring(
        world.tickets["claire"], world.people.sam, [Upload("new.txt", 3, BytesIO(b"New"))]
    ),
    "another title": lambda world: world.tickets["claire"].change(world.people.sam, title="Another"),
    "another priority": lambda world: world.tickets["claire"].change(world.people.sam, priority="urgent"),
    "it is closed": lambda world: world.tickets["claire"].close(world.people.sam),
    "it moves": lambda world: world.tickets["claire"].place(
        world.people.sam, Column.first(world.people.intranet, "active")
    ),
    "it is linked with his": lambda world: Link.join(
        world.tickets["claire"], world.people.sam, world.tickets["marc"], "duplicate"
    ),
    "it is merged into his": lambda world: merge(world.tickets["claire"], world.people.sam, world.tickets["marc"]),
    "it is tagged": lambda world: Tag.put(world.tickets["claire"], world.people.sam, ["print"]),
    "it is due": lambda world: world.tickets["claire"].change(world.people.sam, due_on=date(2026, 4, 1)),
    "a new ticket": lambda world: world.people.ticket(title="Another"),
    "time": lambda world: log(world, "claire", 50),
}


@EACH
def test_what_is_internal_changes_nothing_that_a_client_sees(world: World, name: str) -> None:
    assert not notices_any(world, name, INTERNAL)


@pytest.mark.parametrize("name", ["marc", "lou"])
def test_hours_change_nothing_for_a_client_who_does_not_see_them(world: World, name: str) -> None:
    assert not notices_any(world, name, OF_HOURS)


@pytest.mark.parametrize("name", ["marc", "lou"])
def test_tickets_of_others_change_nothing_for_who_sees_only_their_own(world: World, name: str) -> None:
    assert not notices_any(world, name, OF_OTHERS)


def test_another_project_changes_nothing(world: World) -> None:
    assert not notices_any(world, "zoe", OF_OTHERS | OF_HOURS)


def test_what_is_hers_claire_does_notice(world: World) -> None:
    assert set(noticed(world, "claire", OF_OTHERS | OF_HOURS)) == {*OF_OTHERS, *OF_HOURS}
    assert notices_any(world, "claire", {"one among others": write_to_claire, **INTERNAL})


def write_to_claire(world: World) -> None:
    write(world, "claire")


# Mails: told of everything that is planted, and of all that happens then.


def test_no_mail_to_a_client_holds_anything_internal(world: World, settings: Settings) -> None:
    Participant.add(world.tickets["marc"], world.people.sam, world.clients["rita"])
    for deed in (INTERNAL | OF_HOURS | OF_OTHERS).values():
        with contextlib.suppress(Refused, DoesNotExist):  # some undo what others need
            deed(world)
    where = {"smtp_url": "smtp://127.0.0.1", "mail_from": "a@cobalt.example", "base_url": "https://desk.example"}
    post.open(replace(settings, **where))
    for mails in ("at_once", "daily"):
        texts = mailed(mails)
        clients = {mail: text for mail, text in texts.items() if mail.person.is_client}
        assert {mail.person.name.split()[0] for mail in clients} >= {"Claire", "Marc", "Zoe", "Rita"}
        assert {
            (mail.person.name, mail.kind): found for mail, text in clients.items() if (found := secrets_of(text))
        } == {}
        assert all("Intranet:" not in text for mail, text in clients.items() if mail.person == world.people.marc)
        assert any(f"{SENTINEL} note" in text for mail, text in texts.items() if mail.person.is_staff)
    post.open(settings)


def mailed(mails: str) -> dict[Mail, str]:
    """Everything that happened, told to everybody in that way: each mail with all that is in it."""
    Mail.delete().execute()
    Person.update(mails=mails).execute()
    Telling.update(event=0).execute()
    outbox.tell()
    letters = {mail: letter for mail in Mail.select() if (letter := _letter(mail))}
    return {mail: "\n".join([str(vars(letter)), letter.text, letter.html]) for mail, letter in letters.items()}


def _letter(mail: Mail) -> Letter | None:
    try:
        return kinds.write(mail)
    except kinds.Nothing:
        return None


# Numbers that could be counted.


def pulse(client: FlaskClient) -> str:
    found = re.search(r'data-pulse="([^"]+)"', client.get("/projects/intranet").text)
    assert found
    return found[1]


@pytest.mark.parametrize("name", ["claire", "marc", "rita", "lou"])
def test_the_pulse_of_a_client_rests_while_staff_write_and_log_among_themselves(world: World, name: str) -> None:
    client = world.sign_in(world.clients[name])
    asked = pulse(client)
    for deed in INTERNAL.values():
        with undone():
            deed(world)
            assert client.get(asked).status_code == 204


def test_the_pulse_of_staff_tells_of_all_that(world: World) -> None:
    sam = world.sign_in(world.people.sam)
    asked = pulse(sam)
    for deed in INTERNAL.values():
        with undone():
            deed(world)
            assert sam.get(asked).status_code == 200


def test_notes_do_not_count_among_comments(people: Cast) -> None:
    ticket = people.ticket()
    keys = [people.comment(ticket, internal=internal).key for internal in (False, True, True, False, True)]
    assert keys == ["1", "n1", "n2", "2", "n3"]


def test_entries_that_are_not_valued_leave_no_gap_in_the_numbers(world: World) -> None:
    Project.update(detail="entry").execute()
    for valued in (10, 0, 10):
        log(world, "claire", valued)
    hours = world.sign_in(world.people.claire).get("/projects/intranet/hours", headers=VARIANTS["json"])
    numbers = sorted({line["entry"] for line in hours.json["lines"]} - {None})
    assert numbers == list(range(1, len(numbers) + 1))
