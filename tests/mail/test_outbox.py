"""Mail is queued from the events, once for each person, and sent by a real server; nothing is lost, nothing doubled."""

from dataclasses import replace

import pytest

from tests.clock import Clock
from tests.mailbox import Box, go, html_of, text_of
from tests.people import Cast
from trackr.db import database
from trackr.mail import delivery, outbox, post, rules
from trackr.mail.smtp import TROUBLES, understood
from trackr.models import Event, Mail, Person, Telling, Ticket, Told
from trackr.models.event import coming
from trackr.settings import Settings


def test_a_reply_is_told_to_who_asked_and_reads_well(people: Cast, box: Box, clock: Clock) -> None:
    ticket = people.ticket()
    people.pack(20)
    go(clock)
    box.mails.clear()
    people.comment(
        ticket,
        people.sam,
        "It **works** again",
        body_html='<p>It <strong>works</strong> <a href="/tickets/1">#1</a></p>',
    )
    go(clock)
    [mail] = box.mails
    assert (mail["To"], mail["Subject"]) == ("claire@town.example", f"[Intranet #{ticket.id}] The form loses the date")
    assert mail["From"] == '"Sam Stone (Atelier Cobalt)" <desk@cobalt.example>'
    assert mail["In-Reply-To"] == mail["References"] != mail["Message-ID"]
    assert mail["Auto-Submitted"] == "auto-generated" and "intranet" in mail["List-Id"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = text_of(mail), html_of(mail)
    assert "It **works** again" in text and f"https://desk.example/tickets/{ticket.id}#comment-1" in text
    assert "0 h of 20 h used, 20 h left" in text and "you take part in the ticket" in text
    assert "answers to this mail are not read" in text
    assert "<strong>works</strong>" in html and 'href="https://desk.example/tickets/1"' in html


def test_what_happens_within_two_minutes_is_one_mail_and_nobody_hears_of_themselves(
    people: Cast, box: Box, clock: Clock
) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.claire, "And one thing more")
    outbox.tell()
    clock.forward(minutes=1)
    people.comment(ticket, people.claire, "And another")
    go(clock)
    assert sorted(mail["To"] for mail in box.mails) == ["olive@cobalt.example", "sam@cobalt.example"]
    assert all(word in text_of(box.mails[0]) for word in ("opened a ticket", "one thing more", "And another"))
    assert Told.select().where(Told.person == people.claire).count() == 0


def test_a_note_goes_to_staff_alone_and_what_is_gone_meanwhile_to_nobody(people: Cast, box: Box, clock: Clock) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.olive, "I follow this")
    go(clock)
    box.mails.clear()
    people.comment(ticket, people.sam, "Between us", internal=True)
    gone = people.comment(ticket, people.sam, "Too much")
    outbox.tell()
    gone.remove(people.sam)
    go(clock)
    assert [mail["To"] for mail in box.mails] == ["olive@cobalt.example"]
    assert "Internal note" in text_of(box.mails[0]) and "Too much" not in text_of(box.mails[0])
    assert [mail.reason for mail in Mail.select().where(Mail.state == "dropped")] == ["nothing"]


def test_who_has_lost_the_project_gets_nothing(people: Cast, box: Box, clock: Clock) -> None:
    ticket = people.ticket(people.marc)
    people.comment(ticket, people.sam, "Secret by now")
    outbox.tell()
    people.memberships["marc"].revoke(people.olive)
    go(clock)
    assert box.to("marc@town.example") == []
    assert Mail.get(Mail.person == people.marc).reason == "gone"


def test_a_mention_and_an_assignment_reach_who_wants_to_be_named_only(people: Cast, box: Box, clock: Clock) -> None:
    Person.update(mails="named").execute()
    ticket = people.ticket(people.marc)
    people.comment(ticket, people.claire, "See here @sam")
    ticket.change(people.sam, assignee=people.olive)
    people.comment(ticket, people.sam, "Nobody is named")
    go(clock)
    assert {mail["To"] for mail in box.mails} == {"sam@cobalt.example", "olive@cobalt.example"}
    assert "because somebody named you" in text_of(box.to("sam@cobalt.example")[0])
    assert "assigned it to Olive Owen" in text_of(box.to("olive@cobalt.example")[0])


def test_of_new_tickets_one_hears_in_all_projects_in_those_one_works_in_or_in_none(
    people: Cast, box: Box, clock: Clock
) -> None:
    Person.update(news="mine").where(Person.id == people.sam.id).execute()
    Person.update(news="none").where(Person.id == people.olive.id).execute()
    first = people.ticket()
    go(clock)
    assert box.mails == []
    people.entry(first, person=people.sam)
    people.ticket(title="Another one")
    people.ticket().change(people.sam, assignee=people.olive)
    go(clock)
    assert [mail["To"] for mail in box.mails].count("sam@cobalt.example") == 2
    assert len(box.to("olive@cobalt.example")) == 1  # whose it is


def test_of_what_a_mailbox_held_for_long_nobody_is_told(people: Cast, box: Box, clock: Clock) -> None:
    with coming("mail", untold=True):
        people.ticket(title="Of last year")
    people.ticket(title="Of today")
    go(clock)
    assert box.mails and all("Of today" in mail["Subject"] for mail in box.mails)


def test_of_single_projects_one_hears_otherwise(people: Cast, box: Box, clock: Clock) -> None:
    people.olive.choose_mails(news="none", by_project={people.intranet.id: "all"})
    people.sam.choose_mails(by_project={people.intranet.id: "none"})
    people.memberships["marc"].sees = "all"
    people.memberships["marc"].save()
    for client in (people.marc, people.zoe):  # who is in another project
        client.choose_mails(by_project={people.intranet.id: "all"})
    ticket = people.ticket()
    people.comment(ticket, people.claire, "One word more")
    Ticket.open(people.shop, people.zoe, title="Of the other project")
    go(clock)
    assert sorted(mail["To"] for mail in box.mails) == [
        "marc@town.example",
        "olive@cobalt.example",
        "sam@cobalt.example",
    ]
    assert "because you want to hear of new tickets of Intranet" in text_of(box.to("marc@town.example")[0])
    assert "One word more" not in text_of(box.to("marc@town.example")[0])
    people.memberships["marc"].sees = "own"
    people.memberships["marc"].save()
    people.ticket()
    go(clock)
    assert len(box.to("marc@town.example")) == 1


def test_once_a_day_comes_what_concerns_its_reader_in_one_mail_at_the_chosen_hour(
    people: Cast, box: Box, clock: Clock
) -> None:
    Person.update(mails="daily", digest_hour=17, language="fr").where(Person.id == people.claire.id).execute()
    for title in ("The form", "The page"):
        people.comment(people.ticket(title=title), people.sam, f"About {title}")
    go(clock, minutes=50)  # 16:59 in Paris
    assert box.to("claire@town.example") == []
    go(clock, minutes=2)
    [mail] = box.to("claire@town.example")
    assert all(word in text_of(mail) for word in ("The form", "The page", "About The form", "About The page"))
    assert mail["Subject"].startswith("[Atelier Cobalt]") and "mars" in mail["Subject"]


def test_quiet_hours_hold_a_mail_back_until_they_end(people: Cast, box: Box, clock: Clock) -> None:
    Person.update(quiet_from=16, quiet_to=9).where(Person.id == people.claire.id).execute()
    people.comment(people.ticket(), people.sam, "Late")
    go(clock, minutes=60)
    assert box.to("claire@town.example") == []
    clock.set("2026-03-15 08:01")
    delivery.deliver()
    assert len(box.to("claire@town.example")) == 1


def test_without_mail_nothing_is_queued_and_nothing_is_told_later(
    people: Cast, settings: Settings, box: Box, clock: Clock
) -> None:
    ready = post.server, post.missing
    post.open(settings)
    outbox.tell()
    people.ticket()
    outbox.tell()
    assert outbox.queue_direct("test", people.olive) is None
    post.server, post.missing = ready
    outbox.tell()
    assert not Mail.select().exists()
    assert Telling.get().event == Event.select().order_by(Event.id.desc()).get().id


def test_old_events_are_no_news(people: Cast, box: Box, clock: Clock) -> None:
    at = clock.at
    clock.forward(days=-3)
    people.ticket()
    clock.at = at
    outbox.tell()
    assert not Mail.select().exists()


def test_an_event_that_cannot_be_told_of_keeps_no_other_back(
    people: Cast, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [people.ticket(title=title) for title in ("First", "Second", "Third")]
    told = rules.told
    monkeypatch.setattr(rules, "told", lambda event: {}[0] if event.ticket == tickets[1] else told(event))
    outbox.tell()
    assert {mail.ticket.title for mail in Mail.select()} == {"First", "Third"} and not Telling.has_news()


def test_a_server_that_is_down_for_a_day_loses_nothing_and_gets_each_mail_once(
    people: Cast, box: Box, clock: Clock
) -> None:
    there = post.server
    assert there is not None
    post.server = replace(there, port=1)
    people.ticket()
    outbox.tell()
    for _hour in range(8):
        clock.forward(hours=3)
        delivery.deliver()
    assert {mail.state for mail in Mail.select()} == {"queued"} and "Nothing answers on port 1" in Mail.get().reason
    assert understood(Mail.get().reason) == (TROUBLES["refused"], {"host": "127.0.0.1", "port": "1"})
    post.server = there
    for _hour in range(7):
        clock.forward(hours=1)
        delivery.deliver()
    assert sorted(mail["To"] for mail in box.mails) == ["olive@cobalt.example", "sam@cobalt.example"]
    post.server = replace(there, port=1)
    people.ticket(people.marc)
    outbox.tell()
    for _day in range(5):
        clock.forward(days=1)
        delivery.deliver()
    assert Mail.select().where(Mail.state == "failed").count() == 2


@pytest.mark.parametrize(("answer", "state"), [("451 Come back later", "queued"), ("550 No such person", "failed")])
def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(
    answer: str, state: str, people: Cast, box: Box, clock: Clock
) -> None:
    box.answer = answer
    people.ticket()
    go(clock)
    assert {(mail.state, mail.reason, mail.tries) for mail in Mail.select()} == {(state, answer, 1)}
    box.answer = ""
    go(clock)
    assert len(box.mails) == (2 if state == "queued" else 0)


def test_a_kill_between_sending_and_noting_it_repeats_it_once_under_the_same_name(
    people: Cast, box: Box, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.comment(people.ticket(), people.sam)
    Mail.update(state="dropped").execute()
    outbox.tell()
    Mail.update(state="dropped").where(Mail.person != people.claire).execute()

    def die(mail: Mail, *told: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Mail, "sent", die)
        for _try in range(3):
            clock.forward(minutes=6)
            try:
                delivery.deliver()
            except KeyboardInterrupt:
                database.close()
    assert [mail["To"] for mail in box.mails] == ["claire@town.example"] * 2
    assert len({mail["Message-ID"] for mail in box.mails}) == 1
    assert (Mail.get(Mail.person == people.claire).state, Mail.get(Mail.person == people.claire).reason) == (
        "failed", "interrupted",
    )  # fmt: skip


def test_two_workers_queue_and_send_each_mail_once(people: Cast, box: Box, clock: Clock) -> None:
    people.ticket()
    outbox.tell()
    outbox.tell()
    assert Mail.select().count() == 2
    clock.forward(minutes=3)
    [first, *_] = Mail.due(10)
    assert (first.take(), Mail.get_by_id(first.id).take()) == (True, False)
    delivery.deliver()
    assert len(box.mails) == 1


def test_a_letter_that_cannot_be_written_does_not_stop_those_behind_it(people: Cast, box: Box, clock: Clock) -> None:
    Person.update(email="olive@ü ü").where(Person.id == people.olive.id).execute()
    ticket = people.ticket()
    Ticket.update(title="Two\nlines: \u2028 é").where(Ticket.id == ticket.id).execute()
    go(clock)
    assert [mail["Subject"] for mail in box.mails] == [f"[Intranet #{ticket.id}] Two lines: é"]
    assert Mail.get(Mail.person == people.olive).state == "failed"
