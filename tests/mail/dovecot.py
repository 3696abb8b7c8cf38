"""Debian's dovecot, with one mailbox, on a free port of 127.0.0.1."""

import imaplib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DOVECOT = shutil.which("dovecot", path="/usr/sbin:/usr/bin:/sbin")
MISSING = "dovecot is not here, or this is not root (apt-get install dovecot-imapd)"
IS_HERE = bool(DOVECOT) and os.geteuid() == 0 and Path("/usr/lib/dovecot/imap").exists()

CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u
}}
"""


@dataclass
class Server:
    port: int
    folder: Path
    name: str = ""  # of the mailbox

    @property
    def url(self) -> str:
        return f"imap://{self.name}:secret@127.0.0.1:{self.port}"

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(self.name, "secret")
        return client

    def deliver(self, *mails: bytes) -> None:
        with self.client() as client:
            for mail in mails:
                client.append("INBOX", "", None, mail)

    def counts(self, *folders: str) -> list[int]:
        with self.client() as client:
            return [int(client.select(folder)[1][0] or b"0") for folder in folders]


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Server(free.getsockname()[1], folder)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "mail", "mail")
    for path in (folder, *list(folder.parents)[:3]):
        path.chmod(0o755)  # dovecot's own users pass through
    path = folder / "dovecot.conf"
    path.write_text(CONFIGURATION.format(folder=folder, port=server.port))
    assert DOVECOT
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(path)])
    try:
        for _try in range(100):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", server.port)) == 0:
                    break
            time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(10)
