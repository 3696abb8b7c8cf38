"""The two mails of a change of address."""

from trackr.db import transaction
from trackr.mail.outbox import queue_direct
from trackr.models import Person
from trackr.models.address_change import AddressChange


def ask(person: Person, wanted: str) -> None:
    """Mail a link to the new address, and one that stops it to the one before. Raises Refused("address_changed").

    An address that is somebody else's gets no mail, which is found when it is written, and nobody is told: who has one
    here is nothing to tell.
    """
    with transaction():
        asked = AddressChange.ask(person, wanted)
        queue_direct("address_stop", person, secret={"token": asked.stop}, wanted=wanted)
        queue_direct("address_confirm", person, address=wanted, secret={"token": asked.confirm}, wanted=wanted)
