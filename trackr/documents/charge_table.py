"""What is to be billed as CSV, for the accounts.

Comma separated, with a byte order mark, by which spreadsheets know it for UTF-8. Hours and amounts are decimals with a
point, amounts without VAT; days are ISO.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from trackr.documents.cells import harmless
from trackr.reach.charges import Billed


def as_csv(rows: Iterable[Billed]) -> bytes:
    """The rows with a head."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            _("Project"), _("Client"), _("VAT number of the client"), _("Statement"), _("Pack"), _("From"), _("To"),
            _("Hours"), _("Minutes"), _("Rate"), _("Amount"), _("Currency"), _("State"), _("Invoice"),
            _("Invoiced on"), _("Paid on"),
        ]
    )  # fmt: skip
    writer.writerows(_cells(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Billed) -> Iterator[object]:
    charge = row.charge
    statement, pack = charge.statement, charge.purchase
    yield harmless(charge.project.name)
    yield harmless(charge.project.client)
    yield harmless(charge.project.client_vat_number)
    yield statement.number if statement else ""
    yield harmless(pack.reference or _("pack")) if pack else ""
    yield (statement.first_day if statement else pack.bought_on).isoformat()
    yield (statement.last_day if statement else pack.bought_on).isoformat()
    yield f"{charge.minutes / 60:.2f}"
    yield charge.minutes
    yield f"{row.rate_cents / 100:.2f}" if row.rate_cents is not None else ""
    yield f"{row.cents / 100:.2f}" if row.cents is not None else ""
    yield row.currency
    yield charge.state
    yield harmless(charge.invoice)
    yield charge.invoiced_on.isoformat() if charge.invoiced_on else ""
    yield charge.paid_on.isoformat() if charge.paid_on else ""
