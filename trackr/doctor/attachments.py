"""Files that people sent: whether every content is there and is what it was, and how much room is left for more."""

from collections.abc import Iterator

from trackr.doctor.finding import Finding, hint, ok, wrong
from trackr.files import Store
from trackr.files.contents import MEGABYTE, measure
from trackr.models import Attachment, logo
from trackr.settings import Settings

NAMED = 5  # who has lost thousands needs no list
NEARLY_FULL = 0.9


def examine(settings: Settings) -> Iterator[Finding]:
    store, used = Store(settings), Attachment.used_digests() | logo.used_digests()
    faults = {digest: fault for digest in sorted(used) if (fault := _fault(store, digest))}
    for digest in list(faults)[:NAMED]:
        remedy = "restore a backup, or delete it there and have it sent again"
        yield wrong("attachments", f"{_told(digest)}: its content {faults[digest]}: {remedy}")
    if len(faults) > NAMED:
        yield wrong("attachments", f"so it is with {len(faults) - NAMED} more: restore a backup")
    if not faults:
        unused = len(store.abandoned(used, 0))
        left = f", and {unused} that nothing refers to are removed once they are 30 days old" if unused else ""
        yield ok("attachments", f"the contents of {len(used)} files are there and unchanged{left}")
    yield _room(store, Attachment.used_bytes())


def _fault(store: Store, digest: str) -> str:
    try:
        with store.path(digest).open("rb") as content:
            return "" if measure(content)[0] == digest else "has changed"
    except FileNotFoundError:
        # Nothing is wrong with one that was deleted a moment ago.
        return "is not there" if Attachment.used_digests([digest]) | logo.used_digests([digest]) else ""
    except OSError as problem:
        return f"cannot be read ({problem.strerror})"


def _told(digest: str) -> str:
    one = Attachment.select().where((Attachment.digest == digest) & Attachment.deleted_at.is_null()).first()
    name = f"{one.name} of ticket {one.ticket_id}" if one else "a logo, or a mail that was received"
    return f"{name} ({digest[:12]}…)"


def _room(store: Store, used: int) -> Finding:
    told = f"files take {-(-used // MEGABYTE)} MB of the {store.quota // MEGABYTE} that TRACKR_QUOTA_MB allows"
    if used > store.quota * NEARLY_FULL:
        return hint("quota", f"{told}: raise it before files are refused, if the disk has room")
    return ok("quota", told)
