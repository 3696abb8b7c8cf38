"""Every way to write a duration that is taken, every one that is not, and how durations are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.durations import BadDuration, Reason, parse, show, show_in_column

LARGEST_PACK = 600_000

TAKEN = {
    "1h30": 90,
    "1 h 30": 90,
    "1h30m": 90,
    "1 h 30 min": 90,
    "1 h 30 mn": 90,
    "1 heure 30 minutes": 90,
    "2 heures": 120,
    "1 hour 1 minute": 61,
    "2 hours": 120,
    "2h": 120,
    "2 H": 120,
    "1H30MIN": 90,
    "1h5": 65,
    "1h 5": 65,
    "1h05": 65,
    "0h45": 45,
    "1:30": 90,
    "01:30": 90,
    "0:05": 5,
    ":30": 30,
    ":05": 5,
    "24:00": 1440,
    "1.5": 90,
    "1,5": 90,
    "1,5 h": 90,
    "1.5h": 90,
    "1.25 hours": 75,
    "0,25": 15,
    "10.5": 630,
    "90m": 90,
    "90 min": 90,
    "90 mn": 90,
    "90 minutes": 90,
    "1 minute": 1,
    "1440m": 1440,
    "1": 60,
    "9": 540,
    "24h": 1440,
    "  1h30\n": 90,
    "1\u00a0h\u00a030": 90,
    "1\u202fh\u202f30\u202fmin": 90,
    "1\u2009h 30": 90,
    "1  h   30": 90,
}

ROUNDED = {
    "0.33": 20,  # 19.8
    "0.34": 20,  # 20.4
    "0,333": 20,
    "1.225": 74,  # 73.5: a half goes up
    "0.0084": 1,
    "23.999": 1440,
    "0.3333333333333333333333333333333333": 20,
}

REFUSED = {
    "": Reason.EMPTY,
    "   ": Reason.EMPTY,
    "\u00a0": Reason.EMPTY,
    "0": Reason.ZERO,
    "00": Reason.ZERO,
    "0h": Reason.ZERO,
    "0:00": Reason.ZERO,
    "0 min": Reason.ZERO,
    "0.0": Reason.ZERO,
    "0.008": Reason.ZERO,  # not half a minute
    "10": Reason.AMBIGUOUS,
    "45": Reason.AMBIGUOUS,
    "05": Reason.AMBIGUOUS,
    "120": Reason.AMBIGUOUS,
    "-1h": Reason.SIGNED,
    "+1h": Reason.SIGNED,
    "-0:45": Reason.SIGNED,
    "\u22120:45": Reason.SIGNED,
    "-45": Reason.SIGNED,
    "24h01": Reason.TOO_LONG,
    "25h": Reason.TOO_LONG,
    "25:00": Reason.TOO_LONG,
    "1441m": Reason.TOO_LONG,
    "24.01": Reason.TOO_LONG,
    "2000": Reason.TOO_LONG,  # so many minutes or hours are both too long: nothing to ask
    "1:60": Reason.UNREADABLE,
    "1h60": Reason.UNREADABLE,
    "1:5": Reason.UNREADABLE,
    "1:300": Reason.UNREADABLE,
    "1:30:00": Reason.UNREADABLE,
    "1:30h": Reason.UNREADABLE,
    ":": Reason.UNREADABLE,
    "1:": Reason.UNREADABLE,
    "1h005": Reason.UNREADABLE,
    "1.5h30": Reason.UNREADABLE,
    "1h30.5": Reason.UNREADABLE,
    "1.5m": Reason.UNREADABLE,
    "1h-30": Reason.UNREADABLE,
    "--1h": Reason.UNREADABLE,
    "-": Reason.UNREADABLE,
    "1.": Reason.UNREADABLE,
    ".5": Reason.UNREADABLE,
    "1.5.5": Reason.UNREADABLE,
    "1 5": Reason.UNREADABLE,
    "30 1h": Reason.UNREADABLE,
    "h": Reason.UNREADABLE,
    "h30": Reason.UNREADABLE,
    "min": Reason.UNREADABLE,
    "1 d": Reason.UNREADABLE,
    "1 day": Reason.UNREADABLE,
    "1h\n30": Reason.UNREADABLE,
    "1e3": Reason.UNREADABLE,
    "1e3h": Reason.UNREADABLE,
    "1_0h": Reason.UNREADABLE,
    "0x10": Reason.UNREADABLE,
    "nan": Reason.UNREADABLE,
    "inf": Reason.UNREADABLE,
    "infinity": Reason.UNREADABLE,
    "1/2": Reason.UNREADABLE,
    "½": Reason.UNREADABLE,
    "١h": Reason.UNREADABLE,
    "२:३०": Reason.UNREADABLE,
    "１h": Reason.UNREADABLE,
    "2²": Reason.UNREADABLE,
    "1 minuteſ": Reason.UNREADABLE,
    "1h30\x00": Reason.UNREADABLE,
    "soon": Reason.UNREADABLE,
    "9" * 41: Reason.UNREADABLE,
    "9" * 1_000_000: Reason.UNREADABLE,
    " " * 1_000_000 + "1h" * 1_000_000: Reason.UNREADABLE,
}


def short(value: object) -> str:
    return ascii(value)[:30]


@pytest.mark.parametrize(("text", "minutes"), [*TAKEN.items(), *ROUNDED.items()], ids=short)
def test_a_duration_is_read(text: str, minutes: int) -> None:
    assert parse(text) == minutes


@pytest.mark.parametrize(("text", "reason"), REFUSED.items(), ids=short)
def test_anything_else_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(BadDuration) as refusal:
        parse(text)
    assert refusal.value.reason is reason
    assert refusal.value.text == text


def test_an_ambiguous_number_is_told_with_the_question() -> None:
    with pytest.raises(BadDuration) as refusal:
        parse("45")
    assert refusal.value.number == 45
    assert str(refusal.value) == "45 minutes or 45 hours? Write 45m or 45h"


@pytest.mark.parametrize("text", ["", "soon", "0", "-1h", "25h", "9" * 1_000_000], ids=short)
def test_a_refusal_reads_as_one_short_line(text: str) -> None:
    with pytest.raises(BadDuration) as refusal:
        parse(text)
    assert len(str(refusal.value).splitlines()) == 1
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("10", 600), ("40", 2400), ("7.5", 450), ("100 h", 6000), ("10000", 600_000), ("0,333", 20), ("90m", 90)],
)
def test_the_hours_of_a_pack_are_bare_numbers_of_any_size(text: str, minutes: int) -> None:
    assert parse(text, limit_minutes=LARGEST_PACK, bare_is_hours=True) == minutes


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10001", Reason.TOO_LONG),
        ("10000.5", Reason.TOO_LONG),
        ("0", Reason.ZERO),
        ("-10", Reason.SIGNED),
        ("1e3", Reason.UNREADABLE),
        ("1,500", Reason.UNREADABLE),  # an hour and a half, or fifteen hundred
        ("10.000 h", Reason.UNREADABLE),
    ],
)
def test_the_hours_of_a_pack_may_be_refused_too(text: str, reason: Reason) -> None:
    with pytest.raises(BadDuration) as refusal:
        parse(text, limit_minutes=LARGEST_PACK, bare_is_hours=True)
    assert refusal.value.reason is reason


def test_three_decimals_are_no_thousands_where_so_many_hours_cannot_be() -> None:
    assert parse("1,500") == 90


@pytest.mark.parametrize(
    ("text", "minutes"), [("-0:45", -45), ("\u22121 h 30", -90), ("- 2h", -120), ("-0,5", -30), ("1h", 60)]
)
def test_the_valued_time_of_a_correction_may_be_negative(text: str, minutes: int) -> None:
    assert parse(text, signed=True) == minutes


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+1h", Reason.SIGNED),
        ("--1h", Reason.UNREADABLE),
        ("-0", Reason.ZERO),
        ("-45", Reason.AMBIGUOUS),
        ("-25h", Reason.TOO_LONG),
    ],
)
def test_a_negative_time_is_held_to_the_same_rules(text: str, reason: Reason) -> None:
    with pytest.raises(BadDuration) as refusal:
        parse(text, signed=True)
    assert refusal.value.reason is reason


@pytest.mark.parametrize(
    ("minutes", "sentence", "column"),
    [
        (90, "1 h 30", "1 h 30"),
        (65, "1 h 05", "1 h 05"),
        (45, "45 min", "0 h 45"),
        (120, "2 h", "2 h 00"),
        (0, "0 h", "0 h 00"),
        (-45, "-45 min", "\u22120 h 45"),
        (-90, "-1 h 30", "\u22121 h 30"),
        (600_000, "10000 h", "10000 h 00"),
    ],
)
def test_durations_are_shown_with_no_break_spaces(minutes: int, sentence: str, column: str) -> None:
    assert show(minutes) == sentence.replace(" ", "\u00a0")
    assert show_in_column(minutes) == column.replace(" ", "\u00a0")


@given(st.integers(-LARGEST_PACK, LARGEST_PACK).filter(bool))
def test_what_is_shown_reads_back(minutes: int) -> None:
    assert parse(show(minutes), limit_minutes=LARGEST_PACK, signed=True) == minutes
    assert parse(show_in_column(minutes), limit_minutes=LARGEST_PACK, signed=True) == minutes


@given(st.text() | st.text(alphabet="0123456789:.,hm -+\u00a0", max_size=12), st.booleans(), st.booleans())
def test_any_text_gives_minutes_within_the_limit_or_a_refusal(text: str, bare_is_hours: bool, signed: bool) -> None:
    try:
        minutes = parse(text, bare_is_hours=bare_is_hours, signed=signed)
    except BadDuration as refusal:
        assert str(refusal)
    else:
        assert 0 < abs(minutes) <= 1440
        assert signed or minutes > 0
