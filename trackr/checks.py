"""What the value of a setting must look like: a check each, from its name and value to the value that is used."""

import ipaddress
import re
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

SHORTEST_SECRET = 32  # characters
LONGEST_SOCKET = 100  # bytes of its path, by what systems take


class SettingsError(ValueError):
    """One line for the person at the shell: the setting, what is wrong with it, an example. Never a password."""


def _wrong(name: str, shown: str, wanted: str) -> SettingsError:
    return SettingsError(f"{name} is {shown!r}: {wanted}")


def _secret_key(name: str, value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise SettingsError(
            f"{name} has {len(value)} characters: it needs {SHORTEST_SECRET} at least, such as what"
            " `openssl rand -hex 32` prints"
        )
    return value


def _database_url(name: str, value: str) -> str:
    if value.startswith(("postgresql:", "postgres:")):
        wanted = "this version of Trackr does not support PostgreSQL; leave it out, or write sqlite:///trackr.db"
        raise _wrong(name, _without_password(value), wanted)
    if not re.fullmatch(r"sqlite:///[^?#]*[^?#/:]", value):
        raise _wrong(name, _without_password(value), "it must name an SQLite file, such as sqlite:////srv/trackr.db")
    return value


def _base_url(name: str, value: str) -> str:
    parts = _split(value)
    if (
        parts is None
        or parts.scheme not in {"http", "https"}
        or parts.path not in {"", "/"}
        or not re.fullmatch(r"([a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\])(:\d+)?", parts.netloc, re.IGNORECASE | re.ASCII)
        or {"?", "#"} & set(value)
    ):
        wanted = "it must be the address people open, without a path, such as https://tickets.example.org"
        raise _wrong(name, _without_password(value), wanted)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _smtp_url(name: str, value: str) -> str:
    return _server_url(name, value, ("smtp", "smtps"), 587)


def _imap_url(name: str, value: str) -> str:
    return _server_url(name, value, ("imap", "imaps"), 993)


def _server_url(name: str, value: str, schemes: tuple[str, str], port: int) -> str:
    parts = _split(value)
    if parts is None or parts.scheme not in schemes or not parts.hostname or parts.path not in {"", "/"}:
        wanted = f"it must look like {schemes[0]}://user:password@mail.example.org:{port} or {schemes[1]}://…"
        raise _wrong(name, _without_password(value), f"{wanted}, with / ? # @ % in a password as %2F %3F %23 %40 %25")
    return value


def _split(value: str) -> SplitResult | None:
    """The parts of an address, or None where it is none: bad ports and brackets, white space, `?` and `#`."""
    try:
        parts = urlsplit(value)
        good = parts.port != 0 and not parts.query and not parts.fragment and not re.search(r"\s", value)
    except ValueError:
        return None
    return parts if good else None


def _without_password(value: str) -> str:
    """An address that can be shown: whatever may be a password is left out, even where the address is malformed."""
    scheme, found, _ = value.partition("://")
    head, at, host = value.rpartition("@")
    if at:
        return f"{scheme}://***@{host}" if found and "://" in head else f"***@{host}"
    return value if scheme in {"http", "https", "sqlite"} else f"{scheme}://…" if found else "…"


def _issuer(name: str, value: str) -> str:
    parts = _split(value)
    is_plain = bool(parts and parts.hostname and not {"?", "#", "@"} & set(value))
    if parts is None or not is_plain or not (parts.scheme == "https" or is_here(parts)):
        wanted = "it must be what the provider calls itself, such as https://login.example.org/realms/agency"
        raise _wrong(name, _without_password(value), wanted)
    return value


def is_here(parts: SplitResult) -> bool:
    """Whether that address is one of this machine, which may do without encryption."""
    return parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}


def _client_id(name: str, value: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]{1,300}", value):
        raise _wrong(name, value, "it must be the name by which the provider knows this instance, such as trackr")
    return value


def _client_secret(name: str, value: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]{1,1000}", value):
        raise SettingsError(f"{name} cannot be a secret of a provider: it must be such as it gave you, in one line")
    return value


def _provider_name(name: str, value: str) -> str:
    if not value.isprintable() or len(value) > 40:
        raise _wrong(name, value[:50], "it must be a name of at most 40 characters, such as Example")
    return value


def _mail_from(name: str, value: str) -> str:
    address = parseaddr(value)[1]
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", address) or not value.isprintable():
        raise _wrong(name, value, "it must be one address, such as Trackr <tickets@example.org>")
    return value


def _server_name(name: str, value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", value, re.IGNORECASE | re.ASCII):
        raise _wrong(name, value, "it must be the name that the server writes there, such as mx.example.org")
    return value.lower()


def _lmtp_listen(name: str, value: str) -> str:
    """A socket's path, or host:port; of all machines only where `open:` says that this is meant."""
    if value.startswith("/"):
        if len(value.encode()) > LONGEST_SOCKET:
            raise _wrong(name, value, f"it may have {LONGEST_SOCKET} bytes, such as /run/trackr/lmtp.sock")
        return value
    host, _, port = value.removeprefix("open:").replace("localhost:", "127.0.0.1:").rpartition(":")
    try:
        address = ipaddress.ip_address(host.removeprefix("[").removesuffix("]") if host.startswith("[") else host)
    except ValueError:
        raise _wrong(name, value, "it must look like 127.0.0.1:8024, or /run/trackr/lmtp.sock") from None
    if not re.fullmatch(r"[0-9]{1,5}", port, re.ASCII) or not 1 <= int(port) <= 65535:
        raise _wrong(name, value, "its port must be a number from 1 to 65535, such as 127.0.0.1:8024")
    if not address.is_loopback and not value.startswith("open:"):
        wanted = (
            "whoever reaches it can write as anybody: it must be of this machine, such as 127.0.0.1:8024; or, where"
        )
        raise _wrong(name, value, f"{wanted} a firewall lets your mail server alone in, write open:{value}")
    return f"{address}:{port}"


def _trusted_proxies(name: str, value: str) -> str:
    networks = []
    for part in value.split(","):
        try:
            networks.append(str(ipaddress.ip_network(part.strip())))
        except ValueError:
            wanted = "it must list IP addresses or networks, such as 127.0.0.1, 10.0.0.0/8"
            raise _wrong(name, value, f"{part.strip()!r} is none; {wanted}") from None
    return ",".join(networks)


def _megabytes(name: str, value: str) -> str:
    return _whole_number(name, value, 1_000_000, "megabytes")


def _count(name: str, value: str) -> str:
    return _whole_number(name, value, 500, "files")


def _whole_number(name: str, value: str, highest: int, of: str) -> str:
    if not re.fullmatch(r"[0-9]{1,7}", value, re.ASCII) or not 1 <= int(value) <= highest:
        raise _wrong(name, value, f"it must be a whole number of {of} from 1 to {highest}, such as 20")
    return value


CHECKS = {
    "TRACKR_AUTHSERV_ID": _server_name,
    "TRACKR_BASE_URL": _base_url,
    "TRACKR_DATABASE_URL": _database_url,
    "TRACKR_FILES_PER_FORM": _count,
    "TRACKR_FILE_MB": _megabytes,
    "TRACKR_IMAP_URL": _imap_url,
    "TRACKR_LMTP_LISTEN": _lmtp_listen,
    "TRACKR_MAIL_FROM": _mail_from,
    "TRACKR_OIDC_CLIENT_ID": _client_id,
    "TRACKR_OIDC_CLIENT_SECRET": _client_secret,
    "TRACKR_OIDC_ISSUER": _issuer,
    "TRACKR_OIDC_NAME": _provider_name,
    "TRACKR_QUOTA_MB": _megabytes,
    "TRACKR_SECRET_KEY": _secret_key,
    "TRACKR_SMTP_URL": _smtp_url,
    "TRACKR_TRUSTED_PROXIES": _trusted_proxies,
}
