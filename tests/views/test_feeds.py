"""POST, DELETE /account/feeds and what its private addresses answer: /feeds/<token>.ics, /feeds/<token>.atom."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Feed, Membership, Person
from trackr.models.base import now

FEEDS = "/account/feeds"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def events_in(browser: FlaskClient, token: str) -> dict[str, str]:
    """The summary of each event by the name before the @ of its id."""
    found = Calendar.from_ical(browser.get(f"/feeds/{token}.ics").data).walk("VEVENT")
    return {str(event["uid"]).partition("@")[0]: str(event["summary"]) for event in found}


def told(browser: FlaskClient, token: str) -> list[str]:
    feed = ElementTree.fromstring(browser.get(f"/feeds/{token}.atom").data)
    return [str(title.text) for title in feed.findall("a:entry/a:title", ATOM)]


def test_an_address_is_shown_once_and_stored_as_its_digest_alone(people: Cast, claire: FlaskClient) -> None:
    answer = claire.post(FEEDS, data={"kind": "calendar", "project": "intranet"})
    assert (answer.status_code, answer.location) == (303, "/account")
    page = claire.get("/account").text
    token = re.findall(r"/feeds/([\w-]{43})\.ics</code>", page)[0]
    assert token not in claire.get("/account").text and "Calendar, Intranet" in page
    (feed,) = Feed.select()
    assert token not in str(feed.__data__) and Feed.find(token, "calendar") == feed
    assert Feed.find(token, "events") is None
    assert claire.post(FEEDS, data={"kind": "events"}, headers=HTMX).headers["HX-Redirect"] == "/account"


def test_what_cannot_be_is_said_at_its_field(people: Cast, claire: FlaskClient, nobody: FlaskClient) -> None:
    answer = claire.post(FEEDS, data={"kind": "events", "project": "shop"})  # which is not hers
    form = form_in(answer, FEEDS)
    assert (answer.status_code, form.invalid, form.values["kind"]) == (422, {"project"}, "events")
    for _ in range(20):
        Feed.issue(people.claire, "events")
    assert form_in(claire.post(FEEDS, data={"kind": "events"}), FEEDS).invalid == {"kind"}
    assert nobody.post(FEEDS).location.startswith("/sign-in")


def test_a_calendar_holds_the_days_that_are_its_reader_s(people: Cast, nobody: FlaskClient) -> None:
    mine = people.ticket(people.marc, title="Mend; the\x01 form")
    other = people.ticket(title="Not Marc's")
    for ticket in (mine, other):
        ticket.change(people.sam, due_on=date(2026, 3, 20))
    people.pack(10, expires_on=date(2026, 12, 31))
    people.statement()
    tokens = {one: Feed.issue(one, "calendar") for one in (people.claire, people.marc, people.zoe)}
    assert events_in(nobody, tokens[people.marc]) == {f"ticket-{mine.id}": "Due: Mend; the form"}
    found = events_in(nobody, tokens[people.claire])
    assert {f"ticket-{mine.id}", f"ticket-{other.id}", "statement-12"} <= set(found)
    assert sorted(name.partition("-")[0] for name in found) == ["period", "purchase", "statement", "ticket", "ticket"]
    assert [name.partition("-")[0] for name in events_in(nobody, tokens[people.zoe])] == ["period"]
    text = nobody.get(f"/feeds/{tokens[people.marc]}.ics").text
    assert "DTSTART;VALUE=DATE:20260320" in text and "DTEND;VALUE=DATE:20260321" in text and "DTSTAMP:2026" in text


def test_a_reader_is_told_in_their_language_what_they_may_know(people: Cast, nobody: FlaskClient) -> None:
    Person.update(language="fr").where(Person.id == people.marc.id).execute()
    ticket = people.ticket(people.marc, title="Form & <date>")
    people.comment(ticket, people.sam, internal=True)
    people.ticket(title="Not his")
    of_marc, of_sam = Feed.issue(people.marc, "events"), Feed.issue(people.sam, "events", people.intranet)
    assert told(nobody, of_marc) == [f"#{ticket.id} Form & <date>: Marc Moreau l’a ouverte"]
    assert any("internal note" in title for title in told(nobody, of_sam))
    answer = nobody.get(f"/feeds/{of_marc}.atom")
    assert 'xml:lang="fr"' in answer.text and f'href="http://localhost/tickets/{ticket.id}"' in answer.text
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert nobody.get(f"/feeds/{of_marc}.atom", headers=known).status_code == 304


def test_whoever_is_signed_in_the_address_reads_as_its_person(people: Cast, olive: FlaskClient) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.sam, internal=True)
    assert told(olive, Feed.issue(people.marc, "events")) == []


@pytest.mark.parametrize("end", ["revoked", "disabled", "outside"])
def test_an_address_ends_with_its_person_their_way_to_the_project_or_their_word(
    people: Cast, claire: FlaskClient, marc: FlaskClient, nobody: FlaskClient, end: str
) -> None:
    token = Feed.issue(people.claire, "events", people.intranet)
    assert nobody.get(f"/feeds/{token}.atom").status_code == 200
    if end == "revoked":
        address = f"{FEEDS}/{Feed.get().id}"
        assert marc.delete(address).status_code == 404
        assert claire.delete(address).status_code == 303
    elif end == "disabled":
        Person.update(active=False).where(Person.id == people.claire.id).execute()
    else:
        Membership.delete().where(Membership.person == people.claire).execute()
    assert nobody.get(f"/feeds/{token}.atom").status_code == 404


def test_its_use_is_noted_once_an_hour_and_too_much_of_it_is_slowed_down(
    people: Cast, clock: Clock, nobody: FlaskClient
) -> None:
    address = f"/feeds/{Feed.issue(people.marc, 'calendar')}.ics"
    first = now()
    for minutes in (0, 30, 29):
        clock.forward(minutes=minutes)
        nobody.get(address)
    assert Feed.get().used_at == first
    clock.forward(minutes=2)
    nobody.get(address)
    assert Feed.get().used_at == first + timedelta(minutes=61)
    assert {nobody.get(address).status_code for _ in range(60)} == {200, 429}
