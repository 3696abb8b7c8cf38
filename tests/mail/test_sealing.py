"""Links and codes of mails that wait: of no use without the secret of the instance, and never another text."""

from base64 import b64decode, b64encode

import pytest

from tests.people import Cast
from trackr.mail.post import post
from trackr.mail.sealing import NONCE, seal, unseal

TEXT = '{"code": "123456", "token": "é%s"}' % ("x" * 100)


def test_what_is_sealed_comes_back_and_is_never_sealed_alike(people: Cast) -> None:
    first, second = seal(TEXT), seal(TEXT)
    assert unseal(first) == unseal(second) == TEXT and unseal(seal("")) == ""
    assert first != second and b"123456" not in b64decode(first)
    masked, masked_again = (b64decode(sealed)[NONCE + 32 :] for sealed in (first, second))
    assert not any(masked[start : start + 8] == masked_again[start : start + 8] for start in range(len(masked) - 8))


def test_another_secret_does_not_open_it(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = seal(TEXT)
    monkeypatch.setattr(post, "key", b"another")
    with pytest.raises(ValueError, match="not sealed with this"):
        unseal(sealed)


def test_a_changed_byte_anywhere_is_noticed(people: Cast) -> None:
    data = b64decode(seal("123456"))
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(ValueError, match="not sealed with this"):
            unseal(b64encode(changed).decode())
