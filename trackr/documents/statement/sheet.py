"""A statement as the plain texts that its PDF is drawn of."""

from typing import Any

from trackr.documents.cells import printable
from trackr.documents.statement import words
from trackr.documents.statement.amounts import bill
from trackr.documents.statement.speech import _, speaking
from trackr.hours.document import Document, Pack, Party, Ticket, Work
from trackr.hours.durations import show_in_column

Sheet = dict[str, Any]


def sheet(document: Document) -> Sheet:
    """All that the template writes, in the client's language."""
    with speaking(document):
        told = {
            "lang": document.language,
            "title": words.title(document),
            "project": document.project_name,
            "number": words.number(document),
            "reference": _("Your reference: %(reference)s", reference=document.client_reference)
            if document.client_reference
            else "",
            "issuer": _party(document.issuer),
            "client": _party(document.client),
            "terms": [
                {"sign": term.sign, "time": show_in_column(term.minutes), "told": term.told}
                for term in words.terms(document)
            ],
            "summary": " ".join(words.sentences(document)),
            "heads": _heads(document),
            "tickets": [_ticket(document, ticket) for ticket in document.tickets],
            "total": {"told": words.total(document), "time": _sum(document.tickets)},
            "kinds": _kinds(document),
            "tables": [*_packs(document), *_bill(document)],
            "foot": words.counted(document),
            "footer": f"{document.issuer.name}, {words.title(document)}",
            "attached": _("Data for the invoice"),
        }
    return dict(_printable(told))


def _printable(told: Any) -> Any:
    if isinstance(told, str):
        return printable(told)
    if isinstance(told, dict):
        return {name: _printable(each) for name, each in told.items()}
    return [_printable(each) for each in told] if isinstance(told, list) else told


def _party(party: Party) -> Sheet:
    more = [party.registration, _("VAT %(number)s", number=party.vat_number) if party.vat_number else ""]
    return {"name": party.name, "lines": [line for line in [*party.address.splitlines(), *more] if line.strip()]}


def _heads(document: Document) -> Sheet:
    if any(ticket.lines for ticket in document.tickets):
        return {"day": _("Day"), "what": _("What was done"), "hours": _("Hours")}
    return {"day": _("Ticket"), "what": "", "hours": _("Hours")}


def _ticket(document: Document, ticket: Ticket) -> Sheet:
    return {
        "title": ticket.title,
        "key": f"#{ticket.number}" if ticket.number else "",
        "time": show_in_column(ticket.minutes),
        "lines": [_work(document, work) for work in ticket.lines],
    }


def _work(document: Document, work: Work) -> Sheet:
    return {
        "day": words.short_day(document, work.day),
        "text": "; ".join(note for note in work.notes if note.strip()),
        "people": ", ".join(work.people),
        "marks": words.marks(document, work),
        "time": show_in_column(work.minutes),
    }


def _sum(tickets: tuple[Ticket, ...] | list[Ticket]) -> str:
    return show_in_column(sum(ticket.minutes for ticket in tickets))


def _kinds(document: Document) -> list[Sheet]:
    """Where there is time of both kinds, how much of each."""
    kinds = sorted({ticket.kind for ticket in document.tickets}, reverse=True)
    of = {kind: [ticket for ticket in document.tickets if ticket.kind == kind] for kind in kinds}
    return [{"told": words.kind(kind), "time": _sum(of[kind])} for kind in kinds] if len(kinds) > 1 else []


def _packs(document: Document) -> list[Sheet]:
    if not document.packs:
        return []
    heads = [_("Pack"), _("Hours"), _("Before"), _("Used"), _("Left"), _("Valid until")]
    rows = [
        {"told": words.pack(document, pack), "note": words.of_pack(pack), "figures": _pack(document, pack)}
        for pack in document.packs
    ]
    return [{"title": _("Your packs"), "heads": heads, "rows": rows, "sums": []}]


def _pack(document: Document, pack: Pack) -> list[str]:
    minutes = (pack.minutes, pack.opening_minutes, pack.drawn_minutes, pack.left_minutes)
    until = words.day(document, pack.expires_on) if pack.expires_on else _("no end")
    return [*map(show_in_column, minutes), until]


def _bill(document: Document) -> list[Sheet]:
    told = bill(document)
    if told is None:
        return []
    rows = [
        {
            "told": words.charge(document, charge),
            "note": "",
            "figures": [
                words.decimal(document, charge.hours),
                words.money(document, told.rate),
                words.money(document, amount),
            ],
        }
        for charge, amount in told.lines
    ]
    vat = _("VAT %(percent)s%%", percent=words.decimal(document, told.vat_percent, "0.##"))
    sums = [(_("Without VAT"), told.net), (vat, told.vat), (_("With VAT"), told.total)]
    return [
        {
            "title": _("To be billed; the invoice comes separately"),
            "heads": [_("What"), _("Hours"), _("For an hour, without VAT"), _("Amount")],
            "rows": rows,
            "sums": [{"told": name, "figure": words.money(document, amount)} for name, amount in sums],
        }
    ]
