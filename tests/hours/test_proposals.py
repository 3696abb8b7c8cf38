"""What a rule proposes to bill."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.proposals import Rule, propose

CASES = json.loads((Path(__file__).parent / "cases" / "proposals.json").read_text(encoding="utf-8"))
MINUTES = st.integers(0, 1440)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    increment = draw(st.integers(1, 120))
    return Rule(
        increment=increment,
        minimum=draw(st.integers(0, 120)),
        grace=draw(st.integers(0, increment - 1)),
        percent=draw(st.integers(0, 300)),
        per=draw(st.sampled_from(["entry", "day"])),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_worked_case(case: dict[str, Any]) -> None:
    figures = {name: case[name] for name in ("increment", "minimum", "grace", "percent") if name in case}
    rule = Rule(**figures, per="day" if "already_spent" in case else "entry")
    proposed = propose(case["spent"], rule, case.get("already_spent", 0), case.get("already_valued", 0))
    assert proposed == case["valued"]


def test_a_rule_per_entry_takes_no_notice_of_the_day() -> None:
    assert propose(5, Rule(increment=15), already_spent_minutes=5, already_valued_minutes=15) == 15


def test_the_minimum_per_day_is_asked_once() -> None:
    rule = Rule(minimum=30, per="day")
    assert propose(10, rule, already_spent_minutes=10, already_valued_minutes=30) == 0


def test_time_worked_is_never_negative() -> None:
    with pytest.raises(ValueError, match="below 0"):
        propose(-1, Rule())


@pytest.mark.parametrize(
    ("figures", "complaint"),
    [
        ({"increment": 0}, "the increment"),
        ({"minimum": -1}, "the minimum"),
        ({"grace": -1}, "the grace"),
        ({"grace": 1}, "the grace"),
        ({"increment": 15, "grace": 15}, "the grace"),
        ({"percent": -1}, "the percentage"),
        ({"per": "week"}, "per entry or per day"),
    ],
    ids=str,
)
def test_a_rule_that_contradicts_itself_is_refused(figures: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Rule(**figures)


def test_a_rule_is_kept_as_compact_json() -> None:
    text = '{"increment":15,"minimum":30,"grace":5,"percent":150,"per":"day"}'
    assert Rule(increment=15, minimum=30, grace=5, percent=150, per="day").as_text() == text


@pytest.mark.parametrize("text", ["", "15", "[1]", '{"step":15}', '{"increment":"15"}', '{"increment":0}'])
def test_a_text_that_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Rule.from_text(text)


@given(rules())
def test_a_rule_reads_back_as_it_was(rule: Rule) -> None:
    assert Rule.from_text(rule.as_text()) == rule


@given(MINUTES, MINUTES, rules(), MINUTES, MINUTES)
def test_more_work_is_never_proposed_for_less(
    spent: int, more: int, rule: Rule, already_spent: int, already_valued: int
) -> None:
    less = propose(spent, rule, already_spent, already_valued)
    assert 0 <= less <= propose(spent + more, rule, already_spent, already_valued)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=6), rules())
def test_a_day_entered_in_pieces_is_valued_as_the_whole(pieces: list[int], rule: Rule) -> None:
    rule = Rule(rule.increment, rule.minimum, rule.grace, rule.percent, per="day")
    spent = valued = 0
    for piece in pieces:
        valued += propose(piece, rule, spent, valued)
        spent += piece
    assert valued == propose(spent, rule)
