"""What is answered to a mail that was not taken in."""

from trackr.mail.letter import Letter
from trackr.mail.letters.desk import Desk
from trackr.mail.post import post
from trackr.mail.reading import LARGEST

MEGABYTE = 1024 * 1024


def not_taken(desk: Desk) -> Letter:
    _ = desk.words.text
    subject = desk.mail.details.get("subject", "") or _("(no subject)")
    letter = desk.letter(_("Not received: %(subject)s", subject=subject))
    if desk.mail.details.get("why") == "too_large_size":
        letter.lead = _(
            "Your mail has not reached us: it is larger than %(limit)s MB. Please send large files in another way.",
            limit=LARGEST // MEGABYTE,
        )
    else:
        letter.lead = _("Your mail has not reached us: it has too many parts. Please send it with fewer files.")
    letter.button = (_("Open Trackr"), post.link("/"))
    letter.whys = [_("You get this mail because you have written to this address.")]
    return letter
