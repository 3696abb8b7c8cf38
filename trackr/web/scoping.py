"""Addresses to records: each argument of an address is replaced by the record, found within the person's reach.

A view is written `def create(ticket):` and never sees a raw number. `check` refuses to start an app in which an
argument has no loader, or a writing view no mark.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, abort, g, request

from trackr.models import ledger
from trackr.reach import Reach, people, writing
from trackr.reach.beside import link
from trackr.reach.charges import charge
from trackr.reach.feeds import feed
from trackr.reach.files import attachment
from trackr.reach.mails import letter, mail
from trackr.reach.received import blocked_sender, held_mail
from trackr.reach.reports import table
from trackr.reach.statements import FILES, statement
from trackr.reach.targets import day_off
from trackr.web.auth import WRITING

Loader = Callable[[Reach, Any, Mapping[str, Any]], Any]

LARGEST_NUMBER = 2**63 - 1  # that the database knows

# By argument name, in the order in which they stand in addresses: a later one may use an earlier one's record.
LOADERS: dict[str, Loader] = {
    "project": lambda reach, slug, found: reach.project(slug),
    "ticket": lambda reach, number, found: reach.ticket(number),
    "comment": lambda reach, key, found: reach.comment(found["ticket"], key),
    "entry": lambda reach, number, found: reach.entry(number),
    "estimate": lambda reach, number, found: reach.estimate(number),
    "link": lambda reach, number, found: link(reach, found["ticket"], number),
    "activity": lambda reach, number, found: reach.activity(number),
    "day_off": lambda reach, number, found: day_off(reach.person, number),
    "canned_reply": lambda reach, number, found: reach.canned_reply(number),
    "alert": lambda reach, number, found: reach.alert(found["project"], number),
    "person": lambda reach, number, found: (
        reach.participant(found["ticket"], number) if "ticket" in found else people.somebody(reach, number)
    ),
    "linked_account": lambda reach, number, found: people.linked_account(reach, number),
    "device": lambda reach, number, found: people.device(reach, number),
    "purchase": lambda reach, number, found: reach.purchase(number),
    "statement": lambda reach, number, found: statement(reach, number),
    "feed": lambda reach, number, found: feed(reach, number),
    "charge": lambda reach, number, found: charge(reach, number),
    "table": lambda reach, name, found: table(reach, name),
    "extension": lambda reach, name, found: name if name in FILES else None,
    "column": lambda reach, number, found: reach.column(found["project"], number),
    "attachment": lambda reach, number, found: attachment(reach, number),
    # The name is for people alone: one that is not the file's is no address of it.
    "filename": lambda reach, name, found: name if name == found["attachment"].name else None,
    "view": lambda reach, number, found: reach.saved_view(number),
    "form": lambda reach, key, found: writing.find(reach, key),
    "text": lambda reach, key, found: writing.text_of(reach, key),
    "held_mail": lambda reach, number, found: held_mail(reach, number),
    "blocked_sender": lambda reach, number, found: blocked_sender(reach, number),
    "mail": lambda reach, number, found: mail(reach, number),
    "letter": lambda reach, name, found: letter(reach, name),
    "membership": lambda reach, number, found: reach.membership(found["project"], number),
}

# Records of no single project's pages, though they may name one.
NOT_ABOUT = ("view", "mail", "held_mail", "feed")


def load_records() -> None:
    """Before every request, once the person is known: 404 where a record is not theirs or does not exist."""
    arguments = request.view_args
    if not arguments or "reach" not in g:
        return
    found: dict[str, Any] = {}
    for name, value in arguments.items():
        loader = LOADERS.get(name)
        if loader is None:
            continue
        is_known = not isinstance(value, int) or value <= LARGEST_NUMBER
        record = loader(g.reach, value, found) if is_known else None
        if record is None:
            abort(404)
        found[name] = record
    arguments.update(found)
    # A view is its person's, and a mail its reader's, whatever becomes of the project that they are about.
    about = (getattr(record, "project", None) for name, record in found.items() if name not in NOT_ABOUT)
    project = found.get("project") or next(filter(None, about), None)
    g.project = project
    if project:
        ledger.keep_up(project)


class Unguarded(RuntimeError):
    """An address that would let somebody pass whom nobody thought of: the app does not start."""


def check(app: Flask) -> None:
    """Refuse an app with an address argument that nothing loads, or a view that writes and is not marked."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "is_public", False):
            continue
        unknown = rule.arguments - set(LOADERS)
        if unknown:
            raise Unguarded(f"{rule.rule}: nothing loads {', '.join(sorted(unknown))}")
        if (rule.methods or set()) & WRITING and not hasattr(view, "rule"):
            raise Unguarded(f"{rule.rule}: {rule.endpoint} writes and says not to whom (@allow or @public)")
