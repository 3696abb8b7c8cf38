"""What templates say of statements, and a reply that begins with a line of one."""

from dataclasses import dataclass, replace
from datetime import date

from babel.numbers import format_currency
from flask import Flask, g, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from trackr.documents.statement import words
from trackr.hours.amounts import amount
from trackr.hours.document import Document, Work
from trackr.hours.document import Ticket as Told
from trackr.hours.durations import show
from trackr.models import Draft, Project, Statement, Ticket, question
from trackr.reach.statement_list import document_of
from trackr.reach.statement_page import line_of
from trackr.reach.statements import statement as find
from trackr.web import kept
from trackr.web.auth import me
from trackr.web.filters import day, reader, today
from trackr.web.languages import plain as _
from trackr.web.pages import Typed


@dataclass(frozen=True, slots=True)
class _Period:
    first_day: date
    last_day: date
    language: str


def period(of: Document | Statement) -> str:
    """ "January 2026", or "from 5 to 11 January 2026", for the reader."""
    return words.period(_Period(of.first_day, of.last_day, reader().locale))


def read(document: Document) -> Document:
    """The document in the language of who reads it on a page; its files are in that of its client."""
    return replace(document, language=reader().locale)


def sentences(document: Document) -> str:
    return " ".join(words.sentences(document))


def money(cents: int, currency: str) -> str:
    return format_currency(cents / 100, currency, locale=reader().locale)


def told(statement: Statement) -> Markup:
    """The sentence of a statement: drawn once, since its document is long and never changes."""

    def document() -> Document:
        return read(document_of(statement))

    return kept.part("statements/_sentence.html", statement.id, statement.digest, today(), document=document)


def fill_composer(ticket: Ticket) -> None:
    """Where the address asks for it (`?about=12:3`), open the composer with that line of that statement quoted.

    What the reader had begun to write stays, behind it.
    """
    asked = _asked(request.args.get("about", ""))
    statement = find(g.reach, asked[0]) if asked else None
    if not (asked and statement and statement.document and statement.project.id == ticket.project.id):
        return
    document = Document.from_text(statement.document)
    found = line_of(document, ticket.id, asked[1])
    if found is None:
        return
    draft = Draft.of(me(), f"reply:{ticket.id}") or {}
    body = _quoted(document, *found) + draft.get("body", "")
    values = MultiDict(draft | {"body": body, "internal": "0", "about": str(document.number)})
    g.refused = ("comment", Typed(values, is_refused=True))


def fill_new_ticket(project: Project) -> None:
    """Where the address asks for it (`?about=12`), begin a new ticket with a question about that statement.

    What the reader had begun to write stays, below.
    """
    asked = _asked(request.args.get("about", "") + ":0")
    statement = find(g.reach, asked[0]) if asked and "refused" not in g else None
    if statement is None or statement.project.id != project.id:
        return
    title = _("Question about statement %(number)s, %(period)s", number=statement.number, period=period(statement))
    draft = Draft.of(me(), f"ticket:{project.slug}") or {}
    before = [draft.get(name, "") for name in ("title", "body")]
    body = "\n\n".join(text for text in before if text.strip() and text != title)
    values = draft | {"title": title, "about": str(statement.number)} | ({"body": body} if body else {})
    g.refused = ("", Typed(MultiDict(values), is_refused=True, is_draft=True))


def note_question(ticket: Ticket, number: int) -> None:
    """Where a client asks about that statement of the ticket's project: that stops its silence."""
    statement = find(g.reach, number) if number and me().is_client else None
    if statement and statement.project.id == ticket.project.id:
        question.ask(statement, ticket, me())


def _asked(text: str) -> tuple[int, int] | None:
    """The number of a statement and a line of it, as an address names them."""
    number, _colon, line = text.partition(":")
    are_numbers = all(part.isascii() and part.isdecimal() and len(part) < 9 for part in (number, line))
    return (int(number), int(line)) if are_numbers else None


def _quoted(document: Document, ticket: Told, work: Work | None) -> str:
    """The line as a quotation in Markdown, and room for the answer."""
    about = _("Statement %(number)s, %(period)s", number=document.number, period=period(document))
    minutes = work.minutes if work else ticket.minutes
    if work is None:
        return f"> {about}: {show(minutes)}\n\n"
    notes = " ".join(", ".join(work.notes).split())
    done = _("%(what)s: %(words)s", what=day(work.day), words=notes) if notes else day(work.day)
    return f"> {about}  \n> {done} ({show(minutes)})\n\n"


def register(app: Flask) -> None:
    app.jinja_env.filters.update(period=period, money=money, amount=amount, read=read, sentences=sentences)
    app.jinja_env.globals.update(statement_told=told, statement_words=words)
