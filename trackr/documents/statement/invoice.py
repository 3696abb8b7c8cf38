"""What a statement bills as Factur-X (profile EN 16931), for programs that write or check the invoice.

It is no invoice, since Trackr numbers none: its type is 130, an invoicing data sheet, on whose base an invoice is
written (UNTDID 1001), its number is that of the statement, and it says that nothing is to be paid on it.
The keys are the business terms of EN 16931.
"""

import json
import re
from datetime import date
from typing import Any

from trackr.documents.cells import printable
from trackr.documents.statement import apart, factur_x, words
from trackr.documents.statement.amounts import Bill, bill
from trackr.documents.statement.speech import _, speaking
from trackr.hours.document import Document, Party

DATA_SHEET, HOUR = "130", "HUR"
SIRET, SIREN = (14, "0009"), (9, "0002")  # how many digits they have, and their scheme of ISO 6523


def statement_xml(document: Document) -> bytes | None:
    """The XML, valid by its schema; None where the statement bills nothing, has no rate, or an agency without number.

    Raises apart.Failed where it cannot be told, such as a currency that does not exist.
    """
    told = bill(document)
    seller = _party(document.issuer, document.issuer.country)
    if told is None or not ({"vat_identifier", "tax_identifier"} & set(seller)):
        return None
    with speaking(document):
        terms = {**_head(document, seller), **_sums(told), "BG-25": _lines(document, told)}
    return apart.run(factur_x.__file__, content=json.dumps(terms, default=date.isoformat).encode())


def _head(document: Document, seller: dict[str, Any]) -> dict[str, Any]:
    reference = printable(document.client_reference)
    return {
        "BT-1": f"statement-{document.number}",
        "BT-2": document.issued_on,
        "BT-3": DATA_SHEET,
        "BT-5": document.currency,
        **({"BT-10": reference} if reference else {}),
        "BT-20": _("Nothing is to be paid on this document: an invoice follows."),
        "BT-72": document.last_day,
        "BT-73": document.first_day,
        "BT-74": document.last_day,
        "BG-1": [{"BT-22": _("Data for an invoice, from a statement of time. This is not an invoice.")}],
        "BG-4": seller,
        "BG-7": _party(document.client, document.issuer.country),
    }


def _sums(told: Bill) -> dict[str, Any]:
    net, vat, total = f"{told.net:.2f}", f"{told.vat:.2f}", f"{told.total:.2f}"
    group = {"BT-116": net, "BT-117": vat, "BT-118": _category(told), "BT-119": f"{told.vat_percent:.2f}"}
    if not told.vat_percent:
        group["BT-120"] = _("No VAT is charged.")
    return {
        "BT-106": net,
        "BT-109": net,
        "BT-110": vat,
        "BT-112": total,
        "BT-115": total,
        "BG-23": [group],
    }


def _lines(document: Document, told: Bill) -> list[dict[str, Any]]:
    return [
        {
            "BT-126": str(place),
            "BT-129": f"{charge.hours:.2f}",
            "BT-130": HOUR,
            "BT-131": f"{amount:.2f}",
            "BT-134": document.first_day,
            "BT-135": document.last_day,
            "BT-146": f"{told.rate:.2f}",
            "BT-151": _category(told),
            "BT-152": f"{told.vat_percent:.2f}",
            "BT-153": printable(words.charge(document, charge)),
        }
        for place, (charge, amount) in enumerate(told.lines, 1)
    ]


def _category(told: Bill) -> str:
    """Standard rate, or exempt."""
    return "S" if told.vat_percent else "E"


def _party(party: Party, country: str) -> dict[str, Any]:
    """A seller or buyer; where the country is not known, it is the one given."""
    found: dict[str, Any] = {"name": printable(party.name), "country_code": party.country or country or "FR"}
    lines = [line for line in map(printable, party.address.splitlines()) if line]
    place = re.fullmatch(r"(\d{4,5}) (.+)", lines[-1]) if lines else None
    if place:
        found |= {"postcode": place[1], "city": place[2]}
        lines.pop()
    found |= dict(zip(("addr_l1", "addr_l2", "addr_l3"), lines, strict=False))
    digits = re.sub(r"\D", "", party.registration)
    scheme = next((scheme for count, scheme in (SIRET, SIREN) if count == len(digits)), None)
    if scheme:
        found |= {"legal_identifier": digits, "legal_identifier_schemeid": scheme}
    elif party.registration:
        found["legal_identifier"] = printable(party.registration)
    vat = re.sub(r"\s", "", party.vat_number).upper()
    if re.match(r"[A-Z]{2}", vat):
        found["vat_identifier"] = vat
    elif vat or digits:
        found["tax_identifier"] = vat or digits
    return found
