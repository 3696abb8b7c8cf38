"""How many tickets wait for the agency, in the head of every page of staff.

Counted once for each answer, and put into what is kept of the pages: it changes with every project of the reader's.
"""

from flask import Flask, g
from flask_login import current_user
from markupsafe import Markup

from trackr.reach import Reach, to_answer
from trackr.web.auth import me
from trackr.web.languages import translate_plural as ngettext

NONE = Markup('<span id="to-answer"></span>')


def head() -> Markup:
    """The place of the count in the head of a page: empty where nothing waits, nothing for clients."""
    if not (current_user.is_authenticated and current_user.is_staff):
        return Markup()
    if "to_answer" not in g:
        g.to_answer = to_answer.count(Reach(me()))
    number: int = g.to_answer
    if not number:
        return NONE
    shown = str(number) if number < to_answer.MOST_COUNTED else f"{to_answer.MOST_COUNTED - 1}+"
    words = ngettext("%(num)s ticket", "%(num)s tickets", number)
    return Markup('<span id="to-answer"><span class="count count-hot" title="{words}">{shown}</span></span>').format(
        words=words, shown=shown
    )


def register(app: Flask) -> None:
    app.jinja_env.globals.update(to_answer_head=head)
