"""Purchases: when their hours count, and what a new one settles."""

from datetime import date
from typing import Any

import pytest

from tests.clock import Clock
from tests.models.recomputed import assert_true, stored_lines
from tests.people import Cast
from trackr.models import Alert, Entry, Event, Line, Meter, Project, Purchase, ledger
from trackr.models.base import Refused

TODAY, TOMORROW = date(2026, 3, 14), date(2026, 3, 15)


def kinds(project: Project) -> list[str]:
    return [kind for _, kind, *_ in stored_lines(project)]


def test_hours_count_from_the_day_they_were_bought(people: Cast) -> None:
    pack = people.pack(2)
    assert (pack.valid_from, pack.expires_on, pack.kind, pack.state) == (TODAY, None, "pack", "open")
    assert stored_lines(people.intranet) == [(TODAY, "bought", pack.id, None, 120)]
    assert Purchase.get().left_minutes == Meter.of(people.intranet).balance_minutes == 120


def test_a_new_purchase_settles_a_standing_deficit_at_once(people: Cast) -> None:
    people.entry(people.ticket(), 45, day=date(2026, 3, 13))
    assert Meter.of(people.intranet).over_since == date(2026, 3, 13)
    people.pack(1)
    assert kinds(people.intranet) == ["overdrawn", "bought", "settled", "settled"]
    stored = Meter.of(people.intranet)
    assert (stored.deficit_minutes, stored.balance_minutes, stored.over_since) == (0, 15, None)


@pytest.mark.parametrize("bought_on", [date(2026, 3, 1), TODAY])
def test_a_purchase_covers_the_work_since_its_first_day(bought_on: date, people: Cast) -> None:
    people.entry(people.ticket(), 45)
    people.pack(1, bought_on=bought_on)
    assert kinds(people.intranet) == ["bought", "drawn"]
    assert_true(people.intranet)


def test_a_purchase_valid_from_tomorrow_opens_tomorrow(people: Cast, clock: Clock) -> None:
    pack = people.pack(1, valid_from=TOMORROW)
    assert (kinds(people.intranet), pack.standing(TODAY)) == ([], "later")
    clock.set("2026-03-14 23:00")  # midnight in Paris
    assert ledger.settle(people.intranet)
    assert stored_lines(people.intranet) == [(TOMORROW, "bought", pack.id, None, 60)]


def test_a_purchase_expires_once_its_last_day_is_over(people: Cast, clock: Clock) -> None:
    pack = people.pack(1, expires_on=TODAY)
    clock.set("2026-03-14 22:59")
    assert not ledger.settle(people.intranet)
    clock.set("2026-03-14 23:00")
    assert ledger.settle(people.intranet)
    assert stored_lines(people.intranet)[1:] == [(TODAY, "expired", pack.id, None, -60)]


def test_a_purchase_entered_after_its_last_day_is_over_at_once(people: Cast) -> None:
    people.pack(1, bought_on=date(2026, 3, 1), expires_on=date(2026, 3, 10))
    assert kinds(people.intranet) == ["bought", "expired"]
    assert Meter.of(people.intranet).balance_minutes == 0


def test_a_gift_is_drawn_as_a_pack_is(people: Cast) -> None:
    gift = people.pack(1, kind="gift", reference="For the outage")
    people.entry(people.ticket(), 20)
    assert (Purchase.get().kind, Purchase.get().left_minutes) == ("gift", 40)
    assert stored_lines(people.intranet)[1][1:3] == ("drawn", gift.id)


def test_where_a_purchase_stands(people: Cast) -> None:
    pack = people.pack(1, expires_on=TOMORROW)
    assert [Purchase.get().standing(day) for day in (date(2026, 3, 13), TODAY, TOMORROW, date(2026, 3, 16))] == [
        "later", "open", "open", "expired",
    ]  # fmt: skip
    people.entry(people.ticket(), 60)
    assert Purchase.get_by_id(pack.id).standing(TODAY) == "used"


def test_the_newest_purchase_is_named_first(people: Cast) -> None:
    old, new = people.pack(1, bought_on=date(2026, 1, 1)), people.pack(1)
    assert Purchase.of(people.intranet) == [new, old]
    assert Purchase.of(people.shop) == []


def test_those_who_see_hours_are_told_of_new_ones(people: Cast) -> None:
    before = Project.get_by_id(people.intranet.id)
    people.pack(1)
    after = Project.get_by_id(people.intranet.id)
    assert after.meter_version == before.meter_version + 1
    assert after.client_version == before.client_version


def test_a_purchase_that_fails_midway_leaves_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any, **more: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(Event, "record", broken)
    with pytest.raises(RuntimeError, match="on purpose"):
        people.pack(1)
    assert Purchase.select().count() == Line.select().count() == Meter.of(people.intranet).balance_minutes == 0


def ask(people: Cast, minutes: int = 600, message: str = "For the forms") -> Purchase:
    return Purchase.request(people.intranet, people.claire, minutes=minutes, message=message)


def grant(people: Cast, request: Purchase, minutes: int = 600, **more: Any) -> None:
    terms: dict[str, Any] = {
        "bought_on": TODAY,
        "valid_from": TODAY,
        "expires_on": None,
        "reference": "",
        "kind": "pack",
    }
    request.open(people.olive, minutes=minutes, **(terms | more))


def test_what_is_asked_for_counts_nowhere(people: Cast) -> None:
    people.entry(people.ticket(), 45)
    request = ask(people)
    assert (request.state, request.minutes, request.asked_minutes, request.created_by) == (
        "requested", 600, 600, people.claire,
    )  # fmt: skip
    assert Purchase.of(people.intranet) == [] and Purchase.last_opened(people.intranet, TODAY) == []
    assert (kinds(people.intranet), Meter.of(people.intranet).balance_minutes) == (["overdrawn"], -45)
    assert_true(people.intranet)


def test_the_same_asked_twice_is_one_request(people: Cast) -> None:
    assert ask(people) == ask(people)
    assert Event.select().where(Event.kind == "purchase.requested").count() == 1
    assert ask(people, 660) != ask(people, message="For the site") != ask(people)


def test_asked_again_after_an_answer_it_is_another(people: Cast) -> None:
    request = ask(people)
    request.cancel(people.olive, "Not now")
    assert ask(people) != request


def test_an_opened_request_counts_from_its_first_day(people: Cast) -> None:
    people.entry(people.ticket(), 45, day=date(2026, 3, 12))
    request = ask(people)
    grant(people, request, 720, valid_from=date(2026, 3, 10), reference="F-12")
    stored = Purchase.get()
    assert (stored.state, stored.minutes, stored.asked_minutes, stored.left_minutes) == ("open", 720, 600, 675)
    assert (stored.opened_by, stored.opened_at, stored.reference) == (people.olive, stored.opened_at, "F-12")
    assert kinds(people.intranet) == ["bought", "drawn"]
    assert_true(people.intranet)


def test_a_request_is_answered_once(people: Cast) -> None:
    request, same = ask(people), Purchase.get()
    grant(people, request)
    with pytest.raises(Refused, match="answered"):
        grant(people, same)
    declined = ask(people, 60)
    declined.cancel(people.olive, "No")
    for answer in (lambda: grant(people, declined), lambda: declined.cancel(people.olive)):
        with pytest.raises(Refused, match="answered"):
            answer()
    assert_true(people.intranet)


def test_what_is_declined_tells_why(people: Cast) -> None:
    request = ask(people)
    request.cancel(people.olive, "It is in the pack already")
    stored = Purchase.get()
    assert (stored.state, stored.cancelled_by, stored.answer) == (
        "cancelled",
        people.olive,
        "It is in the pack already",
    )
    assert stored_lines(people.intranet) == []


@pytest.mark.parametrize("valid_from", [date(2026, 3, 1), TODAY, TOMORROW])
def test_hours_that_nothing_has_come_off_are_taken_back(valid_from: date, people: Cast) -> None:
    people.pack(1, bought_on=date(2026, 2, 1))
    people.entry(people.ticket(), 30, day=date(2026, 3, 5))
    pack = people.pack(20, bought_on=valid_from)
    assert Purchase.get_by_id(pack.id).is_untouched(TODAY)
    pack.cancel(people.olive, "Typed twice")
    assert (Purchase.get_by_id(pack.id).state, Purchase.get_by_id(pack.id).left_minutes) == ("cancelled", 0)
    assert (kinds(people.intranet), Meter.of(people.intranet).balance_minutes) == (["bought", "drawn"], 30)
    assert_true(people.intranet)


def test_warnings_of_what_is_taken_back_go_with_it(people: Cast) -> None:
    pack = people.pack(1, bought_on=date(2026, 1, 1), expires_on=date(2026, 3, 20))
    assert Alert.select().where(Alert.purchase == pack).exists()
    pack.cancel(people.olive)
    assert Alert.select().count() == 0


def test_hours_that_are_used_stay(people: Cast) -> None:
    pack = people.pack(1)
    people.entry(people.ticket(), 20)
    refuses(pack, people, "drawn")


def test_hours_that_have_settled_something_stay(people: Cast) -> None:
    people.entry(people.ticket(), 20, day=date(2026, 3, 1))
    refuses(people.pack(1), people, "drawn")


def test_hours_that_have_expired_stay(people: Cast, clock: Clock) -> None:
    pack = people.pack(1, expires_on=TODAY)
    clock.forward(days=1)  # nobody has looked since
    refuses(pack, people, "drawn")


def test_hours_on_a_statement_stay(people: Cast, clock: Clock) -> None:
    pack = people.pack(1)
    clock.forward(days=1)
    ledger.close(people.intranet, TODAY)
    refuses(pack, people, "on_statement")


def test_what_a_correction_gave_back_stays(people: Cast, clock: Clock) -> None:
    people.pack(1, bought_on=date(2026, 1, 1), expires_on=date(2026, 2, 1))
    entry = people.entry(people.ticket(), 40, day=date(2026, 1, 10))
    ledger.close(people.intranet, date(2026, 2, 28))
    people.entry(entry.ticket, 0, valued_minutes=-40, corrects=Entry.get())
    refuses(Purchase.get(Purchase.kind == "credit"), people, "credited")


def refuses(pack: Purchase, people: Cast, code: str) -> None:
    with pytest.raises(Refused, match=code):
        pack.cancel(people.olive)
    assert Purchase.get_by_id(pack.id).state == "open"
    assert_true(people.intranet)
