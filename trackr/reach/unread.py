"""What a person has not read yet, of the tickets that they may see."""

from functools import cache

from peewee import Expression, Query, fn

from trackr.models import Participant, Person, Project, Ticket
from trackr.models.prepared import Prepared, parameter
from trackr.models.sight import is_news, news_since
from trackr.reach import Reach


def numbers(reach: Reach, project: Project) -> frozenset[int]:
    """The numbers of the project's tickets that are unread. One query, however many there are."""
    person = reach.person
    prepared = _numbers(person.is_client, reach.sees_all(project))
    rows = prepared.rows(project=project.id, person=person.id, since=news_since(person))
    return frozenset(number for (number,) in rows)


def condition(person: Person) -> Expression:
    """The condition that keeps a query of tickets, in whichever projects, to those that are unread."""
    return is_news(person.is_client, person.id, news_since(person))


def counts(reach: Reach, theirs: Expression) -> dict[int, int]:
    """How many are unread, by project; `theirs` keeps a query of tickets to what the person sees."""
    query, person = Ticket.select(Ticket.project, fn.COUNT(Ticket.id)), reach.person
    query = query.where(theirs & condition(person))
    return dict(query.group_by(Ticket.project).tuples())


@cache
def _numbers(by_client: bool, sees_all: bool) -> Prepared:
    def build() -> Query:
        theirs = Ticket.project == parameter("project")
        theirs = theirs if sees_all else theirs & Participant.own(Ticket, parameter("person"))
        news = is_news(by_client, parameter("person"), parameter("since"))
        return Ticket.select(Ticket.id).where(theirs & news)

    return Prepared(build)
