"""A change in words, as the ticket's page has it (templates/tickets/_notice.html): what follows the name."""

from typing import Any

from trackr.mail.words import Words
from trackr.reach.stream import ESTIMATES, Notice


def sentence(words: Words, item: Notice) -> str:
    """ "closed it"; only of what is mailed (see reach/news.py)."""
    _ = words.text
    d = item.details
    if item.name in ESTIMATES:
        return _estimate(words, item.name, d)
    if item.name == "satisfaction.said":
        return _satisfaction(words, d)
    told = {
        "ticket.closed": lambda: _("closed it"),
        "ticket.reopened": lambda: _("reopened it"),
        "ticket.changed": lambda: _("assigned it to %(name)s", name=d["assignee"][1]),
        "file.added": lambda: _("added %(names)s", names=", ".join(d["names"])),
        "participant.added": lambda: _("added %(name)s", name=d["person"]),
    }
    return told[item.name]()


def _estimate(words: Words, name: str, d: dict[str, Any]) -> str:
    _ = words.text
    time = _up_to(words, d["low"], d["ceiling"])
    if name == "estimate.proposed" and d.get("instead_of"):
        before = _up_to(words, *d["instead_of"])
        told = _("proposed an estimate of %(time)s, in place of %(before)s", time=time, before=before)
    elif name == "estimate.proposed":
        told = _("proposed an estimate of %(time)s", time=time)
    elif name == "estimate.accepted":
        told = _("accepted an estimate of %(time)s", time=time)
    elif name == "estimate.declined":
        told = _("declined an estimate of %(time)s", time=time)
    else:
        told = _("took back an estimate of %(time)s", time=time)
    return told + _saying(words, d.get("message") or d.get("answer"))


def _satisfaction(words: Words, d: dict[str, Any]) -> str:
    _ = words.text
    told = {
        "thanks": _("says thank you"),
        "fine": _("says that it was fine"),
        "unhappy": _("says that it was not what they hoped"),
    }
    return told[d["answer"]] + _saying(words, d.get("message"))


def _saying(words: Words, said: str | None) -> str:
    return ", " + words.text("saying “%(words)s”", words=said) if said else ""


def _up_to(words: Words, low: int, ceiling: int) -> str:
    if low == ceiling:
        return words.duration(ceiling)
    return words.text("%(low)s to %(ceiling)s", low=words.duration(low), ceiling=words.duration(ceiling))
