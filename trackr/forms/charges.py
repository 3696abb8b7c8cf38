"""The invoice of the accounts that takes a charge, or several, and whether it is paid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Charge
from trackr.models.charge import STATES


@dataclass(frozen=True)
class Move:
    state: str
    invoice: str
    invoiced_on: date | None
    paid_on: date | None

    @classmethod
    def read(cls, form: "MultiDict[str, str]", charge: Charge, today: date) -> "Move":
        """What is not sent stays; a day that is missing is today. Raises Invalid."""
        fields = Fields(form)
        state = fields.choice("state", STATES, str(charge.state))
        is_billed = state in ("invoiced", "paid")
        needed = _("Write the number that the invoice has in the accounts.") if is_billed else ""
        invoice = fields.line("invoice", limit=60, required=needed) if fields.has("invoice") else str(charge.invoice)
        if needed and not invoice:
            fields.error("invoice", needed)
        move = cls(
            state=state,
            invoice=invoice,
            invoiced_on=fields.day("invoiced_on", default=charge.invoiced_on or today),
            paid_on=fields.day("paid_on", default=charge.paid_on or today),
        )
        fields.check()
        return move


MOST = 200


@dataclass(frozen=True)
class Moves:
    each: list[tuple[Charge, Move]]

    @classmethod
    def read(cls, form: "MultiDict[str, str]", find: Callable[[list[int]], list[Charge]], today: date) -> "Moves":
        """One state for all that are ticked; a number or a day that is left empty stays with each as it is.

        find: the charges of these numbers that are theirs. Raises Invalid.
        """
        fields = Fields(form)
        charges = find(fields.ids("charges", most=MOST))
        state = fields.choice("state", ("", *STATES), "")
        if not charges:
            fields.error("charges", _("Tick what is meant."))
        elif not state:
            fields.error("state", _("Choose what is to become of them."))
        fields.check()
        filled = MultiDict((name, value) for name, value in form.items(multi=True) if value.strip())
        return cls([(charge, Move.read(filled, charge, today)) for charge in charges])
