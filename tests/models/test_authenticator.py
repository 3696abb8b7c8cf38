"""A second factor: codes of an app and recovery codes, each good once."""

from datetime import timedelta

import pyotp
import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Audit, Authenticator, RecoveryCode

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(clock: Clock, seconds: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(clock.at + timedelta(seconds=seconds))


@pytest.fixture
def codes(people: Cast, clock: Clock) -> list[str]:
    """Olive's recovery codes."""
    found = Authenticator.set(people.olive, SECRET, code(clock))
    assert found is not None
    return found


def olives(people: Cast) -> Authenticator:
    return Authenticator.get(Authenticator.person == people.olive)


def test_a_code_is_good_once_and_some_seconds_late(people: Cast, clock: Clock, codes: list[str]) -> None:
    assert not olives(people).takes(code(clock))  # by which it was set up
    clock.forward(seconds=60)
    late = code(clock, -30)
    assert olives(people).takes(f" {late[:3]} {late[3:]}") and not olives(people).takes(late)
    assert olives(people).takes(code(clock)) and not olives(people).takes(late)
    assert not olives(people).takes(code(clock, 90)) and not olives(people).takes("")


def test_of_two_that_come_at_once_one_is_taken(people: Cast, clock: Clock, codes: list[str]) -> None:
    clock.forward(seconds=30)
    first, second = olives(people), olives(people)
    assert (first.takes(code(clock)), second.takes(code(clock))) == (True, False)


def test_a_recovery_code_is_good_once_and_stored_nowhere(people: Cast, clock: Clock, codes: list[str]) -> None:
    assert len(set(codes)) == 10 and codes[0] not in str(list(RecoveryCode.select().dicts()))
    assert olives(people).takes(codes[0].upper().replace("-", " ")) and not olives(people).takes(codes[0])
    assert RecoveryCode.left(people.olive) == 9
    assert codes[1] not in RecoveryCode.renew(people.olive) and not olives(people).takes(codes[1])


def test_a_wrong_code_sets_nothing_up_and_what_is_removed_is_gone(people: Cast, clock: Clock) -> None:
    assert Authenticator.set(people.olive, SECRET, "000000") is None and Authenticator.of(people.olive) is None
    Authenticator.set(people.olive, SECRET, code(clock))
    olives(people).remove(people.olive)
    assert Authenticator.select().count() == RecoveryCode.select().count() == 0
    assert Audit.get(Audit.kind == "authenticator.removed").subject == people.olive
