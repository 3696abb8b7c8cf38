"""There and back: the address to send a browser to, and who it is that comes back with a code.

The code is good in the browser alone that was sent (state), for the program alone that sent it (PKCE), and what the
provider signs answers this one question (nonce). Nothing that it gives is kept: neither tokens nor what they tell.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from trackr import clock
from trackr.oidc.provider import PATIENCE, Provider, Unreachable

SCOPE = "openid email"
# Signed with a key that only the provider has: none that the client's secret signs too, and never "none".
ALGORITHMS = [f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)]
LEEWAY = 60  # seconds, by which two clocks may differ
LONGEST_SUBJECT = 255


class Untrusted(Exception):
    """What came back proves nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser that was sent keeps until it is back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is."""

    issuer: str
    subject: str
    email: str  # empty where it does not say that the address is theirs
    is_strong: bool  # whether more than one factor was shown there
    authenticated_at: float | None  # in seconds since 1970; None where it does not tell


def begin(provider: Provider, back: str, *, hint: str = "", anew: bool = False) -> tuple[str, Asked]:
    """The address of the provider to go to, and what to keep meanwhile. Raises Unreachable.

    back: where the provider sends the browser then · anew: ask there again, whoever is signed in.
    """
    asked = Asked(*(secrets.token_urlsafe(32) for _ in range(3)))
    more = {"nonce": asked.nonce} | ({"login_hint": hint} if hint else {})
    if anew:
        more |= {"prompt": "login", "max_age": "0"}
    endpoint = provider.published()["authorization_endpoint"]
    with _client(provider, back) as client:
        address, _state = client.create_authorization_url(
            endpoint, state=asked.state, code_verifier=asked.verifier, **more
        )
    return str(address), asked


def redeem(provider: Provider, back: str, asked: Asked, *, code: str, issuer: str) -> Identity:
    """Who comes back with that code. Raises Untrusted, Unreachable.

    issuer: who the answer says it is of, "" where it does not.
    """
    published = provider.published()
    names_itself = published.get("authorization_response_iss_parameter_supported") is True
    if (issuer or names_itself) and issuer != published["issuer"]:
        raise Untrusted("the answer is of another provider")
    token = _fetch_token(provider, back, asked, code)
    claims = _read(provider, str(token.get("id_token", "")), str(token.get("access_token", "")), asked.nonce)
    amr, at = claims.get("amr"), claims.get("auth_time")
    return Identity(
        issuer=published["issuer"],
        subject=claims["sub"],
        email=_verified_email(_with_email(provider, claims, str(token.get("access_token", "")))),
        is_strong=isinstance(amr, list) and "mfa" in amr,
        authenticated_at=float(at) if isinstance(at, int | float) and not isinstance(at, bool) else None,
    )


def _client(provider: Provider, back: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    # Where the provider does not say how clients show their secret, this is how.
    ways = provider.published().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        token_endpoint_auth_method=way if provider.client_secret else "none",
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
    )


def _fetch_token(provider: Provider, back: str, asked: Asked, code: str) -> dict[str, Any]:
    import requests
    from authlib.integrations.base_client import OAuthError

    endpoint = provider.published()["token_endpoint"]
    try:
        with _client(provider, back) as client:
            token = client.fetch_token(
                endpoint, code=code, code_verifier=asked.verifier, grant_type="authorization_code",
                timeout=PATIENCE, allow_redirects=False,
            )  # fmt: skip
    except OAuthError as refused:
        raise Untrusted(f"the code was refused: {refused.error}") from refused
    except (requests.RequestException, ValueError) as problem:
        raise Unreachable(type(problem).__name__) from problem
    if not isinstance(token, dict):
        raise Unreachable("it answers no token")
    return token


def _read(provider: Provider, id_token: str, access_token: str, nonce: str) -> dict[str, Any]:
    """What the ID token says, once its signature, issuer, audience, nonce and instants are right."""
    from authlib.oidc.core import CodeIDToken
    from joserfc.errors import JoseError

    claimed = {
        "iss": {"essential": True, "value": provider.published()["issuer"]},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
    }
    known = {"nonce": nonce, "client_id": provider.client_id, "access_token": access_token}
    try:
        token = _verified(provider, id_token)
        claims = CodeIDToken(token.claims, token.header, claimed, known)
        claims.validate(now=int(clock.read().timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise Untrusted(f"its token is not good: {type(problem).__name__} {problem}"[:200]) from problem
    if not isinstance(claims["sub"], str) or len(claims["sub"]) > LONGEST_SUBJECT:
        raise Untrusted("its token names nobody")
    return dict(claims)


def _verified(provider: Provider, id_token: str) -> Any:
    """The token, whose signature is the provider's; keys that are new since yesterday are asked for."""
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        return jwt.decode(id_token, _usable(provider.keys()), registry=registry)
    except InvalidKeyIdError:
        return jwt.decode(id_token, _usable(provider.keys(anew=True)), registry=registry)


def _usable(keys: list[dict[str, Any]]) -> Any:
    """The keys of kinds that are known: others may lie beside them."""
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet, import_key

    found = []
    for key in keys:
        try:
            found.append(import_key(key))
        except (JoseError, ValueError, KeyError, TypeError):
            continue
    return KeySet(found)


def _with_email(provider: Provider, claims: dict[str, Any], access_token: str) -> dict[str, Any]:
    """What is said of the address: by the token, else where the provider tells more of the same person."""
    address = provider.published().get("userinfo_endpoint")
    if "email" in claims or not address or not access_token:
        return claims
    found = provider.fetch(address, access_token)
    if found.get("sub") != claims["sub"]:
        raise Untrusted("it tells of somebody else")
    return found


def _verified_email(claims: dict[str, Any]) -> str:
    email = claims.get("email")
    is_theirs = claims.get("email_verified") in (True, "true")  # some write it as a text
    return email if isinstance(email, str) and is_theirs else ""
