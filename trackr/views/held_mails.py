"""Mail that waits for somebody of the staff: who may it be of, and is it wanted?"""

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.mail.looking import look
from trackr.models import BlockedSender, Person, ReceivedMail
from trackr.reach import received
from trackr.web.auth import allow, me
from trackr.web.pages import done, page

bp = Blueprint("held_mails", __name__, url_prefix="/mails/held")


@bp.get("")
@allow(Person.can_work)
def index() -> ResponseReturnValue:
    return page(
        "held/index.html",
        waiting=received.waiting(g.reach),
        count=received.count(g.reach),
        newcomers=received.newcomers(g.reach),
        ignored=received.ignored(g.reach),
        blocked=BlockedSender.all_of_them(),
    )


@bp.get("/<int:held_mail>")
@allow(Person.can_work)
def show(held_mail: ReceivedMail) -> ResponseReturnValue:
    """The mail as it came, and what may be done about it."""
    people, projects = received.senders(g.reach, held_mail), g.reach.projects()
    return page("held/show.html", mail=held_mail, seen=look(held_mail), people=people, projects=projects)


@bp.delete("/<int:held_mail>")
@allow(Person.can_work)
def destroy(held_mail: ReceivedMail) -> ResponseReturnValue:
    if held_mail.is_waiting:
        held_mail.file(me())
    return done(url_for("held_mails.index"), message=_("Put away."))
