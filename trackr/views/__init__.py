"""Pages and fragments, a blueprint per resource."""

from flask import Flask

from trackr import paths
from trackr.views import (
    accesses,
    account,
    activities,
    activity_archivals,
    all_tickets,
    archivals,
    attachments,
    audit_files,
    audits,
    authenticators,
    bulk_changes,
    canned_replies,
    closures,
    columns,
    comments,
    completions,
    days_off,
    devices,
    dismissals,
    drafts,
    entries,
    erasures,
    estimates,
    examples,
    glances,
    health,
    home,
    hours,
    invitations,
    links,
    memberships,
    merges,
    meters,
    opening_hours,
    palettes,
    participants,
    people,
    person_copies,
    person_devices,
    pictures,
    placements,
    previews,
    projects,
    properties,
    pulses,
    purchases,
    requests,
    satisfactions,
    saved_views,
    searches,
    second_steps,
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
    weeks,
)
from trackr.web.assets import Assets
from trackr.web.auth import before_setup, public

RESOURCES = (
    accesses, account, activities, activity_archivals, all_tickets, archivals, attachments, audit_files, audits,
    authenticators, bulk_changes, canned_replies, closures, columns, comments, completions, days_off, devices,
    dismissals, drafts, entries, erasures, estimates, examples, glances, health, home, hours, invitations, links,
    memberships, merges, meters, opening_hours, palettes, participants, people, person_copies, person_devices,
    pictures, placements, previews, projects, properties, pulses, purchases, requests, satisfactions, saved_views,
    searches, second_steps, sessions, setups, sights, suggestions, targets, templates, ticket_files, tickets, ticks,
    timers, timesheets, transfers, turns, typings, weeks,
)  # fmt: skip


def register(app: Flask) -> None:
    files = Assets(paths.static)
    app.add_url_rule("/static/<digest>/<path:name>", "assets.show", public(before_setup(files.view())))
    app.jinja_env.globals.update(asset=files.url, icons_url=files.url("icons.svg"))
    for resource in RESOURCES:
        app.register_blueprint(resource.bp)
