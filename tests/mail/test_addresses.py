"""Tokens in the names of mails and behind their feet; secrets that wait; when mails may come."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from trackr.mail import post
from trackr.mail.addresses import known_by, message_id, token_of, unsubscribe_token, unsubscribing
from trackr.mail.sealing import seal, unseal
from trackr.mail.times import after_quiet, next_hour


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "key", b"the secret of the instance")
    monkeypatch.setattr(post, "address", "desk@cobalt.example")


PARIS = ZoneInfo("Europe/Paris")


def test_an_answer_names_ticket_and_person_by_its_headers_and_nobody_makes_that_up(key: None) -> None:
    name = message_id(142, 7, "abc123")
    assert name.endswith(".abc123@cobalt.example>")
    assert known_by(f"<other@example.org>\n {name}") == (142, 7)
    assert known_by(f"Re: {token_of(142, 7).replace('142', '143')}") is None
    assert known_by("142.7.0") is None


def test_what_stops_mails_is_signed_too_and_no_other_token_is_taken_for_it(key: None) -> None:
    token = unsubscribe_token(7, 142)
    assert unsubscribing(token) == (142, 7)
    signature = token_of(7, 142).rpartition(".")[2]
    for forged in (f"7-142-{signature}", token.replace("7-", "8-", 1), "7-142-", "", "٧-1-" + "0" * 20):
        assert unsubscribing(forged) is None


def test_a_secret_is_sealed_until_it_goes(key: None) -> None:
    sealed = seal("a token that is longer than one block of the stream")
    assert "token" not in sealed and sealed != seal("a token that is longer than one block of the stream")
    assert unseal(sealed) == "a token that is longer than one block of the stream"
    with pytest.raises(ValueError, match="not sealed"):
        unseal(sealed[:-8] + "AAAAAAA=")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(("hours", "instant", "comes"), [
    ((20, 8), "2026-03-14 19:59", "2026-03-14 19:59"),
    ((20, 8), "2026-03-14 20:00", "2026-03-15 08:00"),
    ((20, 8), "2026-03-15 07:59", "2026-03-15 08:00"),
    ((12, 14), "2026-03-14 13:30", "2026-03-14 14:00"),
    ((22, 7), "2026-03-28 23:00", "2026-03-29 07:00"),  # the night in which the clocks go forward
    ((8, 8), "2026-03-14 13:30", "2026-03-14 13:30"),
    ((None, None), "2026-03-14 03:30", "2026-03-14 03:30"),
])  # fmt: skip
def test_quiet_hours_are_those_of_the_reader_s_clock(
    hours: tuple[int | None, int | None], instant: str, comes: str
) -> None:
    assert after_quiet(at(instant).astimezone(UTC), PARIS, *hours) == at(comes)


def test_the_mail_of_the_day_comes_at_the_next_such_hour() -> None:
    assert next_hour(at("2026-03-14 07:59"), PARIS, 8) == at("2026-03-14 08:00")
    assert next_hour(at("2026-03-14 08:00"), PARIS, 8) == at("2026-03-15 08:00")
