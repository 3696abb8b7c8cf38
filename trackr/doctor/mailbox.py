"""The mailbox, where the settings name one: it is asked, as the server does all day."""

from collections.abc import Iterator

from trackr.doctor.finding import Finding, hint, ok, wrong
from trackr.mail.imap import FAULTS, opened
from trackr.mail.post import Post
from trackr.mail.smtp import Trouble
from trackr.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    post = Post()
    post.open(settings)
    if post.mailbox is None:
        return
    try:
        with opened(post.mailbox) as box:
            count = box.folder.status("INBOX", ["MESSAGES"])["MESSAGES"]
    except (Trouble, *FAULTS) as trouble:
        yield wrong("mailbox", str(trouble))
        return
    yield ok("mailbox", f"{post.mailbox.host} can be read, {count} mails wait in INBOX")
    if not post.authserv_id:
        yield hint(
            "mailbox",
            "TRACKR_AUTHSERV_ID is not set, so forged senders are not told from others: set it to the name that the"
            " server writes into Authentication-Results",
        )
