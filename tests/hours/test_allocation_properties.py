"""What holds for every ledger, whatever was bought, entered and corrected."""

from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.allocation import Kind, Ledger, Line, Purchase, PurchaseId, State, cover, drawn_by, walk

from .slow_ledger import Move, SlowLedger, slow_lines
from .strategies import Project, days, projects


def ledger_of(project: Project) -> Ledger:
    return walk(project.purchases, project.entries, project.today)


def moves(lines: list[Line]) -> list[Move]:
    return [(it.day, it.kind.value, it.purchase, it.entry, it.minutes) for it in lines]


@given(projects())
def test_the_slow_way_gives_the_same_lines(project: Project) -> None:
    assert moves(ledger_of(project).lines) == slow_lines(project)


@given(projects())
def test_no_minute_is_lost_or_made(project: Project) -> None:
    ledger = ledger_of(project)
    in_packs: Counter[Kind] = Counter()
    for line in ledger.lines:
        if line.purchase is not None:
            in_packs[line.kind] += line.minutes
    came = in_packs[Kind.BOUGHT] + in_packs[Kind.CREDITED]
    went = -in_packs[Kind.DRAWN] - in_packs[Kind.RETURNED] - in_packs[Kind.SETTLED] - in_packs[Kind.EXPIRED]
    assert came == sum(ledger.left.values()) + went
    assert ledger.deficit == -sum(line.minutes for line in ledger.lines if line.purchase is None)
    assert ledger.balance == sum(line.minutes for line in ledger.lines)


@given(projects())
def test_each_entry_moves_what_it_is_valued_at(project: Project) -> None:
    moved: Counter[int] = Counter()
    for line in ledger_of(project).lines:
        if line.entry is not None:
            moved[line.entry] += line.minutes
    for entry in project.entries:
        assert moved[entry.id] == -entry.valued_minutes


@given(projects())
def test_a_settlement_takes_from_the_pack_what_it_pays_of_the_deficit(project: Project) -> None:
    assert sum(line.minutes for line in ledger_of(project).lines if line.kind is Kind.SETTLED) == 0


@given(projects())
def test_no_pack_ever_holds_less_than_nothing_or_more_than_was_bought(project: Project) -> None:
    ledger = ledger_of(project)
    size = {purchase.id: purchase.minutes for purchase in [*project.purchases, *ledger.credits]}
    left: defaultdict[PurchaseId | None, int] = defaultdict(int)
    for line in ledger.lines:
        assert line.minutes != 0
        left[line.purchase] += line.minutes
        if line.purchase is None:
            assert left[None] <= 0
        else:
            assert 0 <= left[line.purchase] <= size[line.purchase]


@given(projects())
def test_nothing_moves_in_a_pack_outside_its_days(project: Project) -> None:
    ledger = ledger_of(project)
    purchases = {purchase.id: purchase for purchase in [*project.purchases, *ledger.credits]}
    for line in ledger.lines:
        assert line.purchase is None or purchases[line.purchase].is_valid_on(line.day)


@given(projects())
def test_the_lines_are_in_order_of_day(project: Project) -> None:
    dated = [line.day for line in ledger_of(project).lines]
    assert dated == sorted(dated)


@given(projects(), st.randoms(use_true_random=False))
def test_the_order_of_typing_does_not_matter(project: Project, random: Random) -> None:
    purchases, entries = list(project.purchases), list(project.entries)
    random.shuffle(purchases)
    random.shuffle(entries)
    assert walk(iter(purchases), iter(entries), project.today) == ledger_of(project)


@given(projects(), st.sets(days(), max_size=3))
def test_closing_days_that_are_over_changes_nothing(project: Project, closings: set[date]) -> None:
    lines: list[Line] = []
    credits: list[Purchase] = []
    state, since = State({}, 0), None
    for day in [*sorted(day for day in closings if day < project.today), None]:
        ledger = walk(
            [each for each in [*project.purchases, *credits] if day is None or each.valid_from <= day],
            [each for each in project.entries if day is None or each.day <= day],
            today=project.today if day is None else day + timedelta(1),
            opening=state,
            since=since,
            drawn_before=drawn_by(lines, project.entries),
        )
        lines += ledger.lines
        credits += ledger.credits
        state, since = ledger.state, day and day + timedelta(1)
    whole = ledger_of(project)
    assert lines == whole.lines
    assert state == whole.state


def periods(closed: list[date], days: list[date], late: list[int]) -> list[int]:
    """In which period each is typed: before the closing of its own, or some later."""
    return [min(bisect_left(closed, day) + by, len(closed)) for day, by in zip(days, late, strict=False)]


@given(projects(), st.sets(days(), max_size=3), st.lists(st.integers(0, 2), min_size=20, max_size=20), st.booleans())
def test_what_was_typed_late_and_what_was_billed_is_as_the_slow_way_says(
    project: Project, closings: set[date], late: list[int], bills: bool
) -> None:
    closed = sorted(day for day in closings if day < project.today)
    slow, state, lines, credits = SlowLedger(), State({}, 0), list[Line](), list[Purchase]()
    told = periods(closed, [each.valid_from for each in project.purchases], late)
    typed = periods(closed, [each.day for each in project.entries], late[5:])
    for period, through in enumerate([*closed, None]):
        purchases = [each for each, when in zip(project.purchases, told, strict=True) if when <= period]
        entries = [each for each, when in zip(project.entries, typed, strict=True) if when == period]
        today = through + timedelta(1) if through else project.today
        if through:
            purchases = [each for each in purchases if each.valid_from <= through]
        drawn_before = drawn_by(sorted(lines, key=lambda line: line.day), project.entries)  # as they are stored
        ledger = walk([*purchases, *credits], entries, today, opening=state, drawn_before=drawn_before)
        assert moves(ledger.lines) == slow.period(purchases, entries, today)
        lines, credits, state = lines + ledger.lines, credits + ledger.credits, ledger.state
        if bills and through:
            lines += [Line(*move) for move in slow.bill(through)]
            state = State(state.left, 0)
    assert (state.left, state.deficit) == (slow.left, slow.deficit)
    assert state.deficit == -sum(line.minutes for line in lines if line.purchase is None)
    assert all(minutes >= 0 for minutes in state.left.values())
    assert sum(state.left.values()) == sum(line.minutes for line in lines if line.purchase is not None)


@given(projects(), days())
def test_walking_again_from_any_day_changes_nothing(project: Project, since: date) -> None:
    whole = ledger_of(project)
    before = [line for line in whole.lines if line.day < since]
    purchases = [*project.purchases, *whole.credits]
    left: dict[PurchaseId, int] = {each.id: 0 for each in purchases if each.valid_from < since}
    for line in before:
        if line.purchase is not None:
            left[line.purchase] += line.minutes
    again = walk(
        purchases,
        project.entries,
        project.today,
        opening=State(left, deficit=-sum(line.minutes for line in before if line.purchase is None)),
        since=since,
        drawn_before=drawn_by(before, project.entries),
    )
    assert before + again.lines == whole.lines


@given(projects())
def test_walking_again_with_the_credits_among_the_purchases_changes_nothing(project: Project) -> None:
    ledger = ledger_of(project)
    assert walk([*project.purchases, *ledger.credits], project.entries, project.today) == ledger


@given(projects(), days(), st.integers(0, 300))
def test_a_preview_accounts_for_every_minute(project: Project, day: date, minutes: int) -> None:
    draws = cover(project.purchases, ledger_of(project).left, day, minutes)
    assert sum(drawn for _, drawn in draws) == minutes
    assert all(drawn > 0 for _, drawn in draws)
