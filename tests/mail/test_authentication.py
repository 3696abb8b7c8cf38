"""Who a mail is really from, as far as the server that took it in has found out."""

from email import message_from_bytes

import pytest

from trackr.mail.authentication import FAILED, PASSED, UNKNOWN, verdict

MINE = "mx.cobalt.example"


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("dmarc=pass header.from=town.example", PASSED),
        ("spf=pass smtp.mailfrom=bounce@mail.town.example", PASSED),
        ("dkim=pass header.d=town.example; spf=fail smtp.mailfrom=x@y.example", PASSED),
        ("auth=pass smtp.auth=claire", PASSED),
        ("spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example; dmarc=none", FAILED),
        ("dmarc=fail header.from=town.example; spf=pass smtp.mailfrom=town.example", FAILED),
        ("spf=softfail smtp.mailfrom=town.example", FAILED),
        ("spf=none; dkim=none", UNKNOWN),
        ("none", UNKNOWN),
    ],
)
def test_the_verdict_is_of_the_domain_that_the_sender_writes(results: str, expected: str) -> None:
    message = message_from_bytes(f"Authentication-Results: {MINE}; {results}\n\nx".encode())
    assert verdict(message, MINE, "claire@town.example") == expected


def test_only_the_topmost_line_of_ones_own_server_counts() -> None:
    lines = ("other.example; dmarc=pass", f"{MINE} 1; spf=fail", f"{MINE}; dmarc=pass")
    forged = "".join(f"Authentication-Results: {line}\n" for line in lines) + "\nx"
    assert verdict(message_from_bytes(forged.encode()), MINE, "claire@town.example") == FAILED
    assert verdict(message_from_bytes(forged.encode()), "", "claire@town.example") == UNKNOWN
