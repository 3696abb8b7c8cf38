"""What is stored: a file per noun, with its queries and its verbs."""

from trackr.models.activity import Activity
from trackr.models.agency import Agency
from trackr.models.alert import Alert
from trackr.models.column import Column
from trackr.models.comment import Comment
from trackr.models.dismissal import Dismissal
from trackr.models.entry import Entry
from trackr.models.estimate import Estimate
from trackr.models.event import Event
from trackr.models.invitation import Invitation
from trackr.models.line import Line
from trackr.models.membership import Membership
from trackr.models.meter import Meter
from trackr.models.pace import Pace
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.purchase import Purchase
from trackr.models.statement import Statement
from trackr.models.ticket import Ticket
from trackr.models.timer import Timer

ALL = (
    Agency,
    Person,
    Invitation,
    Project,
    Membership,
    Column,
    Activity,
    Ticket,
    Estimate,
    Comment,
    Statement,
    Entry,
    Timer,
    Purchase,
    Line,
    Pace,
    Meter,
    Alert,
    Dismissal,
    Event,
)

__all__ = [model.__name__ for model in ALL] + ["ALL"]
