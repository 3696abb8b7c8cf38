"""Every form of the application, filled well."""

from typing import NamedTuple

from tests.people import PASSWORD


class Form(NamedTuple):
    """Where a form goes, what it is sent with, and which of its fields come back as they were typed.

    Names in braces stand for ids that a test fills in.
    """

    address: str
    good: dict[str, str] = {}
    text: str = ""
    files: str = ""  # the name of a field that takes files, where nothing is taken without one


TIME = {
    "duration": "1h05", "valued": "45m", "day": "2026-03-02", "note": "Found the cause", "internal_note": "Slow",
    "activity": "{activity}", "over": "60",
}  # fmt: skip
TICKET = {"title": "The form", "body": "It loses the date", "kind": "support", "priority": "high"}
RULE = {"increment": "15", "minimum": "15", "grace": "5", "per": "day", "review_hours": "24"}
WARNINGS = {"at_zero": "ask", "warn_percents": "50, 90", "warn_days": "14"}
STATEMENTS = {
    "closes": "quarterly", "closes_empty": "1", "seen_days": "15", "rate": "85,00", "client_address": "Place 1",
    "client_vat_number": "FR12", "client_reference": "Order 7",
}  # fmt: skip
PACK = {"hours": "20", "kind": "gift", "bought_on": "2026-03-02", "valid_from": "2026-03-03"}
NEW_PROJECT = {"name": "Website", "client": "Town", "slug": "website", "billing": "postpaid", "increment": "15"}
FIRST_PEOPLE = {"owner_name": "Olive", "client_name": "Claire", "email": "o@a.example", "client_email": "c@b.example"}

# By endpoint and method.
FORMS = {
    "account.update PATCH": Form(
        "/account",
        {"name": "Olive", "language": "fr", "password": "", "current_password": "", "workday": "7h30"},
        "name",
    ),
    "accesses.update PATCH": Form(
        "/access",
        {"audit_days": "365", "file_days": "0", "sent_mail_days": "0", "received_mail_days": "90"},
        "audit_days file_days sent_mail_days received_mail_days",
    ),
    "authenticators.create POST": Form("/account/authenticator", {"code": "123456"}),
    "authenticators.update PUT": Form("/account/authenticator"),
    "authenticators.destroy DELETE": Form("/account/authenticator"),
    "linked_accounts.create POST": Form("/linked-accounts"),
    "linked_accounts.destroy DELETE": Form("/linked-accounts/{linked_account}"),
    "provider_proofs.create POST": Form("/proof/provider", {"next": "/access"}),
    "provider_sign_ins.create POST": Form("/sign-in/provider", {"remember": "1", "next": "/week"}),
    "devices.destroy DELETE": Form("/devices/{device}"),
    "people.update PATCH": Form("/people/{marc}", {"role": "", "active": "1"}),
    "person_devices.destroy DELETE": Form("/people/{marc}/devices"),
    "erasures.create POST": Form("/people/{marc}/erasure", {"confirm": "{address}"}),
    "glances.create POST": Form("/people/{marc}/glance"),
    "glances.destroy DELETE": Form("/glance"),
    "addresses.update POST": Form("/addresses/{change}"),
    "mailed_codes.create POST": Form("/sign-in/mailed", {"code": "123456"}),
    "mailed_links.update POST": Form("/sign-in/{key}", {"remember": "1"}),
    "second_steps.create POST": Form("/sign-in/code", {"code": "123456"}),
    "activities.create POST": Form(
        "/activities", {"name": "Audit", "percent": "125", "minimum": "30"}, "name percent minimum"
    ),
    "activities.update PATCH": Form(
        "/activities/{activity}",
        {"name": "Audit", "percent": "125", "minimum": "30", "position": "2"},
        "name percent minimum",
    ),
    "activity_archivals.create POST": Form("/activities/{activity}/archival"),
    "activity_archivals.destroy DELETE": Form("/activities/{activity}/archival"),
    "acknowledgements.update PUT": Form("/statements/{statement}/acknowledgement"),
    "charges.update PATCH": Form(
        "/charges/{charge}",
        {"state": "paid", "invoice": "F-2026-7", "invoiced_on": "2026-03-02", "paid_on": "2026-03-09"},
        "invoice invoiced_on paid_on",
    ),
    "feeds.create POST": Form("/account/feeds", {"kind": "events", "project": "intranet"}),
    "feeds.destroy DELETE": Form("/account/feeds/{feed}"),
    "charge_moves.create POST": Form(
        "/charges/bulk",
        {
            "charges": "{charge}",
            "state": "paid",
            "invoice": "F-7",
            "invoiced_on": "2026-03-02",
            "paid_on": "2026-03-09",
        },
        "invoice invoiced_on paid_on",
    ),
    "satisfactions.update PUT": Form(
        "/tickets/{closed}/satisfaction", {"answer": "thanks", "message": "Quick as ever"}, "message"
    ),
    "archivals.create POST": Form("/projects/intranet/archival"),
    "archivals.destroy DELETE": Form("/projects/intranet/archival"),
    "attachments.create POST": Form("/tickets/{ticket}/attachments", files="files"),
    "attachments.destroy DELETE": Form("/attachments/{attachment}"),
    "bulk_changes.create POST": Form(
        "/projects/intranet/bulk?kind=support",
        {"tickets": "{ticket}", "column": "{column}", "assignee": "{sam}", "add_tags": "menu", "close": "1"},
    ),
    "canned_replies.create POST": Form("/canned-replies", {"name": "Thanks", "body": "Dear {client}"}, "name body"),
    "agencies.update PUT": Form(
        "/agency",
        {"name": "Cobalt", "address": "14 rue des Tanneurs", "registration": "SIRET 8", "vat_number": "FR12"}
        | {"country": "FR", "currency": "EUR", "vat": "20.00", "factur_x": "1", "no_logo": "1"},
        "name address registration vat_number currency vat",
    ),
    "canned_replies.update PATCH": Form("/canned-replies/{canned_reply}", {"name": "Thx", "body": "Hi"}, "name body"),
    "canned_replies.destroy DELETE": Form("/canned-replies/{canned_reply}"),
    "closings.create POST": Form("/projects/intranet/statements", {"through": "2026-02-28"}, "through"),
    "closures.create POST": Form("/tickets/{ticket}/closure"),
    "closures.destroy DELETE": Form("/tickets/{ticket}/closure"),
    "colleagues.create POST": Form(
        "/tickets/{ticket}/colleagues", {"email": "a@b.example", "name": "Anna"}, "email name"
    ),
    "columns.create POST": Form("/projects/intranet/columns", {"name": "Review", "role": "active"}, "name"),
    "columns.update PATCH": Form(
        "/projects/intranet/columns/{column}", {"name": "Review", "role": "waiting", "position": "1"}, "name"
    ),
    "columns.destroy DELETE": Form("/projects/intranet/columns/{column}", {"heir": ""}),
    "comments.create POST": Form(
        "/tickets/{ticket}/comments",
        TIME | {"body": "Corrected", "internal": "1", "then": "{column}", "reopen": "1", "form_key": "key"},
        "body",
    ),
    "comments.update PATCH": Form("/tickets/{ticket}/comments/{comment}", {"body": "Corrected"}, "body"),
    "comments.destroy DELETE": Form("/tickets/{ticket}/comments/{comment}"),
    "days_off.create POST": Form(
        "/days-off", {"name": "Closed", "first_on": "2026-08-03", "last_on": "2026-08-14"}, "name first_on last_on"
    ),
    "days_off.destroy DELETE": Form("/days-off/{day_off}"),
    "dismissals.create POST": Form("/projects/intranet/alerts/{alert}/dismissal"),
    "dismissals.destroy DELETE": Form("/projects/intranet/alerts/{alert}/dismissal"),
    "drafts.update PUT": Form("/drafts/reply:{ticket}", {"body": "Half of", "note": "it", "form_key": "key"}),
    "drafts.destroy DELETE": Form("/drafts/reply:{ticket}"),
    "entries.create POST": Form(
        "/tickets/{ticket}/entries",
        TIME | {"corrects": "", "form_key": "key"},
        "duration valued day note internal_note",
    ),
    "entries.update PATCH": Form(
        "/entries/{entry}", TIME | {"mark": "", "why": "You are right"}, "duration valued day note internal_note why"
    ),
    "entries.destroy DELETE": Form("/entries/{entry}", {"why": "Twice"}),
    "estimates.create POST": Form(
        "/tickets/{ticket}/estimates", {"low": "2h", "ceiling": "3h", "message": "Both forms"}, "low ceiling message"
    ),
    "estimates.update PATCH": Form("/estimates/{estimate}", {"answer": "accept", "message": "Go on"}, "message"),
    "estimates.destroy DELETE": Form("/estimates/{estimate}"),
    "invitations.update POST": Form("/invitations/{token}", {"password": PASSWORD}),
    "links.create POST": Form("/tickets/{ticket}/links", {"number": "{other}", "kind": "duplicate"}, "number"),
    "links.destroy DELETE": Form("/tickets/{ticket}/links/{link}"),
    "merges.create POST": Form("/tickets/{ticket}/merge", {"into": "{other}"}, "into"),
    "merges.destroy DELETE": Form("/tickets/{ticket}/merge"),
    "transfers.create POST": Form("/tickets/{ticket}/transfer", {"project": "shop"}),
    "mail_choices.update PUT": Form(
        "/account/mails",
        {
            "mails": "daily",
            "news": "mine",
            "news_intranet": "all",
            "digest_hour": "7",
            "quiet_from": "20",
            "quiet_to": "8",
            "timezone": "Europe/Paris",
        },
    ),
    "acceptances.create POST": Form(
        "/mails/held/{held_mail}/acceptance",
        {"person": "{marc}", "project": "{intranet}", "name": "M", "sees": "own"},
    ),
    "blockings.create POST": Form("/mails/held/{held_mail}/blocking"),
    "blockings.destroy DELETE": Form("/mails/blocked/{blocked_sender}"),
    "filings.create POST": Form("/mails/held/filings", {"held": "{held_mail}"}),
    "held_mails.destroy DELETE": Form("/mails/held/{held_mail}"),
    "mailbox_tests.create POST": Form("/mails/mailbox-tests"),
    "mail_tests.create POST": Form("/mails/tests"),
    "resendings.create POST": Form("/mails/{mail}/resending"),
    "unsubscriptions.create POST": Form("/unsubscribe/{stop}", {"stop": "daily"}),
    "memberships.create POST": Form(
        "/projects/intranet/memberships",
        {"email": "a@b.example", "name": "Anna", "role": "client", "sees": "own", "hours": "1"}
        | {"rights": "1", "accepts": "1", "requests": "1", "invites": "1", "approves": "1"},
        "email name",
    ),
    "memberships.destroy DELETE": Form("/projects/intranet/memberships/{membership}"),
    "opening_hours.update PUT": Form(
        "/opening-hours",
        {"monday": "9-12, 14-18", "saturday": "10:00-12:30", "sunday": "", "timezone": "Europe/Paris"},
        "monday saturday sunday",
    ),
    "participants.create POST": Form("/tickets/{ticket}/participants", {"person": "{sam}"}),
    "participants.destroy DELETE": Form("/tickets/{ticket}/participants/{marc}"),
    "placements.update PUT": Form("/tickets/{ticket}/placement", {"column": "{column}", "position": "3", "board": "1"}),
    "previews.create POST": Form("/previews", {"body": "- [ ] **all**"}),
    "projects.create POST": Form("/projects", NEW_PROJECT, "name client slug"),
    "projects.update PATCH": Form(
        "/projects/intranet/settings",
        RULE
        | {"mail_address": "town@a.example"}
        | {"name": "Intranet", "client": "Town", "billing": "prepaid", "timezone": "Europe/Paris", "detail": "entry"}
        | WARNINGS
        | STATEMENTS,
        "name client mail_address increment minimum grace review_hours warn_percents warn_days seen_days rate "
        "client_address client_vat_number client_reference",
    ),
    "purchases.create POST": Form(
        "/projects/intranet/purchases",
        PACK | {"expires_on": "2027-03-02", "reference": "F-12"},
        "hours bought_on valid_from expires_on reference",
    ),
    "purchases.update PATCH": Form(
        "/purchases/{request}",
        PACK | {"expires_on": "2027-03-02", "reference": "F-12"},
        "hours bought_on valid_from expires_on reference",
    ),
    "purchases.destroy DELETE": Form("/purchases/{purchase}", {"why": "Typed twice"}, "why"),
    "rates.update PUT": Form("/reports/rates", {"cost-2": "45,50", "rate-1": "90"}, "cost-2 rate-1"),
    "requests.create POST": Form(
        "/projects/intranet/requests", {"hours": "20", "message": "For the new forms"}, "hours message"
    ),
    "saved_views.create POST": Form(
        "/views", {"project": "intranet", "name": "My forms", "query": "q=form&sort=title", "shared": "1"}, "name"
    ),
    "saved_views.update PATCH": Form("/views/{view}", {"name": "My forms", "shared": "1"}, "name"),
    "saved_views.destroy DELETE": Form("/views/{view}"),
    "sessions.create POST": Form("/sign-in", {"email": "{claire}", "password": PASSWORD, "next": "/account"}, "email"),
    "sessions.destroy POST": Form("/sign-out"),
    "setups.create POST": Form(
        "/setup",
        NEW_PROJECT
        | FIRST_PEOPLE
        | {"agency": "Cobalt", "password": PASSWORD, "language": "en", "timezone": "Europe/Paris", "hours": "20"},
        "agency owner_name email client name client_name client_email hours",
    ),
    "sights.create POST": Form("/projects/intranet/sights"),
    "targets.update PUT": Form(
        "/projects/intranet/targets",
        {"first_urgent": "1h", "first_normal": "8h", "next_low": "40h", "tells": "1"},
        "first_urgent first_normal next_low",
    ),
    "templates.update PUT": Form(
        "/projects/intranet/templates", {"support": "Since when?", "assistance": "What for?"}, "support assistance"
    ),
    "tickets.create POST": Form("/projects/intranet/tickets", TICKET | {"column": "{column}"}, "title body"),
    "tickets.update PATCH": Form(
        "/tickets/{ticket}",
        TICKET
        | {"assignee": "{sam}", "requester": "{sam}", "due_on": "2026-04-01", "add_tags": "print, urgent", "mark": ""},
        "title body",
    ),
    "turns.update PUT": Form("/tickets/{ticket}/turn", {"turn": "theirs"}),
    "typings.create POST": Form("/tickets/{ticket}/typing", {"internal": "1"}),
    "weeks.create POST": Form(
        "/week?on=2026-03-02",
        {"ticket": "{ticket}", "duration": "1h05", "valued": "45m", "day": "2026-03-02", "note": "Found the cause"},
        "ticket duration valued day note",
    ),
    "ticks.update PUT": Form("/texts/comment:{ticket}:{comment}/tick", {"task": "0", "mark": "{mark}"}),
    "timers.create POST": Form("/tickets/{ticket}/timer"),
    "timers.update PATCH": Form("/tickets/{ticket}/timer", {"answer": "trim", "duration": "1m"}, "duration"),
    "timers.destroy DELETE": Form("/tickets/{ticket}/timer"),
}

# A value that each of these fields refuses, whatever the form.
WRONG = {
    "audit_days": "30", "file_days": "-1", "sent_mail_days": "-1", "received_mail_days": "x", "confirm": "nobody",
    "activity": "999", "agency": "", "answer": "perhaps", "assignee": "999", "at_zero": "x", "billing": "x",
    "bought_on": "2026-02-30", "ceiling": "soon", "client": "\x07", "client_email": "nobody", "client_name": "",
    "column": "999", "corrects": "999", "day": "yesterday", "detail": "x", "duration": "45", "email": "nobody",
    "expires_on": "1999-01-01", "grace": "x", "heir": "999", "increment": "0", "kind": "x", "language": "xx",
    "low": "99h", "mails": "often", "digest_hour": "24", "stop": "x",
    "minimum": "-1", "over": "-1", "owner_name": " ", "password": "short", "per": "x", "percent": "1001",
    "person": "999", "position": "-1", "priority": "x", "review_hours": "9999", "role": "owner", "sees": "x",
    "slug": "Two Words", "then": "999", "ticket": "no such words", "timezone": "Mars", "title": " ", "turn": "x",
    "valid_from": "soon", "valued": "a lot",
    "warn_days": "0", "warn_percents": "101", "workday": "45",
    "first_on": "soon", "last_on": "2026-02-30", "monday": "nine", "saturday": "9", "sunday": "9-25",
    "first_urgent": "45", "first_normal": "0", "next_low": "401h",
    "due_on": "never", "add_tags": "x" * 41, "number": "x", "into": "x", "project": "nowhere", "requester": "999",
}  # fmt: skip
