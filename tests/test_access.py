"""Who may do what: every address x every kind of person, held against one table. An address without a row fails."""

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.people import Cast, cast
from tests.undo import undone
from trackr import db
from trackr.mail import post
from trackr.mail.addresses import unsubscribe_token
from trackr.models import (
    Activity,
    AddressChange,
    Agency,
    Alert,
    BlockedSender,
    CannedReply,
    Charge,
    DayOff,
    Estimate,
    Feed,
    Invitation,
    Link,
    LinkedAccount,
    Mail,
    MailedKey,
    Person,
    Project,
    SavedView,
    Session,
    logo,
)
from trackr.settings import Settings
from trackr.web.app import Application
from trackr.web.auth import WRITING

HTMX = {"HX-Request": "true"}

# Of the intranet project, a ticket that Claire asked, with a comment of hers and an entry of Sam's. Lee is staff, but
# takes part in the shop alone. `ok` is let through (also with a form that is bad: 422), `in` is led to the sign-in.
PEOPLE = ("olive", "sam", "lee", "claire", "marc", "zoe", "nobody")
TABLE = """
                              olive sam  lee  claire marc zoe nobody
acceptances.create    POST    ok    ok   404  404    404  404 in
activities.index      GET     ok    403  403  403    403  403 in
activities.create     POST    ok    403  403  403    403  403 in
activities.edit       GET     ok    403  403  404    404  404 in
activities.update     PATCH   ok    403  403  404    404  404 in
activity_archivals.create  POST    ok  403  403  404  404  404 in
activity_archivals.destroy DELETE  ok  403  403  404  404  404 in
acknowledgements.update PUT   403   403  404  ok     404  404 in
agencies.edit         GET     ok    403  403  403    403  403 in
agencies.update       PUT     ok    403  403  403    403  403 in
account.edit          GET     ok    ok   ok   ok     ok   ok  in
account.update        PATCH   ok    ok   ok   ok     ok   ok  in
all_ticket_files.show GET     ok    ok   ok   403    403  403 in
accesses.edit         GET     ok    403  403  403    403  403 in
accesses.update       PATCH   ok    403  403  403    403  403 in
audits.index          GET     ok    403  403  403    403  403 in
audit_files.show      GET     ok    403  403  403    403  403 in
authenticators.new    GET     ok    ok   ok   ok     ok   ok  in
authenticators.create POST    ok    ok   ok   ok     ok   ok  in
authenticators.update PUT     ok    ok   ok   ok     ok   ok  in
authenticators.destroy DELETE ok    ok   ok   ok     ok   ok  in
devices.destroy       DELETE  ok    404  404  ok     404  404 in
linked_accounts.create  POST  ok    ok   ok   ok     ok   ok  in
linked_accounts.destroy DELETE ok   404  404  ok     404  404 in
provider_proofs.create POST   ok    ok   ok   ok     ok   ok  in
provider_sign_ins.show GET    ok    ok   ok   ok     ok   ok  ok
provider_sign_ins.create POST ok    ok   ok   ok     ok   ok  ok
people.edit           GET     ok    404  404  403    404  404 in
people.update         PATCH   ok    404  404  403    404  404 in
person_devices.destroy DELETE ok    404  404  ok     404  404 in
person_copies.show    GET     ok    404  404  ok     404  404 in
erasures.create       POST    ok    404  404  403    404  404 in
glances.create        POST    ok    404  404  403    404  404 in
glances.destroy       DELETE  ok    ok   ok   ok     ok   ok  in
second_steps.new      GET     ok    ok   ok   ok     ok   ok  ok
second_steps.create   POST    ok    ok   ok   ok     ok   ok  ok
all_tickets.index     GET     ok    ok   ok   403    403  403 in
archivals.create      POST    ok    403  404  403    403  404 in
archivals.destroy     DELETE  ok    403  404  403    403  404 in
attachments.new       GET     ok    ok   404  ok     404  404 in
attachments.create    POST    ok    ok   404  ok     404  404 in
attachments.show      GET     ok    ok   404  ok     404  404 in
attachments.destroy   DELETE  ok    403  404  ok     404  404 in
assets.show           GET     ok    ok   ok   ok     ok   ok  ok
blockings.create      POST    ok    ok   404  404    404  404 in
blockings.destroy     DELETE  ok    ok   ok   404    404  404 in
bulk_changes.create   POST    ok    ok   404  403    403  404 in
calendars.show        GET     ok    ok   ok   ok     ok   ok  ok
canned_replies.index  GET     ok    ok   ok   403    403  403 in
canned_replies.create POST    ok    ok   ok   403    403  403 in
canned_replies.edit   GET     ok    ok   ok   404    404  404 in
canned_replies.update PATCH   ok    ok   ok   404    404  404 in
canned_replies.destroy DELETE ok    ok   ok   404    404  404 in
charge_files.show     GET     ok    403  403  403    403  403 in
charge_moves.create   POST    ok    403  403  403    403  403 in
charges.index         GET     ok    403  403  403    403  403 in
charges.edit          GET     ok    404  404  404    404  404 in
charges.update        PATCH   ok    404  404  404    404  404 in
closings.new          GET     ok    403  404  403    403  404 in
closings.create       POST    ok    403  404  403    403  404 in
closures.create       POST    ok    ok   404  ok     404  404 in
colleagues.create     POST    ok    403  404  ok     404  404 in
closures.destroy      DELETE  ok    ok   404  ok     404  404 in
columns.index         GET     ok    403  404  403    403  404 in
columns.create        POST    ok    403  404  403    403  404 in
columns.edit          GET     ok    403  404  404    404  404 in
columns.update        PATCH   ok    403  404  404    404  404 in
columns.destroy       DELETE  ok    403  404  404    404  404 in
comment_mails.show    GET     ok    ok   404  ok     404  404 in
comments.create       POST    ok    ok   404  ok     404  404 in
comments.show         GET     ok    ok   404  403    404  404 in
comments.edit         GET     403   403  404  ok     404  404 in
comments.update       PATCH   403   403  404  ok     404  404 in
comments.destroy      DELETE  403   403  404  ok     404  404 in
days_off.create       POST    ok    403  403  403    403  403 in
days_off.destroy      DELETE  ok    403  403  404    404  404 in
dismissals.create     POST    ok    ok   404  ok     404  404 in
dismissals.destroy    DELETE  ok    ok   404  ok     404  404 in
completions.index     GET     ok    ok   404  ok     404  404 in
drafts.update         PUT     ok    ok   404  ok     404  404 in
drafts.destroy        DELETE  ok    ok   404  ok     404  404 in
entries.new           GET     ok    ok   404  403    404  404 in
entries.create        POST    ok    ok   404  403    404  404 in
entries.edit          GET     ok    ok   404  404    404  404 in
entries.update        PATCH   ok    ok   404  404    404  404 in
entries.destroy       DELETE  ok    ok   404  404    404  404 in
entries.propose       GET     ok    ok   404  403    404  404 in
estimates.new         GET     ok    ok   404  403    404  404 in
estimates.create      POST    ok    ok   404  403    404  404 in
estimates.update      PATCH   403   403  404  ok     404  404 in
estimates.destroy     DELETE  ok    ok   404  403    404  404 in
examples.show         GET     ok    403  404  403    403  404 in
event_feeds.show      GET     ok    ok   ok   ok     ok   ok  ok
feeds.create          POST    ok    ok   ok   ok     ok   ok  in
feeds.destroy         DELETE  404   404  404  ok     404  404 in
health.show           GET     ok    ok   ok   ok     ok   ok  ok
filings.create        POST    ok    ok   ok   403    403  403 in
held_mails.index      GET     ok    ok   ok   403    403  403 in
held_mails.show       GET     ok    ok   404  404    404  404 in
held_mails.destroy    DELETE  ok    ok   404  404    404  404 in
histories.index       GET     ok    ok   ok   403    403  403 in
histories.show        GET     ok    ok   404  ok     ok   404 in
home.index            GET     ok    ok   ok   ok     ok   ok  in
hours.show            GET     ok    ok   404  ok     404  404 in
invitations.show      GET     ok    ok   ok   ok     ok   ok  ok
invitations.update    POST    ok    ok   ok   ok     ok   ok  ok
links.create          POST    ok    ok   404  403    404  404 in
links.destroy         DELETE  ok    ok   404  404    404  404 in
logos.show            GET     ok    ok   ok   ok     ok   ok  in
mail_choices.update   PUT     ok    ok   ok   ok     ok   ok  in
mail_previews.index   GET     ok    403  403  403    403  403 in
mail_previews.show    GET     ok    404  404  404    404  404 in
mailbox_tests.create  POST    ok    403  403  403    403  403 in
addresses.show        GET     ok    ok   ok   ok     ok   ok  ok
addresses.update      POST    ok    ok   ok   ok     ok   ok  ok
mailed_codes.new      GET     ok    ok   ok   ok     ok   ok  ok
mailed_codes.create   POST    ok    ok   ok   ok     ok   ok  ok
mailed_links.show     GET     ok    ok   ok   ok     ok   ok  ok
mailed_links.update   POST    ok    ok   ok   ok     ok   ok  ok
mail_tests.create     POST    ok    403  403  403    403  403 in
mails.index           GET     ok    403  403  403    403  403 in
mails.show            GET     ok    404  404  404    404  404 in
memberships.index     GET     ok    ok   404  403    403  404 in
memberships.create    POST    ok    403  404  403    403  404 in
memberships.destroy   DELETE  ok    403  404  404    404  404 in
merges.new            GET     ok    ok   404  403    404  404 in
merges.create         POST    ok    ok   404  403    404  404 in
merges.destroy        DELETE  ok    ok   404  403    404  404 in
meters.show           GET     ok    ok   404  ok     404  404 in
opening_hours.edit    GET     ok    403  403  403    403  403 in
opening_hours.update  PUT     ok    403  403  403    403  403 in
participants.create   POST    ok    ok   404  ok     404  404 in
participants.destroy  DELETE  ok    ok   404  ok     404  404 in
palettes.show         GET     ok    ok   ok   ok     ok   ok  in
placements.edit       GET     ok    ok   404  403    404  404 in
placements.update     PUT     ok    ok   404  403    404  404 in
pictures.show         GET     ok    ok   404  ok     404  404 in
previews.create       POST    ok    ok   ok   ok     ok   ok  in
projects.show         GET     ok    ok   404  ok     ok   404 in
projects.new          GET     ok    403  403  403    403  403 in
projects.create       POST    ok    403  403  403    403  403 in
projects.edit         GET     ok    403  404  403    403  404 in
projects.update       PATCH   ok    403  404  403    403  404 in
properties.edit       GET     ok    ok   404  403    404  404 in
pulses.show           GET     ok    ok   404  ok     ok   404 in
purchases.new         GET     ok    403  404  403    403  404 in
purchases.create      POST    ok    403  404  403    403  404 in
purchases.edit        GET     ok    403  404  403    404  404 in
purchases.update      PATCH   ok    403  404  403    404  404 in
purchases.destroy     DELETE  ok    403  404  403    404  404 in
rates.edit            GET     ok    403  403  403    403  403 in
rates.update          PUT     ok    403  403  403    403  403 in
report_files.show     GET     ok    ok   ok   404    404  404 in
reports.show          GET     ok    ok   ok   403    403  403 in
requests.new          GET     403   403  404  ok     404  404 in
requests.create       POST    403   403  404  ok     404  404 in
resendings.create     POST    ok    404  404  404    404  404 in
satisfactions.update   PUT    403   403  404  ok     404  404 in
saved_views.new       GET     ok    ok   ok   404    404  404 in
saved_views.create    POST    ok    ok   ok   ok     ok   ok  in
saved_views.edit      GET     ok    ok   404  404    404  404 in
saved_views.update    PATCH   ok    ok   404  404    404  404 in
saved_views.destroy   DELETE  ok    ok   404  404    404  404 in
searches.index        GET     ok    ok   ok   ok     ok   ok  in
sessions.new          GET     ok    ok   ok   ok     ok   ok  ok
sessions.create       POST    ok    ok   ok   ok     ok   ok  ok
sessions.destroy      POST    ok    ok   ok   ok     ok   ok  in
setups.new            GET     404   404  404  404    404  404 404
setups.create         POST    404   404  404  404    404  404 404
sights.create         POST    ok    ok   404  ok     ok   404 in
statements.index      GET     ok    ok   404  ok     404  404 in
statements.show       GET     ok    ok   404  ok     404  404 in
statement_files.show  GET     ok    ok   404  ok     404  404 in
suggestions.index     GET     ok    ok   ok   ok     ok   ok  in
ticket_files.show     GET     ok    ok   404  ok     ok   404 in
ticket_histories.show GET     ok    ok   404  ok     404  404 in
targets.edit          GET     ok    403  404  403    403  404 in
targets.update        PUT     ok    403  404  403    403  404 in
templates.edit        GET     ok    403  404  403    403  404 in
templates.update      PUT     ok    403  404  403    403  404 in
tickets.index         GET     ok    ok   404  ok     ok   404 in
tickets.new           GET     ok    ok   404  ok     ok   404 in
tickets.create        POST    ok    ok   404  ok     ok   404 in
tickets.show          GET     ok    ok   404  ok     404  404 in
tickets.edit          GET     ok    ok   404  ok     404  404 in
tickets.update        PATCH   ok    ok   404  ok     404  404 in
turns.index           GET     ok    ok   ok   403    403  403 in
turns.update          PUT     ok    ok   404  403    404  404 in
ticks.update          PUT     403   403  404  ok     404  404 in
unsubscriptions.show  GET     ok    ok   ok   ok     ok   ok  ok
unsubscriptions.create POST   ok    ok   ok   ok     ok   ok  ok
weeks.show            GET     ok    ok   ok   403    403  403 in
weeks.create          POST    ok    ok   ok   403    403  403 in
timers.create         POST    ok    ok   404  403    404  404 in
timers.update         PATCH   ok    ok   404  403    404  404 in
timers.destroy        DELETE  ok    ok   404  403    404  404 in
timesheets.show       GET     ok    ok   404  ok     404  404 in
typings.create        POST    ok    ok   404  ok     404  404 in
transfers.new         GET     ok    ok   404  403    404  404 in
transfers.create      POST    ok    ok   404  403    404  404 in
years.show            GET     ok    ok   404  ok     404  404 in
"""
ROWS = {(row.split()[0], row.split()[1]): row.split()[2:] for row in TABLE.strip().splitlines()[1:]}
CASES = pytest.mark.parametrize(("endpoint", "method"), ROWS, ids=list(map(" ".join, ROWS)))

# What is written even to a project that is archived: taking it out again, and what is not about a project.
EVEN_ARCHIVED = {
    "accesses",
    "authenticators",
    "devices",
    "erasures",
    "glances",
    "linked_accounts",
    "provider_proofs",
    "provider_sign_ins",
    "people",
    "person_devices",
    "second_steps",
    "account",
    "activities",
    "activity_archivals",
    "agencies",
    "archivals",
    "canned_replies",
    "charge_moves",
    "charges",
    "days_off",
    "feeds",
    "invitations",
    "mail_choices",
    "acceptances",
    "blockings",
    "filings",
    "held_mails",
    "mail_tests",
    "mailbox_tests",
    "addresses",
    "mailed_codes",
    "mailed_links",
    "opening_hours",
    "previews",
    "resendings",
    "projects.create",
    "rates",
    "saved_views",
    "sessions",
    "setups",
    "sights",
    "unsubscriptions",
    "weeks",
}


class World(NamedTuple):
    app: Flask
    sign_in: SignIn
    people: dict[str, Person | None]
    samples: dict[str, object]

    def address(self, endpoint: str, method: str) -> str:
        with self.app.test_request_context():
            return self.app.url_for(endpoint, _method=method, **self.arguments(endpoint))

    def arguments(self, endpoint: str) -> dict[str, object]:
        """A KeyError here is an argument of an address that has no sample yet."""
        return {name: self.samples[name] for name in next(self.app.url_map.iter_rules(endpoint)).arguments}

    def ask(self, name: str, endpoint: str, method: str, headers: dict[str, str] | None = None) -> str:
        """What happens to that person there; whatever it changed is taken back."""
        with undone():
            client = self.sign_in(self.people[name])
            return outcome(client.open(self.address(endpoint, method), method=method, headers=headers))


def outcome(answer: TestResponse) -> str:
    if answer.status_code == 401 or (answer.location or "").startswith("/sign-in?"):
        return "in"
    return "ok" if answer.status_code in (200, 204, 303, 422) else str(answer.status_code)


class Furnished(NamedTuple):
    data: Path
    people: dict[str, Person | None]
    samples: dict[str, object]


@pytest.fixture(scope="module")
def furnished(empty_instance: Path, only_app: Application, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """An instance with a record for every address, and their names in the addresses."""
    data = tmp_path_factory.mktemp("furnished") / "data"
    shutil.copytree(empty_instance, data)
    settings = Settings.load({}, data)
    db.open_database(settings)
    post.open(settings)
    people = cast()
    lee = people.person("lee", "staff", limited=True, shop=True)
    samples = samples_of(people, only_app.jinja_env.globals["asset"]("app.css"))
    db.database.close()
    return Furnished(data, people.everybody | {"lee": lee, "nobody": None}, samples)


@pytest.fixture(scope="module")
def first_instance(furnished: Furnished) -> Path:
    return furnished.data


@pytest.fixture
def world(app: Flask, furnished: Furnished, sign_in: SignIn) -> World:
    return World(app, sign_in, furnished.people, furnished.samples)


def samples_of(people: Cast, stylesheet: str) -> dict[str, object]:
    """What stands in an address, by the name it has in rules."""
    ticket = people.ticket()
    people.comment(ticket, people.claire)
    Agency.update(logo=logo.keep(b"An image")).execute()
    digest, name = stylesheet.split("/")[2:]
    return {
        "activity": Activity.get().id,
        "alert": Alert.create(project=people.intranet, purchase=people.pack(), threshold="75%").id,
        "project": "intranet",
        "ticket": ticket.id,
        "day_off": DayOff.create(first_on=date(2026, 12, 25), last_on=date(2026, 12, 25), name="Christmas").id,
        "charge": Charge.get(Charge.purchase == people.pack()).id,
        "statement": people.statement().number,
        "column": people.intranet.ordered_columns()[1].id,
        "comment": "1",
        "canned_reply": CannedReply.add(people.sam, name="Thanks", body="Thank you").id,
        "form": f"reply:{ticket.id}",
        "text": f"comment:{ticket.id}:1",
        "letter": "reply",
        "held_mail": people.held(project=people.intranet).id,
        "blocked_sender": BlockedSender.create(email="x@y.example").id,
        "mail": Mail.create(
            kind="ticket", person=people.sam, address="sam@cobalt.example", ticket=ticket, message_id="<1>", due_at=0
        ).id,
        "stop": unsubscribe_token(people.claire.id, ticket.id),
        "entry": people.entry(ticket).id,
        "estimate": Estimate.propose(ticket, people.sam, low_minutes=120, ceiling_minutes=180).id,
        "attachment": people.file(ticket, people.claire).id,
        "filename": "photo.png",
        "link": Link.join(ticket, people.sam, people.ticket()).id,
        "membership": people.memberships["claire"].id,
        "person": people.claire.id,
        "device": device_of(people.claire),
        "linked_account": LinkedAccount.create(person=people.claire, issuer="https://a.example", subject="1").id,
        "purchase": people.pack().id,
        "table": "months",
        "extension": "csv",
        "view": SavedView.keep(people.sam, people.intranet, name="Mine", query="q=form", shared=True).id,
        "calendar": Feed.issue(people.claire, "calendar"),
        "events": Feed.issue(people.claire, "events"),
        "feed": Feed.select().first().id,
        "token": Invitation.issue(people.claire),
        "change": AddressChange.ask(people.claire, "new@town.example").confirm,
        "key": MailedKey.issue(people.claire, "browser").token,
        "digest": digest,
        "name": name,
    }


def device_of(person: Person) -> int:
    """A device on which the person is signed in."""
    session = Session.load(Session.begin(person)).session
    assert session is not None
    return session.id


def writes(endpoint: str, method: str) -> bool:
    """Whether it writes to a project."""
    return method in WRITING and not {endpoint, endpoint.split(".")[0]} & EVEN_ARCHIVED


def methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def test_every_address_has_its_row(app: Flask) -> None:
    assert {(rule.endpoint, method) for rule in app.url_map.iter_rules() for method in methods(rule)} == set(ROWS)


@CASES
def test_everybody_may_do_what_the_table_says_and_no_more(world: World, endpoint: str, method: str) -> None:
    assert [world.ask(name, endpoint, method) for name in PEOPLE] == ROWS[endpoint, method]


@CASES
def test_htmx_opens_no_other_door(world: World, endpoint: str, method: str) -> None:
    assert [world.ask(name, endpoint, method, HTMX) for name in PEOPLE] == ROWS[endpoint, method]


@pytest.mark.parametrize(("endpoint", "method"), [key for key in ROWS if key[1] in ("PUT", "PATCH", "DELETE")])
def test_a_method_named_in_a_form_is_guarded_like_the_method_itself(world: World, endpoint: str, method: str) -> None:
    address, found = world.address(endpoint, method), []
    for name in PEOPLE:
        with undone():
            found.append(outcome(world.sign_in(world.people[name]).post(address, data={"_method": method.lower()})))
    assert found == ROWS[endpoint, method]


# A member who does not see the hours is told of the archive first: the project's own pages say no less.
ARCHIVED_FIRST = {("requests.create", "marc")}


@CASES
def test_an_archived_project_can_be_read_and_not_written(world: World, endpoint: str, method: str) -> None:
    Project.get(Project.slug == "intranet").archive(world.people["olive"])
    expected = [
        "403" if writes(endpoint, method) and (seen == "ok" or (endpoint, name) in ARCHIVED_FIRST) else seen
        for name, seen in zip(PEOPLE, ROWS[endpoint, method], strict=True)
    ]
    assert [world.ask(name, endpoint, method) for name in PEOPLE] == expected


def test_every_other_method_is_refused_to_everybody(world: World) -> None:
    addresses: dict[str, set[str]] = {}
    for endpoint, method in ROWS:
        addresses.setdefault(world.address(endpoint, method), set()).add(method)
    refused = {
        (name, method, address): world.sign_in(world.people[name]).open(address, method=method).status_code
        for address, known in addresses.items()
        for method in {"GET", *WRITING} - known
        for name in ("olive", "nobody")
    }
    assert {key: status for key, status in refused.items() if status != 405} == {}


def test_htmx_is_told_to_sign_in_and_not_led_to_another_page(world: World) -> None:
    client = world.sign_in(None)
    for (endpoint, method), row in ROWS.items():
        if row[-1] == "in":
            assert client.open(world.address(endpoint, method), method=method, headers=HTMX).status_code == 401


def test_before_the_first_set_up_everything_leads_there(world: World) -> None:
    Agency.delete().execute()
    client, kept = world.sign_in(None), {"assets.show", "health.show", "setups.new", "setups.create"}
    for endpoint, method in set(ROWS) - {(name, method) for name in kept for method in ("GET", "POST")}:
        assert client.open(world.address(endpoint, method), method=method).location == "/setup", endpoint
