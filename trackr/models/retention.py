"""What is kept for a while only: files of closed tickets, mails, the trail, sessions and keys that are over."""

from datetime import timedelta

from trackr.db import transaction
from trackr.models.address_change import AddressChange
from trackr.models.agency import Agency
from trackr.models.attachment import Attachment
from trackr.models.audit import Audit
from trackr.models.base import now
from trackr.models.mail import Mail
from trackr.models.mailed_key import MailedKey
from trackr.models.received_mail import ReceivedMail
from trackr.models.session import Session
from trackr.models.ticket import Ticket


def sweep() -> None:
    """Let go of what the agency wants to keep no longer. What is gone of a file is its content, not its name."""
    house = Agency.current()
    if house is None:
        return
    with transaction():
        Session.sweep()
        MailedKey.sweep()
        AddressChange.sweep()
        if house.audit_days:
            Audit.sweep(house.audit_days)
        if house.file_days:
            _let_files_go(house.file_days)
        if house.sent_mail_days:
            Mail.let_go(house.sent_mail_days)
        if house.received_mail_days:
            ReceivedMail.let_go(house.received_mail_days)


def _let_files_go(days: int) -> None:
    closed = Ticket.select(Ticket.id).where(Ticket.closed_at < now() - timedelta(days=days))
    old = Attachment.deleted_at.is_null() & Attachment.ticket.in_(closed)
    Attachment.update(deleted_at=now()).where(old).execute()  # the contents go with the next sweep of those
