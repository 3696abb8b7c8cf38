"""Of which new tickets of one project somebody wants to hear, where that is not what they want of all."""

from collections.abc import Mapping

from peewee import CharField, ForeignKeyField

from trackr.models.base import Record
from trackr.models.membership import Membership
from trackr.models.person import Person
from trackr.models.project import Project


class NewsChoice(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    project = ForeignKeyField(Project, on_delete="CASCADE")
    news = CharField()  # one of NEWS

    class Meta:
        indexes = ((("person", "project"), True),)

    @classmethod
    def of(cls, person: Person) -> dict[int, str]:
        """By project, where the person chose one."""
        return dict(cls.select(cls.project, cls.news).where(cls.person == person).tuples())

    @classmethod
    def about(cls, project: Project) -> dict[int, str]:
        """By person, where they chose one."""
        return dict(cls.select(cls.person, cls.news).where(cls.project == project).tuples())

    @classmethod
    def clients(cls, project: Project) -> list[int]:
        """The clients who want to hear of all new tickets and see them."""
        sees = (Membership.person == cls.person) & (Membership.project == cls.project) & (Membership.sees == "all")
        query = cls.select(cls.person).join(Person).join_from(cls, Membership, on=sees)
        mine = (cls.project == project) & (cls.news == "all") & (Person.role == "client")
        return [number for (number,) in query.where(mine).tuples()]

    @classmethod
    def choose(cls, person: Person, news: Mapping[int, str]) -> None:
        """Store it, by project; "" is as in all. In the transaction of the other choices."""
        cls.delete().where((cls.person == person) & cls.project.in_(list(news))).execute()
        for project, wanted in news.items():
            if wanted:
                cls.create(person=person, project=project, news=wanted)
