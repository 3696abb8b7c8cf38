"""The agency: who it is, as its statements and its accounts need it."""

import re
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from trackr.files import pictures
from trackr.forms.fields import Fields
from trackr.models import Agency

LARGEST_LOGO = 5_000_000  # bytes
HIGHEST_VAT = 100_00  # hundredths of a percent
NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


def countries() -> list[tuple[str, str]]:
    """Their codes and names, by name, in the reader's language."""
    named = Locale.parse(str(get_locale() or "en")).territories
    found = [(code, name) for code, name in named.items() if re.fullmatch("[A-Z]{2}", code)]
    return sorted((pair for pair in found if pair[0] not in NO_COUNTRIES), key=lambda pair: pair[1])


def read(form: "MultiDict[str, str]", files: "MultiDict[str, FileStorage]", agency: Agency) -> dict[str, Any]:
    """What is changed of it: the fields that were sent. `logo` is a PNG, None: none from now on. Raises Invalid."""
    fields = Fields(form)
    readers = {
        "name": lambda: fields.line("name", limit=100, required=_("Write the agency’s name.")),
        "address": lambda: fields.text("address", limit=500),
        "registration": lambda: fields.line("registration", limit=100),
        "vat_number": lambda: fields.line("vat_number", limit=20),
        "country": lambda: fields.choice("country", [code for code, _name in countries()], agency.country),
        "currency": lambda: _currency(fields, agency.currency),
        "factur_x": lambda: fields.choice("factur_x", ("0", "1"), "0") == "1",
    }
    changed: dict[str, Any] = {name: read() for name, read in readers.items() if fields.has(name)}
    if fields.has("vat"):
        changed["vat_hundredths"] = fields.cents("vat", highest=HIGHEST_VAT) or 0
    changed |= _logo(fields, files)
    fields.check()
    return changed


def _currency(fields: Fields, default: str) -> str:
    code = fields.line("currency", limit=3).upper() or default
    if code not in Locale("en").currencies:
        fields.error("currency", _("Write three letters, such as EUR."))
    return code


def _logo(fields: Fields, files: "MultiDict[str, FileStorage]") -> dict[str, bytes | None]:
    sent = files.get("logo")
    if sent is None or not (sent.filename or sent.stream.read(1)):
        return {"logo": None} if fields.flag("no_logo") else {}
    is_small = sent.stream.seek(0, 2) <= LARGEST_LOGO
    drawn = pictures.logo(sent.stream) if is_small else None  # type: ignore[arg-type]
    if drawn is None:
        fields.error("logo", _("Choose a PNG or JPEG image of at most 5 MB."))
    return {"logo": drawn}
