"""The provider of OpenID Connect, where the settings name one: it is asked, as who signs in does."""

from collections.abc import Iterator

from trackr.doctor.finding import Finding, ok, wrong
from trackr.oidc.provider import Provider, Unreachable
from trackr.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    provider = Provider(settings)
    if not provider.is_wished:
        return
    if provider.trouble:
        yield wrong("provider", provider.trouble)
        return
    try:
        keys = provider.keys()
    except Unreachable as problem:
        yield wrong("provider", f"{provider.issuer} cannot be asked: {problem}. Is TRACKR_OIDC_ISSUER right?")
        return
    yield ok("provider", f"{provider.issuer} answers, and signs with {len(keys)} keys")
