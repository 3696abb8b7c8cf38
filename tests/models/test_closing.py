"""Periods close by themselves: in order, once, and what stands in the way of one project holds up no other."""

from collections.abc import Callable
from datetime import date, datetime
from threading import Thread

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.db import database
from trackr.doctor import Verdict, hours
from trackr.hours.document import Document
from trackr.models import Line, Project, Statement, closing, ledger
from trackr.models.base import now


def closed(project: Project) -> list[tuple[str, str]]:
    query = Statement.select().where(Statement.project == project).order_by(Statement.number)
    return [(str(one.first_day), str(one.last_day)) for one in query]


def assert_sound() -> None:
    assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []


def test_months_that_were_missed_close_in_order_and_those_without_hours_are_on_the_next(
    people: Cast, clock: Clock
) -> None:
    people.intranet.change(people.olive, review_hours=48)
    people.pack(10, bought_on=date(2025, 11, 10), expires_on=date(2026, 2, 20))
    ticket = people.ticket()
    people.entry(ticket, 45, day=date(2025, 11, 28))
    people.entry(ticket, 60, day=date(2026, 3, 14))
    assert closing.close_due() and not closing.close_due()
    assert closed(people.intranet) == [("2025-11-10", "2025-11-30"), ("2025-12-01", "2026-02-28")]
    last = Document.from_text(Statement.select().order_by(Statement.id.desc()).get().document)
    assert (last.identity.expired_minutes, last.next_minutes, last.packs[0].left_minutes) == (555, 60, 0)
    clock.set("2026-04-02 21:59")
    assert closing.close_due() == []
    clock.forward(minutes=1)
    assert [one.last_day for one in closing.close_due()] == [date(2026, 3, 31)]
    clock.set("2026-01-01 00:00")
    assert closing.close_due() == []
    assert Statement.select().count() == 3 and not Statement.get_by_id(3).closed_by
    clock.set("2026-04-02 22:00")
    assert_sound()


def test_a_project_may_want_a_statement_of_every_period(people: Cast, clock: Clock) -> None:
    people.shop.change(people.olive, closes="weekly", closes_empty=True)
    people.intranet.change(people.olive, closes="never")
    people.entry(people.ticket(), 45)
    clock.set("2026-03-29 22:00")  # in the night in which the clocks went forward
    closing.close_due()
    assert closed(people.shop) == [
        ("2026-03-14", "2026-03-15"),
        ("2026-03-16", "2026-03-22"),
        ("2026-03-23", "2026-03-29"),
    ]
    assert closed(people.intranet) == []
    assert all(Document.from_text(one.document).is_empty for one in Statement.select())
    assert_sound()


def test_what_is_over_is_billed_at_the_end_of_the_quarter(people: Cast, clock: Clock) -> None:
    people.entry(people.ticket(), 45, day=date(2026, 1, 20))
    people.intranet.change(people.olive, closes="quarterly", billing="postpaid")
    ledger.close(people.intranet, date(2026, 2, 10), people.olive)
    people.entry(people.ticket(), 30, day=date(2026, 1, 5))
    clock.set("2026-04-01 10:00")
    (statement,) = closing.close_due()
    assert closed(people.intranet)[1:] == [("2026-02-11", "2026-03-31")]
    document = Document.from_text(statement.document)
    assert (document.identity.billed_minutes, document.identity.closing_minutes) == (30, 0)
    assert_sound()


def test_one_project_that_fails_holds_up_no_other_and_is_whole_at_the_next_try(
    people: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people.entry(people.ticket(), 45, day=date(2026, 2, 10))
    people.shop.change(people.olive, closes_empty=True)
    clock.set("2026-04-01 10:00")
    monkeypatch.setattr(ledger, "_walk", fail_for(people.intranet))  # once all is written but the end
    closing.close_due()
    assert (closed(people.intranet), len(closed(people.shop))) == ([], 1)
    assert [record.exc_info is not None for record in caplog.records if record.message == "not closed"] == [True]
    assert Line.select().where(Line.statement.is_null(False)).count() == 0
    monkeypatch.undo()
    monkeypatch.setattr("trackr.clock.read", clock.read)
    closing.close_due()
    assert closed(people.intranet) == [("2026-02-10", "2026-02-28")]
    assert [one.number for one in Statement.select().order_by(Statement.id)] == [1, 2]
    assert_sound()


def fail_for(project: Project) -> Callable[..., None]:
    walk = ledger._walk

    def failing(one: Project, since: date, at: datetime | None = None) -> None:
        if one == project:
            raise OSError("the disk is full")
        walk(one, since, at)

    return failing


def test_two_at_once_close_each_period_once(people: Cast) -> None:
    ticket = people.ticket()
    for month in (11, 12):
        people.entry(ticket, 45, day=date(2025, month, 10))
    people.intranet.change(people.olive, closes="weekly")
    at = now()

    def look() -> None:
        closing.close_due(at)
        database.close()

    threads = [Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert closed(people.intranet) == [("2025-11-10", "2025-11-16"), ("2025-11-17", "2025-12-14")]
    assert_sound()
