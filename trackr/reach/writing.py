"""The forms that somebody may write in, by the names that addresses give them.

"reply:142" is the composer of a ticket, "ticket:town-hall" the form for a new one in a project, "edit:142" that for a
ticket's title and text, "comment:142:n3" that for a comment or a note.
"""

from dataclasses import dataclass

from trackr.models import Comment, Project, Ticket
from trackr.reach import Reach


@dataclass(frozen=True)
class Writing:
    """One of them; `own`: the text that it changes is theirs to change."""

    key: str
    project: Project
    ticket: Ticket | None = None
    comment: Comment | None = None
    own: bool = True

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def html(self) -> str:
        """The text that it changes, as it is shown."""
        return (self.comment or self.ticket).body_html if self.kind in ("edit", "comment") else ""  # type: ignore[union-attr]


def find(reach: Reach, key: str) -> Writing | None:
    """The form of that name, None where it is not theirs to see."""
    kind, _, rest = key.partition(":")
    if kind == "ticket":
        project = reach.project(rest)
        return Writing(key, project) if project else None
    number, _, comment_key = rest.partition(":")
    if kind not in ("reply", "edit", "comment") or bool(comment_key) != (kind == "comment"):
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) < 19 and str(int(number)) == number
    ticket = reach.ticket(int(number)) if is_number else None
    if ticket is None:
        return None
    if kind == "comment":
        comment = reach.comment(ticket, comment_key)
        return comment and Writing(key, ticket.project, ticket, comment, comment.author_id == reach.person.id)
    own = kind == "reply" or reach.person.is_staff or ticket.requester_id == reach.person.id
    return Writing(key, ticket.project, ticket, own=own)


def text_of(reach: Reach, key: str) -> Writing | None:
    """The text of a ticket or a comment that they may read."""
    writing = find(reach, key)
    return writing if writing and writing.kind in ("edit", "comment") else None
