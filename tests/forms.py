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


TIME = {"duration": "1h05", "valued": "45m", "day": "2026-03-02", "note": "Found the cause", "internal_note": "Slow"}
TICKET = {"title": "The form", "body": "It loses the date", "kind": "support", "priority": "high"}
RULE = {"increment": "15", "minimum": "15", "grace": "5", "per": "day", "review_hours": "24"}
PACK = {"hours": "20", "kind": "gift", "bought_on": "2026-03-02", "valid_from": "2026-03-03"}
NEW_PROJECT = {"name": "Website", "client": "Town", "slug": "website", "billing": "postpaid", "increment": "15"}
FIRST_PEOPLE = {"owner_name": "Olive", "client_name": "Claire", "email": "o@a.example", "client_email": "c@b.example"}

# By endpoint and method.
FORMS = {
    "account.update PATCH": Form(
        "/account", {"name": "Olive", "language": "fr", "password": "", "current_password": ""}, "name"
    ),
    "archivals.create POST": Form("/projects/intranet/archival"),
    "archivals.destroy DELETE": Form("/projects/intranet/archival"),
    "attachments.create POST": Form("/tickets/{ticket}/attachments", files="files"),
    "attachments.destroy DELETE": Form("/attachments/{attachment}"),
    "closures.create POST": Form("/tickets/{ticket}/closure"),
    "closures.destroy DELETE": Form("/tickets/{ticket}/closure"),
    "comments.create POST": Form(
        "/tickets/{ticket}/comments", TIME | {"body": "Corrected", "internal": "1", "form_key": "key"}, "body"
    ),
    "comments.update PATCH": Form("/tickets/{ticket}/comments/{comment}", {"body": "Corrected"}, "body"),
    "comments.destroy DELETE": Form("/tickets/{ticket}/comments/{comment}"),
    "entries.create POST": Form(
        "/tickets/{ticket}/entries", TIME | {"form_key": "key"}, "duration valued day note internal_note"
    ),
    "entries.update PATCH": Form("/entries/{entry}", TIME, "duration valued day note internal_note"),
    "entries.destroy DELETE": Form("/entries/{entry}"),
    "invitations.update POST": Form("/invitations/{token}", {"password": PASSWORD}),
    "memberships.create POST": Form(
        "/projects/intranet/memberships",
        {"email": "a@b.example", "name": "Anna", "role": "client", "sees": "own", "hours": "1"},
        "email name",
    ),
    "memberships.destroy DELETE": Form("/projects/intranet/memberships/{membership}"),
    "placements.update PUT": Form("/tickets/{ticket}/placement", {"column": "{column}", "position": "3", "board": "1"}),
    "projects.create POST": Form("/projects", NEW_PROJECT, "name client slug"),
    "projects.update PATCH": Form(
        "/projects/intranet/settings",
        RULE
        | {"name": "Intranet", "client": "Town", "billing": "prepaid", "timezone": "Europe/Paris", "detail": "entry"},
        "name client increment minimum grace review_hours",
    ),
    "purchases.create POST": Form(
        "/projects/intranet/purchases",
        PACK | {"expires_on": "2027-03-02", "reference": "F-12"},
        "hours bought_on valid_from expires_on reference",
    ),
    "sessions.create POST": Form("/sign-in", {"email": "{claire}", "password": PASSWORD, "next": "/account"}, "email"),
    "sessions.destroy POST": Form("/sign-out"),
    "setups.create POST": Form(
        "/setup",
        NEW_PROJECT
        | FIRST_PEOPLE
        | {"agency": "Cobalt", "password": PASSWORD, "language": "en", "timezone": "Europe/Paris", "hours": "20"},
        "agency owner_name email client name client_name client_email hours",
    ),
    "tickets.create POST": Form("/projects/intranet/tickets", TICKET | {"column": "{column}"}, "title body"),
    "tickets.update PATCH": Form("/tickets/{ticket}", TICKET | {"assignee": "{sam}"}, "title body"),
}

# A value that each of these fields refuses, whatever the form.
WRONG = {
    "agency": "", "assignee": "999", "billing": "x", "bought_on": "2026-02-30", "client": "\x07",
    "client_email": "nobody",
    "client_name": "", "column": "999", "day": "yesterday", "detail": "x", "duration": "45", "email": "nobody",
    "expires_on": "1999-01-01", "grace": "x", "increment": "0", "kind": "x", "language": "xx", "minimum": "-1",
    "owner_name": " ", "password": "short", "per": "x", "position": "-1", "priority": "x", "review_hours": "9999",
    "role": "owner", "sees": "x", "slug": "Two Words", "timezone": "Mars", "title": " ", "valid_from": "soon",
    "valued": "a lot",
}  # fmt: skip
