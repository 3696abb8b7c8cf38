"""Links and codes that wait in the outbox: sealed with the secret of the instance, and erased once the mail has gone.

The secret lies beside the database, not in it: a copy of the database alone lets nobody in. What is sealed is masked
with a stream that HMAC-SHA256 makes of the secret and a number used once, and signed.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode

from trackr.mail.post import post

NONCE, SIGNATURE = 16, 32  # bytes


def seal(text: str) -> str:
    nonce, data = secrets.token_bytes(NONCE), text.encode()
    masked = _mask(nonce, data)
    return b64encode(nonce + _sign(nonce + masked) + masked).decode()


def unseal(sealed: str) -> str:
    """Raises ValueError where it was sealed with another secret, or changed."""
    data = b64decode(sealed)
    nonce, signature, masked = data[:NONCE], data[NONCE : NONCE + SIGNATURE], data[NONCE + SIGNATURE :]
    if not hmac.compare_digest(signature, _sign(nonce + masked)):
        raise ValueError("not sealed with this instance's secret")
    return _mask(nonce, masked).decode()


def _mask(nonce: bytes, data: bytes) -> bytes:
    key = _key(b"mask")
    blocks = range(0, len(data), 32)
    stream = b"".join(hmac.new(key, nonce + start.to_bytes(8, "big"), hashlib.sha256).digest() for start in blocks)
    return bytes(byte ^ masking for byte, masking in zip(data, stream, strict=False))


def _sign(data: bytes) -> bytes:
    return hmac.new(_key(b"sign"), data, hashlib.sha256).digest()


def _key(purpose: bytes) -> bytes:
    return hmac.new(post.key, b"mail:" + purpose, hashlib.sha256).digest()
