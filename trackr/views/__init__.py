"""Pages and fragments, a blueprint per resource."""

from flask import Flask

from trackr import paths
from trackr.views import (
    acceptances,
    account,
    activities,
    activity_archivals,
    all_tickets,
    archivals,
    attachments,
    blockings,
    bulk_changes,
    canned_replies,
    closures,
    columns,
    comment_mails,
    comments,
    completions,
    days_off,
    dismissals,
    drafts,
    entries,
    estimates,
    examples,
    health,
    held_mails,
    home,
    hours,
    invitations,
    links,
    mail_choices,
    mail_previews,
    mail_tests,
    mailbox_tests,
    mails,
    memberships,
    merges,
    meters,
    opening_hours,
    palettes,
    participants,
    pictures,
    placements,
    previews,
    projects,
    properties,
    pulses,
    purchases,
    requests,
    resendings,
    satisfactions,
    saved_views,
    searches,
    sessions,
    setups,
    sights,
    suggestions,
    targets,
    templates,
    ticket_files,
    tickets,
    ticks,
    timers,
    timesheets,
    transfers,
    turns,
    typings,
    unsubscriptions,
    weeks,
)
from trackr.web.assets import Assets
from trackr.web.auth import before_setup, public

RESOURCES = (
    acceptances, account, activities, activity_archivals, all_tickets, archivals, attachments, blockings, bulk_changes,
    canned_replies, closures, columns, comment_mails, comments, completions, days_off, dismissals, drafts, entries,
    estimates, examples, health, held_mails, home, hours, invitations, links, mail_choices, mail_previews, mail_tests,
    mailbox_tests, mails, memberships, merges, meters, opening_hours, palettes, participants, pictures, placements,
    previews, projects, properties, pulses, purchases, requests, resendings, satisfactions, saved_views, searches,
    sessions, setups, sights, suggestions, targets, templates, ticket_files, tickets, ticks, timers, timesheets,
    transfers, turns, typings, unsubscriptions, weeks,
)  # fmt: skip


def register(app: Flask) -> None:
    files = Assets(paths.static)
    app.add_url_rule("/static/<digest>/<path:name>", "assets.show", public(before_setup(files.view())))
    app.jinja_env.globals.update(asset=files.url, icons_url=files.url("icons.svg"))
    for resource in RESOURCES:
        app.register_blueprint(resource.bp)
