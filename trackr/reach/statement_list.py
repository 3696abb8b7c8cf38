"""Statements in lists: what each of them comes to, and whether anybody has seen it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import JOIN, fn

from trackr.hours.document import Document
from trackr.models import Acknowledgement, Person, Project, Statement
from trackr.models.base import now
from trackr.models.question import Question, asked
from trackr.reach import Reach
from trackr.reach.statements import approves, reads, statements

LONG = timedelta(days=21)  # without a word, before staff are told
PAST = timedelta(days=120)  # after which it is history


@dataclass(frozen=True, slots=True)
class Summary:
    """What a document comes to."""

    used_minutes: int
    billed_minutes: int
    closing_minutes: int
    currency: str
    rate_cents: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    statement: Statement
    summary: Summary | None  # none: closed before documents were kept
    seen: Acknowledgement | None
    questions: list[Question]
    may_approve: bool = False  # whether the reader may say that it is fine


# A document never changes, so what it comes to is worked out once; by its digest.
_summaries: dict[str, Summary] = {}
MOST_KEPT = 20_000


def summaries(of: Iterable[Statement]) -> dict[int, Summary]:
    """What these statements come to, by their id. At most one query."""
    sealed = [statement for statement in of if statement.digest]
    unknown = [statement.id for statement in sealed if statement.digest not in _summaries]
    if len(_summaries) > MOST_KEPT:
        _summaries.clear()
    query = Statement.select(Statement.digest, Statement.document).where(Statement.id.in_(unknown))
    for digest, text in query.tuples().iterator() if unknown else ():
        _summaries[digest] = _summary(Document.from_text(text))
    return {one.id: _summaries[one.digest] for one in sealed if one.digest in _summaries}


def document_of(statement: Statement) -> Document:
    """The document of one that is listed, read by itself."""
    return Document.from_text(Statement.get_by_id(statement.id).document)


def _summary(document: Document) -> Summary:
    told = document.identity
    money = document.currency, document.rate_cents
    return Summary(told.consumed_minutes, told.billed_minutes, told.closing_minutes, *money)


def listed(reach: Reach, project: Project) -> list[Listed]:
    """The project's statements, the latest first. Four queries at most."""
    found = statements(reach, project)
    come_to, seen, questions = summaries(found), _seen(found), asked(found)
    return [Listed(one, come_to.get(one.id), seen.get(one.id), questions.get(one.number, [])) for one in found]


def newest(reach: Reach, projects: list[Project]) -> list[Listed]:
    """The newest statement of each of these projects that the reader reads, where nobody has seen it yet.

    A statement that was seen, and one that was closed before documents were kept, is no news. One query, and
    another one for staff, who are told of questions.
    """
    by_id = {project.id: project for project in projects if reads(reach, project)}
    latest = Statement.select(fn.MAX(Statement.number)).where(Statement.project.in_(list(by_id)))
    fields = [field for field in Statement._meta.sorted_fields if field.name != "document"]
    query = Statement.select(*fields).join(Acknowledgement, JOIN.LEFT_OUTER)
    query = query.where(Statement.number.in_(latest.group_by(Statement.project)) & Acknowledgement.id.is_null())
    query = query.where((Statement.digest != "") & (Statement.closed_at > now() - PAST))
    found = list(query.order_by(Statement.number)) if by_id else []
    questions = asked(found) if reach.person.is_staff else {}
    for one in found:
        one.project = by_id[one.project_id]
    return [
        Listed(one, None, None, questions.get(one.number, []), approves(reach, by_id[one.project_id])) for one in found
    ]


def unanswered(reach: Reach, projects: list[Project], at: datetime | None = None) -> list[Listed]:
    """For staff: of those, what clients ask about, and what nobody has said a word about for long."""
    before = (at or now()) - LONG
    return [one for one in newest(reach, projects) if one.questions or one.statement.closed_at < before]


def _seen(of: list[Statement]) -> dict[int, Acknowledgement]:
    query = Acknowledgement.select(Acknowledgement, Person).join(Person, JOIN.LEFT_OUTER)
    query = query.where(Acknowledgement.statement.in_(of)) if of else []
    return {seen.statement_id: seen for seen in query}
