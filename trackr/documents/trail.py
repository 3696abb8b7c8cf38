"""The trail as CSV: for a spreadsheet, and for who keeps it elsewhere. Instants are UTC."""

import csv
import io
from collections.abc import Callable, Iterable

from flask_babel import gettext as _

from trackr.documents.cells import harmless
from trackr.models import Audit


def as_csv(lines: Iterable[Audit], kind: Callable[[Audit], str], details: Callable[[Audit], str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    head = [_("Instant"), _("What"), _("Who"), _("To whom"), _("Project"), _("Details"), _("Address"), _("Browser")]
    writer.writerow([*head, _("Way")])
    for line in lines:
        people = (person.name if person else "" for person in (line.person, line.subject))
        project = line.project.name if line.project else ""
        cells = (kind(line), *people, project, details(line), line.address, line.agent, line.via)
        writer.writerow([line.created_at.isoformat(timespec="milliseconds"), *map(harmless, cells)])
    return text.getvalue().encode("utf-8-sig")
