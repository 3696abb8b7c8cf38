"""The invoice of the accounts that takes a charge, and whether it is paid."""

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
