"""What is stored: a file per noun, with its queries and its verbs."""

from trackr.models.agency import Agency
from trackr.models.column import Column
from trackr.models.comment import Comment
from trackr.models.entry import Entry
from trackr.models.event import Event
from trackr.models.invitation import Invitation
from trackr.models.line import Line
from trackr.models.membership import Membership
from trackr.models.meter import Meter
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.purchase import Purchase
from trackr.models.ticket import Ticket

ALL = (
    Agency,
    Person,
    Invitation,
    Project,
    Membership,
    Column,
    Ticket,
    Comment,
    Entry,
    Purchase,
    Line,
    Meter,
    Event,
)

__all__ = [model.__name__ for model in ALL] + ["ALL"]
