"""What is stored: a file per noun, with its queries and its verbs."""

from trackr.models.acknowledgement import Acknowledgement
from trackr.models.activity import Activity
from trackr.models.address_change import AddressChange
from trackr.models.agency import Agency
from trackr.models.alert import Alert
from trackr.models.attachment import Attachment
from trackr.models.audit import Audit
from trackr.models.authenticator import Authenticator, RecoveryCode
from trackr.models.blocked_sender import BlockedSender
from trackr.models.canned_reply import CannedReply
from trackr.models.charge import Charge
from trackr.models.column import Column
from trackr.models.comment import Comment
from trackr.models.day_off import DayOff
from trackr.models.dismissal import Dismissal
from trackr.models.draft import Draft
from trackr.models.entry import Entry
from trackr.models.estimate import Estimate
from trackr.models.event import Event
from trackr.models.feed import Feed
from trackr.models.invitation import Invitation
from trackr.models.line import Line
from trackr.models.link import Link
from trackr.models.linked_account import LinkedAccount
from trackr.models.mail import Mail, Telling, Told
from trackr.models.mailed_key import MailedKey
from trackr.models.membership import Membership
from trackr.models.meter import Meter
from trackr.models.news_choice import NewsChoice
from trackr.models.pace import Pace
from trackr.models.participant import Participant
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.purchase import Purchase
from trackr.models.received_mail import ReceivedMail
from trackr.models.satisfaction import Satisfaction
from trackr.models.saved_view import SavedView
from trackr.models.session import Session
from trackr.models.sight import Sight
from trackr.models.statement import Statement
from trackr.models.tag import Tag, Tagging
from trackr.models.target import Target
from trackr.models.template import Template
from trackr.models.ticket import Ticket
from trackr.models.timer import Timer

ALL = (
    Agency,
    DayOff,
    Person,
    Invitation,
    Session,
    MailedKey,
    AddressChange,
    Authenticator,
    RecoveryCode,
    LinkedAccount,
    Project,
    Membership,
    NewsChoice,
    Column,
    Activity,
    Ticket,
    Tag,
    Tagging,
    Participant,
    Link,
    Satisfaction,
    Sight,
    Draft,
    CannedReply,
    Template,
    SavedView,
    Target,
    Estimate,
    Comment,
    Attachment,
    Statement,
    Entry,
    Timer,
    Purchase,
    Line,
    Charge,
    Acknowledgement,
    Feed,
    Pace,
    Meter,
    Alert,
    Dismissal,
    BlockedSender,
    ReceivedMail,
    Event,
    Mail,
    Told,
    Telling,
    Audit,
)

__all__ = [model.__name__ for model in ALL] + ["ALL"]
