"""The statements of a project, for who sees its hours and every ticket of it, since a statement names them all."""

from trackr.models import Project, Statement
from trackr.reach import Reach

FILES = ("pdf", "csv", "xlsx", "json")  # what a statement can be had as


def reads(reach: Reach, project: Project) -> bool:
    """Whether the project's statements are theirs to read."""
    return reach.sees_hours(project) and reach.sees_all(project)


def approves(reach: Reach, project: Project) -> bool:
    """Whether they may say that a statement of the project is fine."""
    return reads(reach, project) and reach.person.can_approve() and project.membership.approves


def statement(reach: Reach, number: int) -> Statement | None:
    """The statement of that number, with its project."""
    found = Statement.select(Statement, Project.slug).join(Project).where(Statement.number == number).first()
    project = reach.project(found.project.slug) if found else None
    if project is None or not reads(reach, project):
        return None
    found.project = project
    return found


def statements(reach: Reach, project: Project) -> list[Statement]:
    """The project's statements, the latest first, without their documents. One query."""
    if not reads(reach, project):
        return []
    told = [field for field in Statement._meta.sorted_fields if field.name != "document"]
    query = Statement.select(*told).where(Statement.project == project)
    return list(query.order_by(Statement.last_day.desc(), Statement.number.desc()))
