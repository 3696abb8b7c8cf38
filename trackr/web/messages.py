"""Why a domain verb refused, in the reader's language."""

from flask_babel import lazy_gettext as _l

from trackr.hours import durations
from trackr.models.base import Refused

REASONS = {
    "slug_taken": _l("Another project has this short name already."),
    "account_taken": _l("This account belongs to somebody else here."),
    "other_role": _l("This address belongs to somebody of another role."),
    "not_here": _l("This address cannot be invited from here: ask the agency to bring the person in."),
    "sent_twice": _l("This was sent already; it stands above."),
    "gone": _l("Somebody has deleted this meanwhile."),
    "address_changed": _l("Your address changed less than a week ago: it can change again once that week is over."),
    "link_used": _l("This link has been used already."),
    "email_taken": _l("Somebody has this address already."),
    "changed": _l("Somebody has changed this meanwhile. What you typed is still here: look, and save again."),
    "closed": _l("This is on a statement and stays as it is. Write a correction."),
    "not_over": _l("This day is not over yet."),
    "not_closed": _l("This entry is on no statement yet: change it."),
    "corrected": _l("This is a correction itself: correct the entry that it is about."),
    "not_back": _l("A correction gives hours back: write for example -0:45."),
    "too_much": _l("At most %(time)s can be given back of this entry."),
    "over": _l("This goes %(time)s over what was bought. Confirm it, if the client agreed."),
    "ticket_closed": _l("The ticket is closed: reopen it first."),
    "still_open": _l("The ticket is open again: write there instead."),
    "estimate_accepted": _l("This estimate was accepted meanwhile; it is agreed."),
    "estimate_declined": _l("This estimate was declined meanwhile; nothing is agreed."),
    "estimate_withdrawn": _l("This estimate was taken back meanwhile; nothing was agreed with it."),
    "left": _l("Your timer ran while you were away: say first what becomes of its time."),
    "more_than_counted": _l("It has counted %(time)s, not more."),
    "name_taken": _l("Another one goes by this name."),
    "itself": _l("This is the number of the ticket itself."),
    "merged": _l("This ticket goes on in another one and stays closed."),
    "merged_meanwhile": _l(
        "This ticket goes on in another one since a moment ago. What you wrote is still here: look, and send it there."
    ),
    "merged_already": _l("Somebody has merged this ticket meanwhile."),
    "merged_moves": _l("It was merged with other tickets: take that back first."),
    "other_project": _l("That ticket is in another project: move one of them there first."),
    "same_project": _l("The ticket is in this project."),
    "archived": _l("This project is archived: it can be read, and nothing new is written."),
    "time_told": _l("Some of its time is on a statement, which stays as it is: the ticket stays in this project."),
    "answered": _l("Somebody has answered this meanwhile."),
    "credited": _l("A correction gave these hours back: they stay."),
    "on_statement": _l("This is on a statement and stays as it is."),
    "drawn": _l("Hours of it are used, settled or expired already: it stays."),
    "too_many_columns": _l("A board has twelve columns at most."),
    "last_of_role": _l("A board needs a column for new tickets and one for done ones: this is the last of its kind."),
    "column_in_use": _l("There are tickets in it: choose a column that takes them over."),
    "role_in_use": _l("There are tickets in it, which this would close or open: move them to another column first."),
    "column_gone": _l("This column is not on the board any more. Nothing was moved."),
    "no_room": _l("There is no room left for these files. Ask the agency to make some, or send smaller ones."),
    "disk_full": _l("The disk of this instance is full: nothing was saved. Tell the agency, and try again later."),
    "too_many_views": _l("You keep very many views of this list: remove one first."),
    "too_many_feeds": _l("You have very many private addresses: revoke one first."),
    "too_many_tags": _l("One of them would have more than ten tags: nothing was changed."),
    "never_open": _l("Open for an hour a week at least: otherwise no answer is ever due."),
    "taken_off": _l("Some of these days are off already."),
    "too_many_days_off": _l("There are very many days off already: remove those that are over."),
    "taken_back": _l("Its pack was taken back: there is nothing to bill."),
    "mail_gone": _l("What let its reader in was kept only until it was sent: invite the person anew."),
    "yourself": _l("You cannot take this from yourself: another owner can."),
    "forgotten": _l("This person was forgotten, and does not come back."),
    "not_shown": _l("Only as somebody who may come in, and is no owner."),
    "decided": _l("Somebody has decided on this mail meanwhile."),
    "unreadable": _l("This mail cannot be read: put it away, or ask its sender."),
    "not_theirs": _l("That person does not see the ticket or the project that it is for."),
    "no_project": _l("That person takes part in no project."),
    "which_project": _l("It does not tell which project it is for."),
    "bad_time": _l("The time in its first line cannot be read: log it by hand, and put the mail away."),
    "note_alone": _l("A new ticket cannot begin with an internal note: open it by hand, and put the mail away."),
    "empty": _l("There is nothing in it: put it away."),
    "not_blocked": _l("This sender cannot be blocked: it is somebody of the agency, or nobody."),
    "address_taken": _l("Another project has this address."),
    "set_up": _l("This instance is set up already."),
}


def reason(refused: Refused) -> str:
    """The sentence for why it was refused. Raises KeyError for a code that has none."""
    sentence = str(REASONS[refused.code])
    return sentence % {"time": durations.show(refused.minutes)} if refused.minutes else sentence
