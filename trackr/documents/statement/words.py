"""What a statement says in words. To be called inside `speaking`, which sets the language of its client."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from babel.numbers import format_currency, format_decimal

from trackr.documents.statement.amounts import Charge
from trackr.documents.statement.speech import _
from trackr.hours.document import Document, Pack, Work
from trackr.hours.durations import show
from trackr.web.days import in_words


class Spell(Protocol):
    """From a day to a day, told in a language."""

    @property
    def first_day(self) -> date: ...

    @property
    def last_day(self) -> date: ...

    @property
    def language(self) -> str: ...


def day(spell: Spell, value: date) -> str:
    """ "8 January 2026"."""
    return in_words(value, "d MMMM yyyy", spell.language)


def short_day(spell: Spell, value: date) -> str:
    """ "8 Jan", with the year where it is not that in which the period ends."""
    return in_words(value, "d MMM" if value.year == spell.last_day.year else "d MMM yyyy", spell.language)


def is_month(spell: Spell) -> bool:
    """Whether its period is a month of the calendar."""
    first, last = spell.first_day, spell.last_day
    return first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])


def month(spell: Spell) -> str:
    return in_words(spell.last_day, "LLLL", spell.language)


def period(spell: Spell) -> str:
    """ "January 2026", or "from 5 to 11 January 2026"."""
    if is_month(spell):
        return in_words(spell.last_day, "LLLL yyyy", spell.language)
    return _("from %(first)s to %(last)s", **_ends(spell))


def _ends(spell: Spell) -> dict[str, str]:
    first, last = spell.first_day, spell.last_day
    pattern = "d MMMM yyyy" if first.year != last.year else "d MMMM" if first.month != last.month else "d "
    return {"first": in_words(first, pattern, spell.language).strip(), "last": day(spell, last)}


def title(document: Document) -> str:
    return _("Statement of support hours, %(period)s", period=period(document))


def number(document: Document) -> str:
    return _("Number %(number)s, issued on %(day)s.", number=document.number, day=day(document, document.issued_on))


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of the balance: the sign before it, its minutes, and what they are."""

    sign: str
    minutes: int
    told: str


def terms(document: Document) -> list[Term]:
    """The balance as a sum that the reader can check; what is nothing is left out, but for its ends and what was used.

    Where all that was used is billed, as in a project without packs, that is the sum.
    """
    balance = document.identity
    if document.billing == "postpaid" and not (
        balance.opening_minutes or balance.bought_minutes or balance.expired_minutes or balance.closing_minutes
    ):
        found = [Term("", balance.consumed_minutes, used(document))]
        found += [Term("\u2212", balance.credited_minutes, _("given back"))] if balance.credited_minutes else []
        return [*found, Term("=", balance.billed_minutes, _("to be billed"))]
    before, opening = document.first_day - timedelta(days=1), balance.opening_minutes
    found = [Term("", opening, _left(document, before, opening))]
    more = (
        Term("+", balance.bought_minutes, _bought(document)),
        Term("+", balance.credited_minutes, _("given back")),
        Term("+", balance.billed_minutes, _("to be billed")),
    )
    found += [term for term in more if term.minutes]
    found.append(Term("\u2212", balance.consumed_minutes, used(document)))
    found += [Term("\u2212", balance.expired_minutes, _("expired"))] if balance.expired_minutes else []
    closing = balance.closing_minutes
    return [*found, Term("=", closing, _left(document, document.last_day, closing))]


def used(document: Document) -> str:
    return _("used in %(month)s", month=month(document)) if is_month(document) else _("used in this period")


def total(document: Document) -> str:
    """What the lines add up to."""
    told = used(document)
    if document.identity.credited_minutes:
        told = _("%(used)s, less what was given back", used=told)
    return told[:1].upper() + told[1:]


def _left(document: Document, at: date, minutes: int) -> str:
    told = in_words(at, "d MMMM", document.language)
    return _("over on %(day)s", day=told) if minutes < 0 else _("left on %(day)s", day=told)


def _bought(document: Document) -> str:
    days = {pack.valid_from for pack in document.packs if pack.bought_minutes}
    if len(days) == 1:
        return _("bought on %(day)s", day=in_words(days.pop(), "d MMMM", document.language))
    return _("bought in %(month)s", month=month(document)) if is_month(document) else _("bought in this period")


def sentences(document: Document) -> Iterator[str]:
    """All that there is to know, for who reads no further."""
    balance = document.identity
    yield _used(document)
    if balance.credited_minutes:
        yield _("%(time)s were given back by corrections.", time=show(balance.credited_minutes))
    if balance.expired_minutes:
        yield _("%(time)s expired unused.", time=show(balance.expired_minutes))
    if balance.billed_minutes > 0 and balance.billed_minutes != balance.consumed_minutes:
        yield _("%(time)s are to be billed.", time=show(balance.billed_minutes))
    if document.deficit_minutes:
        yield _("%(time)s are over: the next hours bought settle them.", time=show(document.deficit_minutes))
    if document.next_minutes > 0:
        yield _("Another %(time)s will be on the next statement.", time=show(document.next_minutes))


def _used(document: Document) -> str:
    balance, told = document.identity, {"time": show(document.identity.consumed_minutes), "when": _when(document)}
    left = show(balance.closing_minutes) if balance.closing_minutes > 0 else ""
    if not balance.consumed_minutes:
        return (
            _("%(when)s, no hours were used, %(left)s are left.", left=left, **told)
            if left
            else _("%(when)s, no hours were used.", **told)
        )
    if left and balance.opening_minutes >= 0 and not balance.billed_minutes:
        there = show(balance.opening_minutes + balance.bought_minutes)
        return _("%(when)s, %(time)s were used of %(there)s, and %(left)s are left.", there=there, left=left, **told)
    if balance.billed_minutes == balance.consumed_minutes:
        return _("%(when)s, %(time)s were used and are to be billed.", **told)
    return _("%(when)s, %(time)s were used.", **told)


def _when(document: Document) -> str:
    if is_month(document):
        return _("In %(month)s", month=period(document))
    return _("From %(first)s to %(last)s", **_ends(document))


def pack(document: Document, one: Pack) -> str:
    """ "Pack of 8 January 2026, BC 2026-004"."""
    names = {"gift": _("Gift of %(day)s"), "credit": _("Credit of %(day)s")}
    name = names.get(one.kind, _("Pack of %(day)s")) % {"day": day(document, one.bought_on)}
    return f"{name}, {one.reference}" if one.reference else name


def of_pack(one: Pack) -> str:
    """What became of its hours besides being used."""
    told = []
    if one.settled_minutes:
        told.append(_("%(time)s settled what was over", time=show(one.settled_minutes)))
    if one.credited_minutes:
        told.append(_("%(time)s given back", time=show(one.credited_minutes)))
    if one.expired_minutes:
        told.append(_("%(time)s expired unused", time=show(one.expired_minutes)))
    return ", ".join(told)


def marks(document: Document, work: Work) -> str:
    """That a line corrects another one, or comes late."""
    told = []
    if work.corrects_day and work.corrects_statement:
        told.append(
            _(
                "corrects %(day)s on statement %(number)s",
                day=short_day(document, work.corrects_day),
                number=work.corrects_statement,
            )
        )
    elif work.corrects_day:
        told.append(_("corrects %(day)s", day=short_day(document, work.corrects_day)))
    if work.is_late:
        told.append(_("late: the statement of that day was closed already"))
    return ", ".join(told)


def kind(name: str) -> str:
    return {"support": _("Support"), "assistance": _("Assistance")}.get(name, name)


def charge(document: Document, one: Charge) -> str:
    return pack(document, one.pack) if one.pack else _("Support hours, %(period)s", period=period(document))


def counted(document: Document) -> str:
    """How its time is counted, and that it stays as it is."""
    step = document.increment
    steps = {1: _("the minute"), 15: _("the quarter of an hour"), 30: _("the half hour"), 60: _("the hour")}
    told = [
        _("Time is counted by %(step)s.", step=steps.get(step) or _("%(n)s minutes", n=step)),
        _("This statement stays as it is; corrections come on a later one."),
    ]
    if document.previous_number:
        told.append(_("It follows number %(number)s.", number=document.previous_number))
    return " ".join(told)


def money(document: Document, amount: Decimal) -> str:
    return format_currency(amount, document.currency, locale=document.language)


def decimal(document: Document, value: Decimal, pattern: str = "0.00") -> str:
    return format_decimal(value, pattern, locale=document.language)
