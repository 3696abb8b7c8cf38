"""What a statement tells: sealed when it closes, the same as was shown before, and nothing internal."""

from dataclasses import replace
from datetime import date

from tests.clock import Clock
from tests.people import Cast
from trackr.hours.document import Document, Identity, Work
from trackr.models import Charge, Entry, Purchase, Statement, ledger
from trackr.models.period import Period

FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)
INTERNAL = ("sentinel", "4321", "0 min")


def told(statement: Statement) -> Document:
    return Document.from_text(Statement.get_by_id(statement.id).document)


def lines(document: Document) -> list[Work]:
    return [line for ticket in document.tickets for line in ticket.lines]


def test_a_statement_tells_what_is_valued_and_nothing_internal(people: Cast) -> None:
    people.pack(2, bought_on=date(2026, 2, 2), reference="BC 7")
    ticket = people.ticket()
    day = date(2026, 2, 10)
    people.entry(ticket, 4321, valued_minutes=20, day=day, note="Menu", internal_note="sentinel")
    people.entry(ticket, 4321, valued_minutes=30, day=day, note="Links", person=people.olive)
    people.entry(ticket, 4321, valued_minutes=0, day=day, note="sentinel")
    people.entry(ticket, 15)
    statement = ledger.close(people.intranet, FEBRUARY)
    document = told(statement)
    assert document.identity == Identity(0, 120, 0, 0, 50, 0, 70)
    assert lines(document) == [Work(day, 50, ("Menu", "Links"), ("Sam", "Olive"), (1, 2))]
    (pack,) = document.packs
    assert (pack.reference, pack.opening_minutes, pack.drawn_minutes, pack.left_minutes) == ("BC 7", 0, 50, 70)
    assert (document.next_minutes, document.first_day, document.issued_on) == (15, date(2026, 2, 2), date(2026, 3, 14))
    stored = Statement.get_by_id(statement.id)
    assert not any(word in stored.document for word in INTERNAL)
    assert stored.digest == document.digest


def test_it_says_as_much_of_a_day_as_the_project_tells(people: Cast) -> None:
    ticket = people.ticket()
    entries = [people.entry(ticket, minutes, day=date(2026, 2, 10)).id for minutes in (20, 30)]
    people.intranet.change(people.olive, detail="entry")
    document = Period(people.intranet, FEBRUARY).document(1)
    assert [(line.minutes, line.entries) for line in lines(document)] == [(20, (entries[0],)), (30, (entries[1],))]
    people.intranet.change(people.olive, detail="total")
    (told,) = Period(people.intranet, FEBRUARY).document(1).tickets
    assert (told.minutes, told.lines) == (50, ())


def test_what_comes_late_and_what_is_corrected_say_so_on_the_next_one(people: Cast, clock: Clock) -> None:
    ticket, day = people.ticket(), date(2026, 2, 10)
    entry = people.entry(ticket, 60, day=day)
    first = ledger.close(people.intranet, FEBRUARY)
    people.entry(ticket, 10, day=date(2026, 2, 20))
    people.entry(ticket, 0, valued_minutes=-25, corrects=Entry.get_by_id(entry.id))
    people.entry(ticket, 5)
    clock.set("2026-04-01 10:00")
    shown = Period(people.intranet, MARCH).document(2)
    document = told(ledger.close(people.intranet, MARCH))
    assert document == shown
    late, back, usual = lines(document)
    assert (late.is_late, late.minutes) == (True, 10)
    assert (back.minutes, back.corrects_day, back.corrects_statement) == (-25, day, first.number)
    assert (usual.minutes, usual.is_late, usual.corrects_day) == (5, False, None)
    assert (document.previous_number, document.previous_digest) == (1, told(first).digest)
    assert document.identity == Identity(-60, 0, 25, 0, 15, 0, -50)


def test_what_is_over_is_shown_as_billed_and_charged_once_it_closes(people: Cast) -> None:
    people.intranet.change(people.olive, billing="postpaid", client_vat_number="EL123", rate_cents=8500)
    people.entry(people.ticket(), 45, day=date(2026, 2, 10))
    shown = Period(people.intranet, FEBRUARY).document(1)
    statement = ledger.close(people.intranet, FEBRUARY)
    assert told(statement) == replace(shown, number=1)
    assert (shown.identity, shown.client.country, shown.rate_cents) == (Identity(0, 0, 0, 45, 45, 0, 0), "GR", 8500)
    charge = Charge.get()
    assert (charge.statement_id, charge.purchase_id, charge.minutes, charge.state) == (statement.id, None, 45, "open")


def test_a_pack_is_charged_when_it_opens_and_not_when_it_is_taken_back(people: Cast) -> None:
    people.pack(1, kind="gift")
    pack = people.pack(2)
    asked = Purchase.request(people.intranet, people.claire, minutes=180)
    asked.open(people.olive, minutes=240, valid_from=asked.valid_from, kind="pack")
    pack.cancel(people.olive)
    charges = [(charge.purchase_id, charge.minutes, charge.state) for charge in Charge.select()]
    assert charges == [(pack.id, 120, "void"), (asked.id, 240, "open")]
