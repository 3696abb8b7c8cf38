"""A statement as JSON, ready for whoever writes the invoice by program. What is in it: docs/statements.md.

Hours have two decimals, and those of the lines add up to the total; so do those of the charges.
"""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from trackr.documents.statement.amounts import bill, charges, decimal_hours
from trackr.documents.statement.lines import Row, rows
from trackr.hours.document import Document

FORMAT = 1


def statement_json(document: Document) -> bytes:
    lines = rows(document)
    minutes = sum(row.minutes for row in lines)
    told = {
        "format": FORMAT,
        "number": document.number,
        "project": {"slug": document.project, "name": document.project_name},
        "period": {"start": document.first_day, "end": document.last_day, "timezone": document.timezone},
        "issued_on": document.issued_on,
        "language": document.language,
        "billing": document.billing,
        "issuer": asdict(document.issuer),
        "client": {**asdict(document.client), "reference": document.client_reference},
        "balance": asdict(document.identity),
        "packs": [asdict(pack) for pack in document.packs],
        "lines": [_line(row) for row in lines],
        "total": {"minutes": minutes, "hours": decimal_hours([minutes])[0]},
        "next_minutes": document.next_minutes,
        "to_bill": _to_bill(document),
        "digest": document.digest,
        "previous": {"number": document.previous_number, "digest": document.previous_digest},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"


def _line(row: Row) -> dict[str, Any]:
    work = row.work
    corrects = work and work.corrects_day and {"day": work.corrects_day, "statement": work.corrects_statement}
    return {
        "ticket": row.ticket.number,
        "title": row.ticket.title,
        "kind": row.ticket.kind,
        "day": work and work.day,
        "notes": work.notes if work else [],
        "people": work.people if work else [],
        "late": bool(work and work.is_late),
        "corrects": corrects or None,
        "minutes": row.minutes,
        "hours": row.hours,
    }


def _to_bill(document: Document) -> dict[str, Any]:
    """What is to be billed; the amounts are null where the project has no rate."""
    told, lines = charges(document), bill(document)
    amounts = [amount for _, amount in lines.lines] if lines else [None] * len(told)
    return {
        "charges": [
            {
                "purchase": charge.pack and charge.pack.id,
                "reference": charge.pack.reference if charge.pack else "",
                "minutes": charge.minutes,
                "hours": charge.hours,
                "net": amount,
            }
            for charge, amount in zip(told, amounts, strict=True)
        ],
        "hours": sum((charge.hours for charge in told), Decimal(0)),
        "currency": document.currency,
        "rate": lines and lines.rate,
        "net": lines and lines.net,
        "vat_percent": lines and lines.vat_percent,
        "vat": lines and lines.vat,
        "total": lines and lines.total,
    }


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, Decimal)
    return float(value)  # of so few digits that its text is the decimal itself
