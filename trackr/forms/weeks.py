"""Time added in a week: on whichever ticket its number or its title names."""

from collections.abc import Callable

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Ticket

Find = Callable[[str], list[Ticket]]


def read_ticket(form: "MultiDict[str, str]", find: Find) -> Ticket:
    """The ticket that was meant, found among those of the person who asks. Raises Invalid."""
    fields = Fields(form)
    words = fields.line("ticket", required=_("Write the number of a ticket, or words of its title."))
    found = find(words) if words else []
    if len(found) > 1:
        named = ", ".join(f"#{ticket.id} {ticket.title}" for ticket in found)
        fields.error("ticket", _("Several tickets fit: %(tickets)s. Write the number.", tickets=named))
    elif not found:
        fields.error("ticket", _("No ticket of yours fits: write its number, or words of its title."))
    elif found[0].project.is_archived:
        fields.error("ticket", _("This project is archived: time can no longer be logged on it."))
    fields.check()
    return found[0]
