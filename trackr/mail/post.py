"""How the instance sends mail, as its settings say: through which server, as whom, and with which links."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from trackr.settings import Settings

NEEDED = {"smtp_url": "TRACKR_SMTP_URL", "mail_from": "TRACKR_MAIL_FROM", "base_url": "TRACKR_BASE_URL"}

PORTS = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server; its password is kept out of `repr`."""

    host: str
    port: int
    encrypted: bool  # from the first byte on, else by STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine, so that what is said to it passes no network."""
        return self.host in ("localhost", "127.0.0.1", "::1")


class Post:
    """The post office of the instance, once its settings are read."""

    def __init__(self) -> None:
        self.server: Server | None = None
        self.mailbox: Server | None = None  # whose mails are taken in
        self.address = ""
        self.base_url = ""
        self.key = b""
        self.reads_answers = False
        self.authserv_id = ""  # by which the server that takes mail in names itself in Authentication-Results
        self.missing: tuple[str, ...] = tuple(NEEDED.values())  # settings without which nothing is sent

    def open(self, settings: Settings) -> None:
        self.missing = tuple(name for attribute, name in NEEDED.items() if not getattr(settings, attribute))
        self.server = _server(settings.smtp_url) if settings.smtp_url else None
        self.mailbox = _server(settings.imap_url) if settings.imap_url else None
        self.address = parseaddr(settings.mail_from or "")[1]
        self.base_url = settings.base_url or ""
        self.key = settings.secret_key
        self.authserv_id = settings.authserv_id or ""
        self.reads_answers = bool(settings.imap_url or settings.lmtp_listen or settings.authserv_id)

    @property
    def is_set_up(self) -> bool:
        return not self.missing

    @property
    def domain(self) -> str:
        """That of the sender, in which the names of mails are made."""
        return self.address.rpartition("@")[2] or "trackr.invalid"

    def link(self, path: str) -> str:
        return f"{self.base_url}{path}"


def _server(url: str) -> Server:
    parts = urlsplit(url)
    encrypted = parts.scheme.endswith("s")
    port = parts.port or PORTS[parts.scheme]
    return Server(parts.hostname or "", port, encrypted, unquote(parts.username or ""), unquote(parts.password or ""))


post = Post()
