"""What is to be billed, and the invoice of the accounts that takes it: forward, and back."""

from datetime import date

import pytest

from tests.people import Cast
from trackr.models import Charge, Event
from trackr.models.base import Refused

DAY = date(2026, 2, 2)


def test_it_is_invoiced_then_paid_and_both_can_be_taken_back(people: Cast) -> None:
    charge = Charge.create(project=people.intranet, statement=people.statement(), minutes=90)
    charge.move(people.olive, "invoiced", invoice="F-2026-7", invoiced_on=DAY)
    charge.move(people.olive, "paid", invoice="F-2026-7", invoiced_on=DAY, paid_on=DAY)
    assert Charge.get().is_paid and Charge.get().paid_on == DAY
    charge.move(people.olive, "invoiced", invoice="F-2026-7", invoiced_on=DAY)
    assert (Charge.get().invoice, Charge.get().paid_on) == ("F-2026-7", None)
    for _ in range(2):
        charge.move(people.olive, "open", invoice="F-2026-7", invoiced_on=DAY)
    assert (Charge.get().state, Charge.get().invoice, Charge.get().invoiced_on) == ("open", "", None)
    moves = [event.details["state"] for event in Event.select().where(Event.kind == "charge.moved")]
    assert moves == ["invoiced", "paid", "invoiced", "open"]


def test_that_of_a_pack_that_was_taken_back_stays_void(people: Cast) -> None:
    pack = people.pack()
    charge = Charge.get(Charge.purchase == pack)
    charge.move(people.olive, "void")
    charge.move(people.olive, "open")
    pack.cancel(people.olive)
    with pytest.raises(Refused, match="taken_back"):
        Charge.get().move(people.olive, "open")
