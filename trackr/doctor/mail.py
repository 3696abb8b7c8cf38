"""Mail: whether the server takes us in as the settings say, and what has piled up in the outbox. Nothing is sent."""

from collections.abc import Iterator
from datetime import timedelta

from trackr.doctor.finding import Finding, hint, ok, wrong
from trackr.mail import post
from trackr.mail.smtp import Trouble, connected
from trackr.models import Mail
from trackr.models.base import now
from trackr.settings import Settings

LATE = timedelta(hours=1)
LATELY = timedelta(days=7)


def examine_server(settings: Settings) -> Iterator[Finding]:
    post.open(settings)
    if post.server is None:
        yield ok("mail", "TRACKR_SMTP_URL is not set: nothing is sent")
    elif not post.is_set_up:
        yield wrong("mail", f"without {' and '.join(post.missing)} nothing is sent: set what is missing")
    else:
        try:
            with connected(post.server):
                yield ok("mail", f"{post.server.host} lets us in on port {post.server.port}")
        except Trouble as trouble:
            yield wrong("mail", str(trouble))


def examine_outbox() -> Iterator[Finding]:
    """In an open database."""
    late = Mail.queued().where((Mail.due_at < now() - LATE) & Mail.sending_at.is_null()).count()
    failed = Mail.select().where((Mail.state == "failed") & (Mail.created_at > now() - LATELY)).count()
    if late and post.is_set_up:
        yield hint("outbox", f"mails that have been due for an hour: {late}. Is `trackr serve` running?")
    elif failed:
        yield hint("outbox", f"mails of the last week that failed: {failed}. The owner's page /mails says why")
    else:
        yield ok("outbox", "no mail is stuck")
