"""What a statement of time says in words, in the language of whoever reads it."""

from datetime import date, timedelta

from flask_babel import get_locale
from flask_babel import gettext as _

from trackr.hours.document import Document
from trackr.hours.durations import show
from trackr.web import days


def period(first: date, last: date) -> str:
    """ "January 2026", "January to March 2026", "2026", "2 to 8 March 2026", "28 February to 6 March 2026"."""
    locale, after = str(get_locale() or "en"), last + timedelta(days=1)
    if first.day == after.day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return days.in_words(first, "LLLL yyyy", locale)
        if first.month == after.month == 1 and after.year == first.year + 1:
            return str(first.year)
        begin = "LLLL" if first.year == last.year else "LLLL yyyy"
        ends = {"first": days.in_words(first, begin, locale), "last": days.in_words(last, "LLLL yyyy", locale)}
        return _("%(first)s to %(last)s", **ends)
    whole = days.in_words(last, "d MMMM yyyy", locale)
    if first == last:
        return whole
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begin = "d " if is_one_month else "d MMMM" if first.year == last.year else "d MMMM yyyy"
    return _("%(first)s to %(last)s", first=days.in_words(first, begin, locale).strip(), last=whole)


def sentence(document: Document) -> str:
    """All of it in a breath: "7 h 30 of work in January 2026. 13 h 15 are left."."""
    used, about = document.identity.consumed_minutes, period(document.first_day, document.last_day)
    work = _("%(used)s of work in %(period)s.", used=show(used), period=about) if used else ""
    return f"{work or _('No work in %(period)s.', period=about)} {_standing(document)}"


def _standing(document: Document) -> str:
    """Where that leaves the client."""
    billed, closing = document.identity.billed_minutes, document.identity.closing_minutes
    if document.billing == "postpaid":
        return _("%(time)s are to be billed.", time=show(billed)) if billed else _("Nothing is to be billed.")
    if billed:
        return _("%(time)s go over what was bought and are to be billed.", time=show(billed))
    if document.deficit_minutes:
        over = show(document.deficit_minutes)
        return _("%(time)s go over what was bought: the next pack settles them.", time=over)
    return _("%(time)s are left.", time=show(closing)) if closing else _("Nothing is left.")
