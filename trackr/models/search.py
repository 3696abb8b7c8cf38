"""Full text search of SQLite (FTS5): what is found in tickets, comments, notes and names of files, with words around.

The indexes and the triggers that keep them are made in migrations/0003_conversation.py and 0007_file_search.py.
Another engine would put its own search here.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from peewee import JOIN, Expression, ForeignKeyField, Node, Select, Table, Value

from trackr.db import database
from trackr.models.attachment import Attachment
from trackr.models.comment import Comment
from trackr.models.ticket import Ticket

# Of each source only the newest that fit are ranked: a word that stands everywhere costs no more than a rare one.
MOST = 300

# Around the words that fit, in what `excerpts` gives: characters that no text holds.
BEGIN, END = "\x02", "\x03"
WORDS_AROUND = 24


@dataclass(frozen=True)
class Source:
    """An index, the table or view that it reads its text from, and how a row of it leads to its ticket."""

    table: str
    content: str
    leads: ForeignKeyField | None = None  # None: the rows are tickets themselves

    @property
    def index(self) -> Table:
        return Table(self.table, ("rowid", "rank", self.table))

    def fits(self, index: Table, match: str) -> Expression:
        return Expression(getattr(index, self.table), "MATCH", Value(match))

    def places(self, index: Table, *columns: Node) -> Select:
        """A query of the numbers of tickets and these columns. The index is read first: CROSS JOIN keeps the order."""
        if self.leads is None:
            return index.select(index.rowid, *columns)
        rows = self.leads.model
        return index.select(self.leads, *columns).join(rows, JOIN.CROSS).where(rows.id == index.rowid)


TICKETS = Source("ticket_search", "ticket")
COMMENTS = Source("comment_search", "public_comment", Comment.ticket)
FILES = Source("file_search", "public_file", Attachment.ticket)
NOTES = Source("note_search", "internal_note", Comment.ticket)  # these two are never asked for a client
NOTE_FILES = Source("note_file_search", "internal_file", Attachment.ticket)
SOURCES = (TICKETS, COMMENTS, FILES, NOTES, NOTE_FILES)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that fits: its ticket, its row in the source, and how well it fits (the lower the better)."""

    ticket: int
    row: int
    rank: float


def match(words: Sequence[str], phrases: Sequence[str] = (), *, is_open: bool = True) -> str:
    """What FTS5 is asked: all of the words and phrases, the last word being a beginning where it `is_open`.

    Everything is quoted, so that nothing somebody types is a part of its language. "" where nothing is asked.
    """
    terms = [_quoted(phrase) for phrase in phrases] + [_quoted(word) for word in words]
    if words and is_open and len(words[-1]) > 1:
        terms[-1] += "*"
    return " ".join(terms)


def beginnings(text: str) -> str:
    """What FTS5 is asked for all words of the text, each being a beginning. "" where there is none in it."""
    return " ".join(f'"{word}"*' for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text)))


def in_title(asked: str) -> str:
    """The same, asked of titles alone."""
    return f"title : ({asked})"


def hits(source: Source, asked: str, within: Expression) -> list[Hit]:
    """The newest places that fit, in tickets that the condition lets through."""
    index = source.index
    query = source.places(index, index.rowid, index.rank).join(Ticket, JOIN.CROSS)
    number = index.rowid if source.leads is None else source.leads
    query = query.where((Ticket.id == number) & source.fits(index, asked) & within)
    rows = query.order_by(index.rowid.desc()).limit(MOST).bind(database).tuples()
    return [Hit(*row) for row in rows]


def excerpts(source: Source, asked: str, rows: list[int]) -> dict[int, str]:
    """The words around what fits, of these rows of the source, with BEGIN and END around each."""
    name = source.table
    wanted = ", ".join("(?)" for _ in rows)
    # Row by row from the list: asked for all of them at once, SQLite would read every place that fits.
    sql = f"""WITH wanted (id) AS (VALUES {wanted})
        SELECT wanted.id, snippet({name}, -1, ?, ?, '…', {WORDS_AROUND})
        FROM wanted CROSS JOIN {name} WHERE {name}.rowid = wanted.id AND {name} MATCH ?"""  # noqa: S608 -- our names
    return dict(database.execute_sql(sql, [*rows, BEGIN, END, asked])) if rows else {}


def unmarked(excerpt: str) -> str:
    return excerpt.replace(BEGIN, "").replace(END, "")


def found(sources: Sequence[Source], asked: str) -> Expression:
    """The condition that keeps a query of tickets to those with a place that fits."""
    return reduce(or_, (Ticket.id.in_(_tickets(source, asked)) for source in sources))


def _tickets(source: Source, asked: str) -> Select:
    index = source.index
    return source.places(index).where(source.fits(index, asked))


def lacks() -> dict[str, int]:
    """By index: how many rows it has too few, or (below 0) too many; none where all is right."""
    found = {}
    for source in SOURCES:
        sql = f"SELECT (SELECT COUNT(*) FROM {source.content}) - (SELECT COUNT(*) FROM {source.table}_docsize)"  # noqa: S608
        if (lack := database.execute_sql(sql).fetchone()[0]) != 0:
            found[source.table] = lack
    return found


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', " ").replace("\x00", " "))
