"""What the person who runs an instance may set, in the environment or in `trackr.toml` in the data folder.

Everything is checked before the start: a setting that nobody knows or a value that cannot work is one clear line.
"""

import os
import secrets
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from trackr.checks import CHECKS, SHORTEST_SECRET, SettingsError
from trackr.ownership import hand_over

__all__ = ["NAMES", "Settings", "SettingsError"]

MEGABYTE = 1_000_000
LARGEST_FORM = 2 * 1024 * 1024  # bytes of what is typed into one form

NAMES = tuple(sorted([*CHECKS, "TRACKR_DATA"]))


@dataclass(frozen=True)
class Settings:
    """The settings of one instance. What holds a secret is kept out of `repr`."""

    data: Path  # absolute
    secret_key: bytes = field(repr=False)
    database_url: str = "sqlite:///trackr.db"
    base_url: str | None = None  # without a slash at its end
    smtp_url: str | None = field(default=None, repr=False)
    imap_url: str | None = field(default=None, repr=False)
    lmtp_listen: str | None = None  # the path of a socket, or an IP address, a colon and a port
    mail_from: str | None = None
    authserv_id: str | None = None  # the name of the server whose Authentication-Results are believed
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)  # none: a client without one
    oidc_name: str | None = None  # what people call the provider
    trusted_proxies: tuple[str, ...] = ()  # networks, as ipaddress.ip_network reads them
    file_mb: int = 20  # the largest file that is taken
    files_per_form: int = 20
    quota_mb: int = 5000  # for all files together

    @classmethod
    def load(cls, environ: Mapping[str, str], data: Path | None = None, *, create: bool = True) -> "Settings":
        """Read the settings of the instance in `data`, else in TRACKR_DATA, else in ./data; raises SettingsError.

        The environment wins over trackr.toml; an empty value is one not given. The folder is made if missing, and so
        is the secret in it. Where `create` is false nothing is: no folder is refused, and no secret is an empty one.
        """
        given = {name: value for name, value in environ.items() if name.startswith("TRACKR_")}
        _refuse_unknown(given, "the environment")
        named = given.pop("TRACKR_DATA", "")
        folder = _folder(data or Path(named or "data"), create)
        values = _from_file(folder / "trackr.toml") | {name: value for name, value in given.items() if value.strip()}
        checked = {name: CHECKS[name](name, value.strip()) for name, value in values.items() if value.strip()}
        proxies = checked.get("TRACKR_TRUSTED_PROXIES")
        secret = checked.get("TRACKR_SECRET_KEY") or _kept_secret(folder / "secret_key", create)
        return cls(
            data=folder,
            secret_key=secret.encode(errors="surrogateescape"),
            database_url=checked.get("TRACKR_DATABASE_URL", cls.database_url),
            base_url=checked.get("TRACKR_BASE_URL"),
            smtp_url=checked.get("TRACKR_SMTP_URL"),
            imap_url=checked.get("TRACKR_IMAP_URL"),
            lmtp_listen=checked.get("TRACKR_LMTP_LISTEN"),
            mail_from=checked.get("TRACKR_MAIL_FROM"),
            authserv_id=checked.get("TRACKR_AUTHSERV_ID"),
            oidc_issuer=checked.get("TRACKR_OIDC_ISSUER"),
            oidc_client_id=checked.get("TRACKR_OIDC_CLIENT_ID"),
            oidc_client_secret=checked.get("TRACKR_OIDC_CLIENT_SECRET"),
            oidc_name=checked.get("TRACKR_OIDC_NAME"),
            trusted_proxies=tuple(proxies.split(",")) if proxies else (),
            file_mb=int(checked.get("TRACKR_FILE_MB", cls.file_mb)),
            files_per_form=int(checked.get("TRACKR_FILES_PER_FORM", cls.files_per_form)),
            quota_mb=int(checked.get("TRACKR_QUOTA_MB", cls.quota_mb)),
        )

    @property
    def database_path(self) -> Path:
        """The SQLite file; a relative one lies in the data folder, wherever the program was started."""
        return self.data / unquote(self.database_url.removeprefix("sqlite:///"))

    @property
    def largest_request(self) -> int:
        """Bytes of a form with as many files, and as large ones, as are taken, beside all that can be typed."""
        return self.file_mb * self.files_per_form * MEGABYTE + LARGEST_FORM


def _refuse_unknown(names: Iterable[str], where: str) -> None:
    for name in sorted(set(names) - set(NAMES)):
        # Compared without the prefix, which makes all of them look alike.
        endings = [known.removeprefix("TRACKR_") for known in NAMES]
        near = get_close_matches(name.upper().removeprefix("TRACKR_"), endings, n=1)
        hint = f"did you mean TRACKR_{near[0]}?" if near else f"the settings are {', '.join(NAMES)}"
        raise SettingsError(f"unknown setting {name!r} in {where}: {hint}")


def _folder(path: Path, create: bool) -> Path:
    path = path.absolute()
    try:
        if create and not path.exists():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.is_dir():
            raise SettingsError(f"TRACKR_DATA is '{path}': there is no folder of that name")
    except OSError as problem:
        raise SettingsError(f"TRACKR_DATA is '{path}': it cannot be used ({problem.strerror})") from problem
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK, effective_ids=True):
        raise SettingsError(f"TRACKR_DATA is '{path}': this user cannot write there")
    return path


def _from_file(path: Path) -> dict[str, str]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise SettingsError(f"{path} cannot be read: {problem.strerror}") from problem
    except ValueError as problem:  # neither UTF-8 nor TOML
        raise SettingsError(f'{path}: {problem}; a line reads TRACKR_BASE_URL = "https://example.org"') from problem
    _refuse_unknown(values, str(path))
    if "TRACKR_DATA" in values:
        raise SettingsError(f"TRACKR_DATA is set in {path}, the file it leads to: set it in the environment")
    for name, value in values.items():
        if not isinstance(value, str):
            raise SettingsError(f'{name} in {path} is not a text: put it in quotes, as in {name} = "…"')
    return values


def _kept_secret(path: Path, create: bool) -> str:
    """The secret in the data folder, made the first time, or empty where it shall not be."""
    try:
        if not path.exists():
            if not create:
                return ""
            _make_secret(path)
        secret = path.read_text(encoding="ascii").strip()
    except UnicodeDecodeError as problem:
        raise SettingsError(f"{path} is not a text: restore the file, or remove it for a new secret") from problem
    except OSError as problem:
        raise SettingsError(f"{path} cannot be read or made: {problem.strerror}") from problem
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(
            f"{path} holds fewer than {SHORTEST_SECRET} characters: restore the file, or remove it for a new secret"
        )
    return secret


def _make_secret(path: Path) -> None:
    # Written aside and linked into place: two processes that start together agree, and nobody reads half of it.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_hex(32).encode() + b"\n")
        os.fsync(handle)
        hand_over(draft)
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was quicker
    finally:
        os.close(handle)
        draft.unlink()
