"""The hour rule: its widths add up, its ticks stay few, and it says nothing that the amounts do not."""

import re

import pytest

from trackr.web.hour_rule import bar


def shares(drawing: str) -> dict[str, float]:
    """The widths in percent of what a bar draws, by kind; what is hatched is the rectangle that a pattern fills."""
    widths = {}
    for attributes in re.findall(r"<rect ([^>]*)/>", drawing):
        kind = "pending" if "url(#" in attributes else re.search(r'class="m-([a-z]+)', attributes)[1]
        widths[kind] = float(re.search(r'width="([\d.]+)%"', attributes)[1])
    return widths


def ticks(drawing: str) -> list[float]:
    return [float(x) for x in re.findall(r'<line x1="([\d.]+)%" x2="\1%" y2=', drawing)]


def test_what_is_used_pending_committed_and_free_adds_up_to_the_whole_rule():
    drawn = shares(bar("m", bought=1200, used=735, pending=90, committed=135))
    assert drawn["used"] == 61.25
    assert drawn["pending"] == 7.5
    assert drawn["line"] == 11.25
    assert drawn["track"] == 100


def test_hours_beyond_what_was_bought_are_drawn_apart_and_the_end_of_the_pack_is_marked():
    drawing = bar("m", bought=600, used=800)
    drawn = shares(drawing)
    assert (drawn["used"], drawn["over"]) == (75, 25)
    assert '<line class="m-end" x1="75%" x2="75%"' in drawing


def test_hours_used_without_any_bought_are_all_over():
    drawn = shares(bar("m", bought=0, used=90))
    assert drawn["over"] == 100
    assert "used" not in drawn


def test_a_project_without_hours_shows_an_empty_outline():
    drawing = bar("m", bought=0, used=0)
    assert "m-open" in drawing
    assert "m-track" not in drawing
    assert not ticks(drawing)


def test_a_postpaid_rule_is_open_and_reaches_to_the_next_ten_hours():
    drawing = bar("m", bought=0, used=735, postpaid=True)
    assert shares(drawing) == {"used": 61.25}
    assert '<line class="m-line m-open" x1="61.25%" x2="100%"' in drawing
    assert "m-end" not in drawing


def test_a_correction_below_zero_is_drawn_as_nothing():
    drawing = bar("m", bought=600, used=-30, pending=-45)
    assert shares(drawing) == {"track": 100}
    assert "-30" not in drawing


@pytest.mark.parametrize(
    ("hours", "count"),
    [(1, 2), (20, 21), (24, 25), (25, 6), (60, 13), (61, 7), (300, 31), (301, 7), (3000, 61), (9000, 19)],
)
def test_ticks_grow_with_the_rule_and_stay_few(hours, count):
    drawn = ticks(bar("m", bought=hours * 60, used=0))
    assert len(drawn) == count
    assert drawn[0] == 0
    assert drawn[-1] <= 100


def test_every_fifth_tick_is_long_and_carries_the_hours_where_asked():
    drawing = bar("m", bought=1200, used=60, size="big", labels=True)
    assert drawing.count('y2="7"/>') == 5
    assert re.findall(r">([^<]+)</text>", drawing) == ["0\u00a0h", "5", "10", "15", "20\u00a0h"]


def test_a_mini_rule_has_no_ticks():
    assert not ticks(bar("m", bought=1200, used=60, size="mini"))


def test_nothing_is_styled_inline_and_no_white_space_is_sent():
    drawn = bar("m", bought=600, used=800, pending=20, committed=10, size="big", labels=True)
    assert "style=" not in drawn
    assert not re.search(r">\s+<", drawn)
