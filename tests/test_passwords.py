"""Passwords: what anybody would try first is refused, and nothing else is asked but their length."""

import tomllib
from hashlib import sha256

import pytest

from trackr.forms.passwords import DIGEST_BYTES, LISTED, is_common

NAMES = ["Claire Clément", "Atelier Cobalt", "claire@town.example"]


def test_what_anybody_would_try_is_common() -> None:
    tried = [
        "password1234", "P@ssw0rd2024!", "azertyuiop12", "123456789012", "qwertyqwerty", "aaaaaaaaaaaa",
        "motdepasse2026", "1qaz2wsx3edc", "AtelierCobalt2026", "ClaireClement", "Claire.Clement1987",
        "trackr-cobalt", "abcabcabcabc", "iloveyou1234", "bienvenue2026", "marseille13013", "superman12345",
        "asdfghjkl;123", "January2026!!", "987654321098", "letmein12345", "zxcvbnm123456", "Passw0rdPassw0rd",
    ]  # fmt: skip
    assert [password for password in tried if not is_common(password, NAMES)] == []


@pytest.mark.parametrize(
    "password", ["correct horse battery", "fifteen-minutes", "une poule sur un mur", "x7Kpmm!Qz2vLw9", "t4r8-92js-kd7v"]
)
def test_what_has_to_be_guessed_is_not(password: str) -> None:
    assert not is_common(password, NAMES)


def test_what_many_chose_is_common_whatever_it_is_made_of() -> None:
    listed = ["finalfantasy", "needforspeed", "UnBelievable", "sonyericsson", "chickenwing101"]
    assert [password for password in listed if not is_common(password)] == []


def test_the_list_is_whole_and_in_order() -> None:
    packages = tomllib.loads(LISTED.with_name("vendor.toml").read_text(encoding="utf-8"))["package"]
    content = LISTED.read_bytes()
    assert packages[0]["files"] == {LISTED.name: sha256(content).hexdigest()}
    digests = [content[at : at + DIGEST_BYTES] for at in range(0, len(content), DIGEST_BYTES)]
    assert len(digests) == 10_000
    assert digests == sorted(set(digests))
