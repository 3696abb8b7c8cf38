"""Canned replies, filled with what the reader may see of the ticket."""

from flask import g, request
from werkzeug.datastructures import MultiDict

from trackr.hours.durations import show
from trackr.models import CannedReply, Ticket
from trackr.web.auth import me
from trackr.web.pages import Typed


def filled(reply: CannedReply, ticket: Ticket) -> str:
    """Its text with {client}, {ticket}, {agent} and {left} filled in; other braces stay as they are."""
    words = {
        "{client}": ticket.requester.name if ticket.requester.is_client else ticket.project.client,
        "{ticket}": f"#{ticket.id}",
        "{agent}": me().name,
    }
    if g.reach.sees_hours(ticket.project):
        words["{left}"] = show(max(ticket.project.meter.balance_minutes, 0))
    text = str(reply.body)
    for place, word in words.items():
        text = text.replace(place, word)
    return text


def fill_composer(ticket: Ticket) -> None:
    """Where the address asks for it (`?canned=3`), open the composer with that reply."""
    number = request.args.get("canned", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    reply = g.reach.canned_reply(int(number)) if is_number else None
    if reply:
        values = MultiDict({"body": filled(reply, ticket), "internal": "0"})
        g.refused = ("comment", Typed(values, is_refused=True))
