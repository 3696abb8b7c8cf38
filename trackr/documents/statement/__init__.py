"""The files of a statement of time, each made of its stored document alone, in its client's language."""

import logging
import re
import unicodedata
from dataclasses import dataclass

from trackr import log
from trackr.documents.statement.apart import Failed
from trackr.files import store
from trackr.hours.document import Document

logger = logging.getLogger(__name__)

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class File:
    name: str
    mimetype: str
    content: bytes


def statement_file(document: Document, extension: str, *, with_xml: bool) -> File:
    """One of TYPES; with_xml: a PDF carries the data for the invoice, where there is one. Raises Failed for a PDF."""
    return File(_name(document, extension), TYPES[extension], _content(document, extension, with_xml))


def _name(document: Document, extension: str) -> str:
    """Such as cobalt-lunel-2026-01-statement-7.pdf, with the last day where the period is no month."""
    from trackr.documents.statement.words import is_month

    plain = unicodedata.normalize("NFKD", document.issuer.name).encode("ascii", "ignore").decode().lower()
    agency = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    end = f"{document.last_day:%Y-%m}" if is_month(document) else document.last_day.isoformat()
    return "-".join(filter(None, (agency, document.project, end, f"statement-{document.number}.{extension}")))


def _content(document: Document, extension: str, with_xml: bool) -> bytes:
    """What makes a file is loaded once one is asked for."""
    if extension == "csv":
        from trackr.documents.statement.table import statement_csv

        return statement_csv(document)
    if extension == "xlsx":
        from trackr.documents.statement.workbook import statement_xlsx

        return statement_xlsx(document)
    if extension == "json":
        from trackr.documents.statement.data import statement_json

        return statement_json(document)
    from trackr.documents.statement.pdf import statement_pdf

    return statement_pdf(document, _logo(document), _xml(document) if with_xml else None)


def _logo(document: Document) -> bytes | None:
    """None where it is lost: a statement without is better than none."""
    path = store.path(document.logo) if document.logo else None
    return path.read_bytes() if path and path.is_file() else None


def _xml(document: Document) -> bytes | None:
    from trackr.documents.statement.invoice import statement_xml

    try:
        return statement_xml(document)
    except Failed as problem:
        log.event(logger, "no factur-x", level=logging.WARNING, statement=document.number, error=str(problem))
        return None
