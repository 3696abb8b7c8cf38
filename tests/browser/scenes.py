"""What the pages under inspection show: every part that a page may have, and the addresses of all pages."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.hours.documents import january
from tests.people import Cast
from trackr.mail import post
from trackr.mail.addresses import unsubscribe_token
from trackr.models import (
    Activity,
    AddressChange,
    CannedReply,
    Charge,
    Column,
    Estimate,
    Event,
    Invitation,
    Link,
    Mail,
    MailedKey,
    Participant,
    Person,
    Project,
    Purchase,
    Satisfaction,
    SavedView,
    Tag,
    Target,
    Template,
    Ticket,
    opening,
    question,
)
from trackr.models.base import now
from trackr.models.mail import tell
from trackr.models.rates import set_rates
from trackr.settings import Settings

ADDRESS = "https://town.example/" + "reservation" * 20  # which has no place to break it
TEXT = """<p>It happens <strong>each time</strong>, see <a href="https://example.org/a" rel="noopener">the page</a>:</p>
<ul><li>open the form</li><li>choose a day</li></ul>
<pre><code>a_very_long_line_of_code_without_a_single_blank_in_it();</code></pre>
<blockquote><p>Quoted</p></blockquote><table><thead><tr><th>Browser</th><th>Version</th></tr></thead>
<tbody><tr><td>Firefox</td><td>128</td></tr></tbody></table>"""


@dataclass(frozen=True)
class Scene:
    """The cast's instance, furnished; `addresses` of each person's pages, "nobody" among them."""

    people: Cast
    ticket: Ticket
    nina: Person  # who takes part in nothing yet
    addresses: dict[str, tuple[str, ...]]

    def person(self, name: str) -> Person | None:
        return (self.people.everybody | {"nina": self.nina}).get(name)


def furnish(people: Cast, data: Path) -> Scene:
    """Fill the intranet project with every kind of column, priority and line; others with the states of the hours."""
    ticket = people.ticket(title="The form loses the date when the page is left and opened again", body_html=TEXT)
    said = _talk(people, ticket)
    first, later = {"normal": 240, "urgent": 60}, {"normal": 480}
    Target.set_for(people.intranet, people.olive, first=first, later=later, tells=True)
    opening.add_day_off(people.olive, first_on=people.intranet.today(), last_on=people.intranet.today(), name="Fair")
    _board(people)
    archived, postpaid, overdrawn = _other_projects(people)
    ticket.agree(240)
    Estimate.propose(ticket, people.sam, low_minutes=300, ceiling_minutes=360, message="With the tennis court")
    link = f"/invitations/{Invitation.issue(people.zoe)}"
    changes = [f"/addresses/{token}" for token in (*AddressChange.ask(people.zoe, "zoe@new.example"), "gone")]
    key = f"/sign-in/{MailedKey.issue(people.zoe, 'browser').token}"
    mail = _mails(people, ticket, data)
    stop = f"/unsubscribe/{unsubscribe_token(people.claire.id, ticket.id)}"
    mine, entry = people.comment(ticket, people.olive), people.entry(ticket, 5, people.olive, note=ADDRESS)
    request = Purchase.request(people.intranet, people.claire, minutes=600, message="For the new forms")
    own = people.ticket(people.marc, title="Only Marc sees this one", priority="high")
    asks, said_so, shared = _closed_and_shared(people)
    kept = _sorted_and_kept(people, ticket, own)
    statements = (
        "/projects/intranet/statements",
        f"/statements/{_statement(people, ticket)}",
        "/projects/intranet/year",
    )
    set_rates(people.olive, costs={people.olive: 6000, people.sam: 4500}, rates={people.intranet: 9000})

    project = ("/projects/intranet", "/projects/intranet/tickets", "/projects/intranet/tickets?q=nothing+fits")
    read = (
        *project,
        f"/tickets/{ticket.id}",
        "/projects/intranet/tickets/new",
        "/account",
        "/nowhere",
        "/palette",
        "/search",
        "/search?q=form",
        "/search?q=nothing+fits+is:what",
        "/views/new?project=intranet&query=q%3Dform",
    )
    past = ("/projects/intranet/activity", f"/tickets/{ticket.id}/activity")
    hours = ("/projects/intranet/hours", f"/tickets/{ticket.id}/edit")
    work = (
        f"/tickets/{ticket.id}/placement", f"/tickets/{ticket.id}/entries/new", f"/tickets/{ticket.id}/estimates/new",
        "/projects/intranet/memberships",
        f"/tickets/{ticket.id}/attachments/new",
        "/", f"/projects/{postpaid.slug}", f"/projects/{postpaid.slug}/hours", f"/projects/{archived.slug}",
        f"/projects/{overdrawn.slug}/hours", "/week", "/week?ticket=", f"/week?ticket={ticket.id}",
        f"/tickets/{ticket.id}/transfer", f"/tickets/{ticket.id}/transfer?project={postpaid.slug}",
        f"/tickets/{ticket.id}/merge", f"/tickets/{ticket.id}/properties", f"/tickets/{ticket.id}/comments/{said}",
        "/to-answer", "/tickets", "/tickets?q=form", f"/views/{kept['view']}/edit", "/search?q=server",
        "/mails/held", f"/mails/held/{people.held().id}", f"/tickets/{ticket.id}/comments/{said}/mail",
        "/reports", "/canned-replies", f"/canned-replies?ticket={ticket.id}", f"/canned-replies/{kept['reply']}/edit",
    )  # fmt: skip
    manage = (
        "/projects/new", "/projects/intranet", "/projects/intranet/columns", "/projects/intranet/templates",
        f"/projects/intranet/columns/{Column.first(people.intranet, 'active').id}/edit",
        "/projects/intranet/settings", "/projects/intranet/purchases/new", "/opening-hours", "/agency",
        "/projects/intranet/statements/new",
        "/projects/intranet/targets",
        f"/entries/{entry.id}/edit", f"/tickets/{ticket.id}/comments/{mine.key}/edit",
        "/reports", "/reports?period=2025-q3", "/reports?period=2026-03", "/reports/rates",
        "/charges", "/charges?state=paid", f"/charges/{Charge.get().id}/edit",
        "/activities", f"/activities/{Activity.get().id}/edit",
        f"/purchases/{request.id}/edit", f"/projects/{archived.slug}/settings",
        "/access", "/audit", f"/people/{people.claire.id}", f"/people/{people.sam.id}", "/account/authenticator",
        "/projects/shop", "/projects/shop/memberships", "/projects/shop/hours",
        "/mails", "/mails?state=failed", f"/mails/{mail}", "/mails/previews",
    )  # fmt: skip
    addresses = {
        "nobody": ("/sign-in", "/sign-in/mailed", key, "/sign-in/gone", link, "/invitations/gone", stop, *changes),
        "nina": ("/",),
        "zoe": (
            "/projects/shop",
            "/projects/shop/tickets",
            "/projects/shop/hours",
            "/projects/new",
            "/projects/shop/statements",
        ),
        "claire": (
            *read,
            *hours,
            *past,
            *statements,
            f"/tickets/{ticket.id}?about=12:1",
            "/projects/intranet/requests/new",
            asks,
            said_so,
        ),
        "marc": (*project, f"/tickets/{own.id}", shared),
        "sam": (*read, *hours, *work, *past, *statements, "/activity", "/activity?kind=words"),
        "olive": ("/projects/intranet/hours", "/projects/intranet/memberships", "/", "/week", *manage),
    }
    return Scene(people, ticket, people.person("nina"), addresses)


def _closed_and_shared(people: Cast) -> tuple[str, str, str]:
    """Pages of tickets: one that was closed and asks how it went, one that was told, one that is shared with Marc."""
    closed = [people.ticket(title=f"The door of the gym, {number}") for number in (1, 2)]
    for ticket in closed:
        ticket.close(people.sam)
    Satisfaction.say(closed[1], people.claire, answer="thanks", message="Quick and friendly")
    shared = people.ticket(title="The heating plan")
    Participant.invite(shared, people.claire, email=people.marc.email, name="")
    return tuple(f"/tickets/{ticket.id}" for ticket in (*closed, shared))  # type: ignore[return-value]


def _statement(people: Cast, ticket: Ticket) -> int:
    """The number of one with late time, a correction and a ticket told as a whole, that was asked about."""
    whole = january()
    late, back = whole.tickets[0].lines
    lines = (replace(late, is_late=True), replace(back, minutes=-15, corrects_day=back.day, corrects_statement=12))
    tickets = (replace(whole.tickets[0], number=ticket.id, lines=lines), replace(whole.tickets[1], lines=()))
    statement = people.statement(replace(whole, tickets=tickets, rate_cents=9000))
    question.ask(statement, ticket, people.claire)
    return int(statement.number)


def _mails(people: Cast, ticket: Ticket, data: Path) -> int:
    """One that waits, and one that failed; returns the first."""
    post.open(Settings.load({}, data))  # the links in mails are signed with the secret of the instance
    about = {"kind": "ticket", "ticket": ticket, "project": people.intranet, "due_at": now()}
    told = [(event, "participant") for event in Event.select().where(Event.ticket == ticket)]
    waits, failed = (
        Mail.create(person=person, address=person.email, message_id=f"<{person.id}>", **about)
        for person in (people.claire, people.sam)
    )
    tell(waits, told)
    failed.fail("550 No such person")
    return waits.id


def _sorted_and_kept(people: Cast, ticket: Ticket, other: Ticket) -> dict[str, int]:
    """Tags, a due day and a link on the ticket; a template, a canned reply and a view kept for everybody."""
    Tag.put(ticket, people.sam, ["booking", "mobile"])
    ticket.change(people.sam, due_on=people.intranet.today() + timedelta(days=1))
    Link.join(ticket, people.sam, other)
    Template.put(people.intranet, people.olive, {"support": "**What happens:**"})
    reply = CannedReply.add(people.sam, name="Where it stands", body="Hello {client}, we are on it.")
    view = SavedView.keep(people.sam, people.intranet, name="Urgent forms", query="priority=urgent", shared=True)
    return {"reply": reply.id, "view": view.id}


def _talk(people: Cast, ticket: Ticket) -> str:
    """The conversation; returns the key of a comment that was edited."""
    today = people.intranet.today()
    people.pack(4, today - timedelta(days=60), reference="F-2026-014", expires_on=today + timedelta(days=90))
    for weeks in range(1, 8):  # long enough for a forecast
        people.entry(ticket, 10 + weeks % 3, day=today - timedelta(weeks=weeks))
    people.comment(ticket, people.sam, "Found: the date was read in the wrong order.")
    people.comment(ticket, people.sam, "Their server is old", internal=True)
    people.entry(ticket, 65, note="Found the fault", internal_note="Half of it learning")
    people.intranet.change(people.olive, review_hours=48)  # from here on, time is to be confirmed
    thanks = people.comment(ticket, people.claire, "Thank you, it works.")
    thanks.edit(people.claire, body="!", body_html="<p>!</p>")
    people.file(ticket, people.claire)
    people.file(
        ticket, people.olive, people.comment(ticket, people.olive, "See here"), name="plan.pdf", content=b"%PDF"
    )
    people.comment(ticket, people.sam, "Gone").remove(people.sam)
    ticket.change(people.sam, priority="urgent", assignee=people.sam)
    ticket.place(people.sam, Column.first(people.intranet, "active"))
    return str(thanks.key)


def _board(people: Cast) -> None:
    for role in ("new", "active", "waiting", "done"):
        for priority in ("low", "normal", "high", "urgent"):
            ticket = people.ticket(people.marc, title=f"A ticket of priority {priority}, {role}", priority=priority)
            people.entry(ticket, 10, note="Looked at it")
            ticket.place(people.sam, Column.first(people.intranet, role))


def _other_projects(people: Cast) -> tuple[Project, Project, Project]:
    archived = Project.open(people.olive, name="Old site", slug="old-site", client="Town hall")
    _pack_of_an_hour(archived, people, spent=55)
    archived.archive(people.olive)
    postpaid = Project.open(people.olive, name="Archive", slug="archive", client="The museum", billing="postpaid")
    people.entry(Ticket.open(postpaid, people.olive, title="Scan the first volume"), 90)
    overdrawn = Project.open(people.olive, name="Harbour", slug="harbour", client="The port")
    _pack_of_an_hour(overdrawn, people, spent=90)
    return archived, postpaid, overdrawn


def _pack_of_an_hour(project: Project, people: Cast, spent: int) -> None:
    Purchase.add(project, people.olive, minutes=60, bought_on=project.today())
    people.entry(Ticket.open(project, people.olive, title="Moorings by the week"), spent)
