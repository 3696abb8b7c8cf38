"""What the mail server that took a mail in has found out of its sender: SPF, DKIM and DMARC (RFC 8601)."""

import re
from email.message import Message

from trackr.mail import headers

PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"
_result = re.compile(r"\b(spf|dkim|dmarc|arc|auth)\s*=\s*([a-z]+)([^;]*)", re.IGNORECASE)
_domain = re.compile(
    r"\b(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|mail|helo|auth))\s*=\s*\"?(?:[^\s;@\"]*@)?([^\s;\"]+)", re.IGNORECASE
)


def verdict(message: Message, server: str, sender: str) -> str:
    """PASSED, FAILED or UNKNOWN: whether the mail is of the address it says, by what `server` has written into it.

    server: the name by which it calls itself. Only its topmost line counts: those below may have come with the mail.
    """
    mine = [line for line in headers.lines(message, "authentication-results") if _server(line) == server.lower()]
    if not server or not mine:
        return UNKNOWN
    domain = sender.rpartition("@")[2]
    results = [(method.lower(), result.lower(), _of(rest)) for method, result, rest in _result.findall(mine[0])]
    by_dmarc = [result for method, result, _ in results if method == "dmarc"]
    if "pass" in by_dmarc or any(method == "auth" and result == "pass" for method, result, _ in results):
        return PASSED
    if "fail" in by_dmarc:
        return FAILED
    proven = [
        result for method, result, of in results if method in ("spf", "dkim") and result == "pass" and _same(of, domain)
    ]
    if proven:
        return PASSED
    return FAILED if any(result in ("fail", "softfail", "permerror", "pass") for _, result, _ in results) else UNKNOWN


def _server(line: str) -> str:
    return line.partition(";")[0].strip().split(" ")[0].lower() if line else ""


def _of(rest: str) -> str:
    found = _domain.search(rest)
    return found[1].lower().strip(".") if found else ""


def _same(of: str, domain: str) -> bool:
    """One of both is the other, or lies below it: mail.town.example signs for town.example."""
    return bool(of) and (of == domain or of.endswith(f".{domain}") or domain.endswith(f".{of}")) and "." in of
