"""A file on a ticket: its content lies in the data folder, by its digest."""

import contextlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from peewee import BooleanField, CharField, Expression, ForeignKeyField, IntegerField, fn

from trackr import log
from trackr.db import Unanswered, database, transaction
from trackr.files import Upload, store
from trackr.files.contents import FULL
from trackr.files.pictures import Picture, picture
from trackr.models import logo
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.comment import Comment
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.ticket import Ticket

if TYPE_CHECKING:
    from trackr.models.project import Project

ABANDONED_SECONDS = 30 * 24 * 3600  # while somebody may still want the database back that a restored one replaced

logger = logging.getLogger(__name__)


class Stored:
    """An upload whose content the store holds, and the picture of it where there is one."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.picture: Picture | None = picture(upload.stream)
        self.digest = ""

    def put(self) -> None:
        self.digest = store.put(self.upload.stream)
        if self.picture:
            store.put_preview(self.digest, self.picture.data)


class Attachment(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL")  # none: with the ticket's own text
    name = CharField()
    size = IntegerField()  # bytes
    digest = CharField(index=True)  # SHA-256 of the content, in hexadecimal
    is_image = BooleanField(default=False)  # there is a preview
    width = IntegerField(null=True)  # of the preview
    height = IntegerField(null=True)
    internal = BooleanField(default=False)  # of an internal note
    created_by = ForeignKeyField(Person, index=False)
    created_at = InstantField(default=now)
    deleted_by = ForeignKeyField(Person, null=True, index=False)
    deleted_at = InstantField(null=True)

    class Meta:
        indexes = ((("ticket", "id"), False),)

    @property
    def project(self) -> "Project":
        return self.ticket.project

    @classmethod
    def borne(cls, *, internal: bool) -> Expression:
        """The condition for tickets that have a file; internal: one of a note counts too."""
        files = cls.select().where((cls.ticket == Ticket.id) & cls.deleted_at.is_null())
        return fn.EXISTS(files if internal else files.where(~cls.internal))

    @classmethod
    def used_bytes(cls) -> int:
        """What all contents take together, each counted once."""
        contents = cls.select(fn.MAX(cls.size).alias("size")).where(cls.deleted_at.is_null()).group_by(cls.digest)
        return contents.select_from(fn.COALESCE(fn.SUM(contents.c.size), 0)).scalar()

    @classmethod
    def used_digests(cls, among: Sequence[str] | None = None) -> set[str]:
        """Of the contents that some file or mail has; of all, unless some are named."""
        from trackr.models.received_mail import ReceivedMail

        query = cls.select(cls.digest).where(cls.deleted_at.is_null()).distinct()
        found = {digest for (digest,) in (query.where(cls.digest.in_(among)) if among else query).tuples()}
        return found | ReceivedMail.used_digests(among)

    @classmethod
    def add(
        cls,
        ticket: Ticket,
        author: Person,
        files: Sequence[Stored],
        comment: Comment | None = None,
        at: datetime | None = None,
    ) -> None:
        """Put files on a ticket, with a comment or with its own text; within the transaction of that."""
        for file in files:
            if not store.has(file.digest):  # the last other one with this content was deleted a moment ago
                file.put()
            shown = file.picture
            cls.create(
                ticket=ticket,
                comment=comment,
                name=file.upload.name,
                size=file.upload.size,
                digest=file.digest,
                is_image=shown is not None,
                width=shown and shown.width,
                height=shown and shown.height,
                internal=comment is not None and comment.internal,
                created_by=author,
                created_at=at or now(),
            )

    @classmethod
    def bring(cls, ticket: Ticket, author: Person, uploads: Sequence[Upload]) -> None:
        """Put files on a ticket by themselves. Raises Refused where there is no room for them."""
        with stored(uploads) as files, transaction():
            cls.add(ticket, author, files)
            names = [file.upload.name for file in files]
            Event.record(ticket.project, "file.added", author, ticket=ticket, names=names)

    def remove(self, actor: Person) -> None:
        """Delete the file, leaving a trace that names it and who did it."""
        with transaction():
            mine = (Attachment.id == self.id) & Attachment.deleted_at.is_null()
            changed = Attachment.update(deleted_by=actor, deleted_at=now()).where(mine).execute()
            if not changed:  # done already
                return
            public = not self.internal
            Event.record(self.project, "file.deleted", actor, ticket=self.ticket, client=public, names=[self.name])
        let_go([self.digest])

    @classmethod
    def remove_with(cls, comment: Comment, actor: Person) -> list[str]:
        """Delete the files of a comment that is being deleted; returns what is to be let go once that is stored."""
        mine = (cls.comment == comment) & cls.deleted_at.is_null()
        digests = [digest for (digest,) in cls.select(cls.digest).where(mine).tuples()]
        if digests:
            cls.update(deleted_by=actor, deleted_at=now()).where(mine).execute()
        return digests


@contextmanager
def stored(uploads: Sequence[Upload]) -> Iterator[list[Stored]]:
    """Have the store hold the uploads, for rows that are made within; where that fails, nothing of them stays.

    Raises Refused where there is no room. To be entered before the transaction of the rows: writing takes its time.
    """
    if uploads and Attachment.used_bytes() + sum(upload.size for upload in uploads) > store.quota:
        raise Refused("no_room", "files")
    files = [Stored(upload) for upload in uploads]
    try:
        for file in files:
            _put(file)
        yield files
    except BaseException:
        with contextlib.suppress(Unanswered):  # what cannot be asked for now is swept later
            let_go([file.digest for file in files if file.digest])
        raise


def _put(file: Stored) -> None:
    try:
        file.put()
    except OSError as problem:
        if problem.errno not in FULL:
            raise
        log.event(logger, "disk_full", level=logging.ERROR, error=repr(problem))
        raise Refused("disk_full", "files") from problem


def let_go(digests: Sequence[str]) -> None:
    """Remove the contents that no file has any more."""
    if not digests or database.in_transaction():  # not before that is stored
        return
    with transaction(), store.removing() as may_remove:
        if may_remove:
            unused = set(digests) - Attachment.used_digests(digests)
            for digest in unused - logo.used_digests(unused):
                store.remove(digest)


def sweep() -> None:
    """Remove what deletions, copies and crashes have left behind, once it is old."""
    if not store.folder.is_dir():
        return
    store.clear_drafts()
    let_go(store.abandoned(Attachment.used_digests() | logo.used_digests(), ABANDONED_SECONDS))
