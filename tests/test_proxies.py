"""What a reverse proxy says about a request is believed of trusted ones alone."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from trackr.proxies import CLAIMS, believe

TRUSTED = ("127.0.0.1/32", "10.0.0.0/8", "::1/128")


def seen(peer: str, **headers: str) -> WSGIEnvironment:
    """The request as the application sees it."""
    caught: list[WSGIEnvironment] = []

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        caught.append(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", "HTTP_HOST": "trackr:8080"}
    environ |= {f"HTTP_X_FORWARDED_{name}": value for name, value in headers.items()}
    believe(app, TRUSTED)(environ, lambda status, headers, fault=None: lambda data: None)
    return caught[0]


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_a_trusted_proxy_is_believed(peer: str) -> None:
    environ = seen(peer, FOR="192.0.2.7", PROTO="https", HOST="tickets.example.org")
    assert environ["REMOTE_ADDR"] == "192.0.2.7"
    assert environ["wsgi.url_scheme"] == "https"
    assert environ["HTTP_HOST"] == "tickets.example.org"


@pytest.mark.parametrize("peer", ["192.0.2.1", "127.0.0.2", "localhost", ""])
def test_nobody_else_is(peer: str) -> None:
    environ = seen(peer, FOR="127.0.0.1", PROTO="https", HOST="evil.example.org", PREFIX="/x")
    assert environ["REMOTE_ADDR"] == peer
    assert environ["wsgi.url_scheme"] == "http"
    assert environ["HTTP_HOST"] == "trackr:8080"
    assert not set(CLAIMS) & set(environ)


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("203.0.113.9, 192.0.2.7", "192.0.2.7"),  # the first was sent by the client
        ("203.0.113.9, 192.0.2.7, 10.0.0.5", "192.0.2.7"),
        ("10.0.0.4, 10.0.0.5", "10.0.0.4"),  # a client inside
        ("2001:db8::7", "2001:db8::7"),
        ("unknown", "127.0.0.1"),
        ("192.0.2.7:4711", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("192.0.2.7,", "127.0.0.1"),
    ],
)
def test_the_client_is_the_last_address_that_is_not_a_proxy(chain: str, client: str) -> None:
    assert seen("127.0.0.1", FOR=chain)["REMOTE_ADDR"] == client


def test_a_proxy_that_says_nothing_changes_nothing() -> None:
    environ = seen("127.0.0.1")
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["HTTP_HOST"] == "trackr:8080"
