"""A statement of time to try things with: that of the mock, January 2026."""

from datetime import date

from trackr.hours.document import Document, Identity, Pack, Party, Ticket, Work


def _ticket(number: int, title: str, *lines: tuple[int, int, str, str], kind: str = "support") -> Ticket:
    works = tuple(
        Work(date(2026, 1, day), minutes, (note,), (person,), (number * 10 + day,))
        for day, minutes, note, person in lines
    )
    return Ticket(number, title, kind, sum(work.minutes for work in works), works)


def january() -> Document:
    tickets = (
        _ticket(
            131,
            "Login refuses agents whose name has an accent",
            (8, 45, "Found the cause with two agents on the phone", "Nadia"),
            (9, 90, "Corrected, 312 accounts checked", "Nadia"),
        ),
        _ticket(
            134,
            "Move the HR forms to the new menu",
            (13, 60, "Menu and 22 redirections", "Tom"),
            (14, 45, "Labels agreed with Claire, published", "Tom"),
            kind="assistance",
        ),
        _ticket(
            136,
            "Search returns nothing for PDF documents",
            (20, 75, "Index of documents rebuilt", "Tom"),
            (21, 30, "Checked with the archive service", "Tom"),
        ),
        _ticket(139, "Monthly update and backup check", (29, 60, "Updates, one backup restored as a test", "Nadia")),
        _ticket(140, "Wrong phone number in the directory", (30, 45, "Number and its source corrected", "Nadia")),
    )
    october = Pack(3, "pack", "BC 2025-118", 1200, date(2025, 10, 2), date(2025, 10, 2), None, 45, 0, 0, 45, 0, 0, 0)
    new = Pack(
        7, "pack", "BC 2026-004", 1200, date(2026, 1, 8), date(2026, 1, 8), date(2027, 1, 7), 0, 1200, 0, 405, 0, 0, 795
    )  # fmt: skip
    return Document(
        number=12,
        project="lunel",
        project_name="Intranet Mairie de Lunel",
        language="en",
        timezone="Europe/Paris",
        billing="prepaid",
        detail="day",
        increment=15,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 1, 31),
        issued_on=date(2026, 2, 1),
        issuer=Party("Atelier Cobalt", "14 rue des Tanneurs\n34000 Montpellier", "SIRET 812 345 678 00021", "", "FR"),
        client=Party("Ville de Lunel", "Service communication\n240 avenue Victor-Hugo\n34400 Lunel", country="FR"),
        client_reference="Contract of 1 September 2025",
        identity=Identity(45, 1200, 0, 0, 450, 0, 795),
        packs=(october, new),
        tickets=tickets,
        next_minutes=0,
        previous_number=9,
        previous_digest="0" * 64,
    )
