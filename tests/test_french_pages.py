"""Who reads Trackr in French finds no English: on no page, in no fragment, and in no answer to a form."""

import functools
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import catalogue
from tests.clock import Clock
from tests.conftest import SignIn
from tests.hours.documents import january
from tests.people import Cast
from tests.undo import undone
from trackr.forms.projects import column_names
from trackr.hours.document import Document
from trackr.mail.addresses import unsubscribe_token
from trackr.models import (
    Activity,
    AddressChange,
    Alert,
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
    Person,
    Project,
    Purchase,
    SavedView,
    Session,
    Target,
    Ticket,
)
from trackr.models.activity import FIRST
from trackr.models.mail import tell
from trackr.reach.mails import LETTERS
from trackr.web.auth import WRITING

ENGLISH = catalogue.only_english()


@dataclass
class World:
    """The cast, who all read French, and one of everything that pages show."""

    app: Flask
    sign_in: SignIn
    people: Cast
    values: dict[str, list[object]]

    def client(self, name: str) -> FlaskClient:
        client = self.sign_in(None if name == "nobody" else getattr(self.people, name))
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"  # for what is shown to people signed out
        return client

    def addresses(self, methods: set[str], values: int) -> list[tuple[str, str]]:
        """Every address with the first so many values of its arguments; a new argument is a KeyError here."""
        found = []
        with self.app.test_request_context():
            for rule in self.app.url_map.iter_rules():
                names = sorted(rule.arguments)
                if rule.endpoint == "assets.show":
                    continue
                for chosen in product(*(self.values[name][:values] for name in names)):
                    arguments = dict(zip(names, chosen, strict=True))
                    for method in (rule.methods or set()) & methods:
                        found.append((method, self.app.url_for(rule.endpoint, _method=method, **arguments)))
        return found


@pytest.fixture
def world(app: Flask, people: Cast, sign_in: SignIn, clock: Clock) -> World:
    newcomer = people.person("lou", intranet=True)
    Person.update(language="fr").execute()
    Activity.update(name="Hors horaires").where(Activity.name == "Out of hours").execute()
    postpaid = Project.open(people.olive, name="Site", slug="postpaid", client="Cabinet", billing="postpaid")
    archived = Project.open(people.olive, name="Archives", slug="archived", client="Cabinet")
    for project in (people.intranet, people.shop, postpaid, archived):
        name_columns(app, project)
    for project in (postpaid, archived):
        Entry.log(Ticket.open(project, people.olive, title="Sauvegardes"), people.sam, spent_minutes=95)
    archived.archive(people.olive)
    tickets = [busy_ticket(people, clock), people.ticket(people.marc, title="Le planning")]
    tickets[1].close(people.sam)
    fill_packs(people)
    for english, french, *_figures in FIRST:  # the agency of the cast began in English
        Activity.update(name=french).where(Activity.name == english).execute()
    values: dict[str, list[object]] = {
        "activity": [Activity.get().id],
        "alert": [Alert.create(project=people.intranet, purchase=Purchase.get(), threshold="1%").id],
        "day_off": [DayOff.create(first_on=date(2026, 12, 25), last_on=date(2026, 12, 26), name="Fermeture").id],
        "project": ["intranet", "shop", "postpaid", "archived"],
        "ticket": [ticket.id for ticket in tickets],
        "comment": [comment.key for comment in Comment.select()],
        "entry": [entry.id for entry in Entry.select()],
        "estimate": [estimate.id for estimate in Estimate.select().order_by(Estimate.id.desc())],
        "attachment": [people.file(tickets[0], people.claire).id],
        "filename": ["photo.png"],
        "letter": list(LETTERS),
        "mail": [mail(people, tickets[0])],
        "stop": [unsubscribe_token(people.claire.id, tickets[0].id)],
        "link": [Link.join(tickets[0], people.sam, tickets[1]).id],
        "column": [column.id for column in people.intranet.ordered_columns()],
        "person": [people.claire.id],
        "canned_reply": [CannedReply.add(people.sam, name="Merci", body="Merci").id],
        "form": [f"reply:{tickets[0].id}"],
        "text": [f"edit:{tickets[0].id}"],
        "view": [SavedView.keep(people.sam, people.intranet, name="Les miennes", query="q=date", shared=True).id],
        "membership": [people.memberships["claire"].id],
        "linked_account": [LinkedAccount.create(person=people.claire, issuer="https://a.example", subject="1").id],
        "device": [Session.load(Session.begin(people.claire)).session.id],
        "purchase": ask_and_answer(people),
        "statement": [people.statement(in_french()).number],
        "calendar": [Feed.issue(people.claire, "calendar")],
        "events": [Feed.issue(people.claire, "events")],
        "feed": [Feed.get().id],
        "table": ["months", "people"],
        "extension": ["csv", "json"],
        "charge": [Charge.get().id],
        "held_mail": [people.held(b"Subject: Le planning\n\nBonjour", subject="Le planning").id],
        "blocked_sender": [BlockedSender.create(email="x@y.example").id],
        "token": [Invitation.issue(newcomer), "spent"],
        "change": [*AddressChange.ask(newcomer, "new@town.example"), "spent"],
        "key": [MailedKey.issue(newcomer, "browser").token, "spent"],
    }
    return World(app, sign_in, people, values)


def in_french() -> Document:
    """A statement whose own words are French: a line that came late, and one that takes time back."""
    whole = january()
    late, back = whole.tickets[0].lines
    lines = (
        replace(late, notes=("Cause trouvée",), is_late=True),
        replace(back, notes=("Compté deux fois",), minutes=-15, corrects_day=back.day, corrects_statement=11),
    )
    ticket = replace(whole.tickets[0], title="Le formulaire perd la date", lines=lines)
    return replace(whole, tickets=(ticket,), client_reference="", rate_cents=9000)


def mail(people: Cast, ticket: Ticket) -> int:
    """A mail that waits, about everything on the ticket."""
    found = Mail.create(
        kind="ticket", person=people.sam, address="", project=ticket.project, ticket=ticket, message_id="", due_at=0
    )
    tell(found, [(event, "participant") for event in Event.select().where(Event.ticket == ticket)])
    return found.id


def name_columns(app: Flask, project: Project) -> None:
    with app.app_context():
        names = column_names("fr")
    for column, name in zip(project.ordered_columns(), names, strict=True):
        Column.update(name=name).where(Column.id == column.id).execute()


def busy_ticket(people: Cast, clock: Clock) -> Ticket:
    """A ticket on which everything has happened that a page tells."""
    claire, sam, project = people.claire, people.sam, people.intranet
    Target.set_for(project, people.olive, first={"normal": 240, "urgent": 60}, later={"urgent": 60}, tells=True)
    ticket = people.ticket(title="Le formulaire perd la date", body="Oui", body_html="<p>Oui</p>", priority="urgent")
    mended = people.entry(ticket, 65, note="Cause trouvée")
    mended.change(sam, spent_minutes=70, valued_minutes=75, day=mended.day, note="Cause", internal_note="long")
    people.entry(ticket, 20).remove(sam)
    clock.forward(days=40)
    project.change(people.olive, review_hours=48, increment=15)
    people.entry(ticket, 30, valued_minutes=30)
    people.comment(ticket, claire, "Merci").edit(claire, body="Merci", body_html="<p>Merci</p>")
    people.comment(ticket, sam, "À voir", internal=True)
    people.comment(ticket, sam, "Bien", internal=True).remove(sam)
    people.comment(ticket, sam, "Encore").remove(sam)
    ticket.change(sam, title="La date disparaît", priority="high", kind="assistance", assignee=sam)
    ticket.change(sam, assignee=None, body="Bonsoir", body_html="<p>Bonsoir</p>")
    ticket.close(claire)
    ticket.reopen(claire)
    estimate(ticket, people, 60).accept(claire, "Allez-y")
    estimate(ticket, people, 90).decline(claire)
    estimate(ticket, people, 120).withdraw(sam)
    for minutes in (150, 180):
        estimate(ticket, people, minutes)
    return ticket


def estimate(ticket: Ticket, people: Cast, minutes: int) -> Estimate:
    return Estimate.propose(ticket, people.sam, low_minutes=minutes, ceiling_minutes=minutes + 15, message="Tout")


def fill_packs(people: Cast) -> None:
    """Purchases in every state, and a project that is over its hours."""
    today, day = people.intranet.today(), timedelta(days=1)
    people.pack(1, today - 60 * day, reference="F-1")
    people.pack(2, today - 60 * day, expires_on=today - 50 * day, reference="F-2")
    people.pack(20, today, expires_on=today + 300 * day, kind="gift")
    people.pack(10, today, valid_from=today + 20 * day)
    Purchase.add(people.shop, people.olive, minutes=30, bought_on=today)
    Entry.log(Ticket.open(people.shop, people.zoe, title="Le panier"), people.sam, spent_minutes=90)


def ask_and_answer(people: Cast) -> list[object]:
    """Requests with every answer; those that can still be answered, and a pack that can be taken back."""
    project, today = people.intranet, people.intranet.today()
    asked = [Purchase.request(project, people.claire, minutes=60 * hours, message="Oui") for hours in range(1, 6)]
    terms = {"bought_on": today, "expires_on": None, "reference": "", "kind": "pack"}
    for request, minutes in zip(asked, (60, 90), strict=False):
        request.open(people.olive, minutes=minutes, valid_from=today + timedelta(days=9), **terms)
    asked[2].cancel(people.olive, "Non")
    asked[3].cancel(people.claire)
    people.pack(3, today + timedelta(days=9)).cancel(people.olive)
    return [asked[4].id, asked[0].id]


def english_in(answer: TestResponse) -> set[str]:
    """The texts of a page that are a message in English; that it calls itself English, too."""
    if answer.mimetype != "text/html" or answer.location:
        return set()
    texts = catalogue.Texts(answer.text)
    wrong = {f'lang="{language}"' for language in texts.languages if language != "fr"}
    return wrong | {text for text in texts.found if is_english(text)}


@functools.cache  # pages have most of their texts in common
def is_english(text: str) -> bool:
    return bool(ENGLISH.fullmatch(text))


@pytest.mark.parametrize("name", ["olive", "sam", "claire", "marc", "nobody"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_no_page_says_anything_in_english(world: World, name: str, headers: dict[str, str]) -> None:
    client, found = world.client(name), {}
    for _, address in world.addresses({"GET"}, values=5):
        found[address] = english_in(client.get(address, headers=headers))
    assert {address: texts for address, texts in found.items() if texts} == {}


QUERIES = ("tickets?q=nowhere", "tickets?priority=low", "hours?month=2026-03")


@pytest.mark.parametrize("name", ["olive", "claire"])
def test_nor_does_one_where_nothing_is_found(world: World, name: str) -> None:
    client = world.client(name)
    addresses = ["/nowhere", *(f"/projects/{slug}/{page}" for slug in ("intranet", "shop") for page in QUERIES)]
    assert {texts for address in addresses for texts in english_in(client.get(address))} == set()


# What is wrong with a form: too little, and too much; or nothing, and what it then says is read.
LONG = "x" * 100_001
FORMS: list[dict[str, str]] = [
    {},
    {"body": LONG, "title": LONG, "name": LONG, "duration": "45", "day": "tomorrow", "email": "x@", "hours": "0"},
    {"body": "x", "title": "x", "name": "x", "duration": "-1h", "day": "2031-01-01", "priority": "x", "hours": "x"},
    {"body": "x", "duration": "1:2:3", "valued": "25h", "column": "x", "position": "x", "increment": "x", "kind": "x"},
    {"body": "x", "valued": "1h", "duration": "", "increment": "1", "grace": "5", "timezone": "x", "slug": "É"},
    {"body": "x", "duration": "0", "password": "short", "language": "x", "expires_on": "2020-01-01", "hours": "20"},
    {"name": "x", "email": "marc@town.example", "role": "staff", "password": "wrong and long enough"},
]


@pytest.mark.parametrize("name", ["olive", "claire", "nobody"])
@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_no_form_answers_in_english(world: World, name: str, form: dict[str, str]) -> None:
    found = {}
    for method, address in world.addresses(WRITING, values=1):
        with undone():
            answer = world.client(name).open(address, method=method, data=form, follow_redirects=True)
            found[method, address] = english_in(answer)
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_the_first_set_up_says_nothing_in_english(app: Flask) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr-CA"
    assert english_in(client.get("/setup")) == english_in(client.post("/setup", data={"email": "x"})) == set()


def test_english_would_be_found(world: World) -> None:
    Person.update(language="en").execute()
    found = english_in(world.client("olive").get("/projects/intranet"))
    assert {'lang="en"', "Board", "Add a ticket", "Skip to content"} <= found
