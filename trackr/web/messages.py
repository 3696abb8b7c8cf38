"""Why a domain verb refused, in the reader's language."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "slug_taken": _l("Another project has this short name already."),
    "other_role": _l("This address belongs to somebody of another role."),
    "sent_twice": _l("This was sent already; it stands above."),
    "gone": _l("Somebody has deleted this meanwhile."),
    "link_used": _l("This link has been used already."),
    "email_taken": _l("Somebody has this address already."),
    "set_up": _l("This instance is set up already."),
}


def reason(code: str) -> str:
    """The sentence for a Refused's code. Raises KeyError for a code that has none."""
    return str(REASONS[code])
