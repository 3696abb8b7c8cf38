"""What else is mailed than talk: warnings of hours, statements, hours asked for, invitations, ways to sign in."""

from datetime import timedelta

from tests.clock import Clock
from tests.mail import programs
from tests.mailbox import Box, go, html_of, text_of
from tests.people import Cast
from trackr.mail import delivery, outbox, reading
from trackr.mail.previews import SHOWN, preview
from trackr.models import Estimate, Invitation, Mail, Membership, Person, Purchase, ledger, passing


def test_hours_that_come_to_their_end_are_told_to_who_follows_them_even_where_nobody_looks(
    people: Cast, box: Box, clock: Clock
) -> None:
    today = people.intranet.today()
    people.pack(10, expires_on=today + timedelta(days=8))
    people.entry(people.ticket(), 8 * 60, valued_minutes=8 * 60)
    go(clock)
    box.mails.clear()
    clock.forward(days=1)
    passing.settle_all()
    go(clock)
    assert {mail["To"] for mail in box.mails} == {"claire@town.example", "olive@cobalt.example", "sam@cobalt.example"}
    [mail] = box.to("claire@town.example")
    assert mail["Subject"] == "[Intranet] 2 h expire on 22 March"
    assert "10 h bought on 14 March expire on 22 March: 2 h left." in text_of(mail)
    assert "/projects/intranet/requests/new" in text_of(mail)
    box.mails.clear()
    clock.forward(days=1)
    passing.settle_all()
    go(clock)
    assert box.mails == []  # told once


def test_a_statement_reaches_the_clients_who_see_the_hours(people: Cast, box: Box, clock: Clock) -> None:
    people.pack(10)
    people.entry(people.ticket())
    clock.forward(days=2)
    Person.update(language="fr").where(Person.id == people.claire.id).execute()
    Membership.update(hours=True).where(Membership.person == people.marc).execute()  # who sees not all that it names
    statement = ledger.close(people.intranet, people.intranet.today() - timedelta(days=1))
    go(clock)
    go(clock)
    [mail] = [mail for mail in box.mails if mail["Subject"].startswith("[Intranet] ")]
    assert mail["To"] == "claire@town.example"
    assert f"https://desk.example/statements/{statement.number}" in text_of(mail)
    assert "1 h ont été utilisées" in text_of(mail)
    [paper] = mail.iter_attachments()
    assert paper.get_filename().endswith(f"statement-{statement.number}.pdf")
    assert paper.get_content().startswith(b"%PDF") and len(paper.get_content()) < 500_000


def test_the_foot_of_a_letter_is_cut_from_whatever_answers_it_between_its_lines(
    people: Cast, box: Box, clock: Clock
) -> None:
    people.pack(10)
    people.comment(people.ticket(), people.sam, "Which field is it?")
    go(clock)
    [sent] = box.to("claire@town.example")
    body = html_of(sent).partition("<body")[2].partition(">")[2].partition("</body>")[0]
    quoted = f"<p>Hello,</p><p>On 14/03/2026 10:05, Sam wrote:</p><blockquote>{body}</blockquote><p>The second.</p>"
    unmarked = f'<p>My answers below.</p><div id="divRplyFwdMsg">From: Sam<br>Sent: 10:05<br>To: Claire</div>{body}'
    for answer in (quoted, unmarked):
        read = reading.read(programs.mail(html=answer))
        assert "Which field is it?" in read.text and "left" in read.whole
        assert "10 h" not in read.text and "unsubscribe" not in read.text


def test_hours_asked_for_and_estimates_reach_who_answers_them(people: Cast, box: Box, clock: Clock) -> None:
    ticket = people.ticket(people.marc)
    Purchase.request(people.intranet, people.claire, minutes=600, message="For the new forms")
    Estimate.propose(ticket, people.sam, low_minutes=120, ceiling_minutes=180, message="Both forms")
    go(clock)
    [asked] = [mail for mail in box.to("olive@cobalt.example") if "asks for" in mail["Subject"]]
    assert asked["From"] == '"Claire Clement (Town hall)" <desk@cobalt.example>'
    assert "Claire Clement asks for 10 h more for Intranet." in text_of(asked) and "new forms" in text_of(asked)
    [estimate] = box.to("claire@town.example")
    assert "proposed an estimate of 2 h to 3 h, saying “Both forms”" in text_of(estimate)
    assert box.to("marc@town.example") == []  # who sees no hours


def test_an_invitation_says_what_its_reader_will_see_and_the_link_is_gone_once_it_went(
    people: Cast, box: Box, clock: Clock
) -> None:
    membership = Membership.grant(
        people.intranet, people.olive, email="new@town.example", name="Ned", role="client", sees="own", hours=False
    )
    token = Invitation.issue(membership.person)
    secret = {"token": token}
    mail = outbox.queue_direct("invitation", membership.person, project=people.intranet, secret=secret, by="Olive Owen")
    assert mail is not None and token not in str(vars(mail))
    delivery.deliver()
    [sent] = box.to("new@town.example")
    assert f"https://desk.example/invitations/{token}" in text_of(sent)
    assert "You will see the tickets that you write or take part in." in text_of(sent) and "hours:" not in text_of(sent)
    assert Mail.get_by_id(mail.id).sealed == "" and "•••" not in html_of(sent)


def test_a_way_to_sign_in_comes_even_to_who_wants_no_mails(people: Cast, box: Box) -> None:
    Person.update(mails="never").execute()
    outbox.queue_direct("sign_in", people.claire, secret={"token": "abc", "code": "482913"})
    delivery.deliver()
    [mail] = box.mails
    assert "482913" in mail["Subject"] and "https://desk.example/sign-in/abc" in text_of(mail)
    assert mail["List-Unsubscribe"] is None and Mail.get().subject == ""


def test_every_kind_of_mail_can_be_looked_at_in_both_languages(people: Cast, box: Box) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.sam, "See here")
    people.comment(ticket, people.sam, "Among us", internal=True)
    ticket.change(people.sam, assignee=people.sam)
    Estimate.propose(ticket, people.sam, low_minutes=120, ceiling_minutes=120)
    Purchase.request(people.intranet, people.claire, minutes=600)
    people.pack(10, people.intranet.today() - timedelta(days=9))
    people.entry(ticket, 9 * 60, day=people.intranet.today() - timedelta(days=3))
    ledger.close(people.intranet, people.intranet.today() - timedelta(days=2))
    ticket.close(people.sam)
    shown = {name: [preview(name, people.olive, language) for language in ("en", "fr")] for name in SHOWN}
    assert {name for name, letters in shown.items() if None in letters} == set()
    assert '<html lang="fr">' in shown["reply"][1].html and Mail.select().count() == 0  # type: ignore[union-attr]
