"""Pages and fragments, a blueprint per resource."""

from flask import Flask

from trackr import paths
from trackr.views import (
    account,
    acknowledgements,
    activities,
    activity_archivals,
    agencies,
    all_ticket_files,
    all_tickets,
    archivals,
    attachments,
    bulk_changes,
    canned_replies,
    charge_files,
    charges,
    closings,
    closures,
    colleagues,
    columns,
    comments,
    completions,
    days_off,
    dismissals,
    drafts,
    entries,
    estimates,
    examples,
    health,
    histories,
    home,
    hours,
    invitations,
    links,
    logos,
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
    rates,
    report_files,
    reports,
    requests,
    satisfactions,
    saved_views,
    searches,
    sessions,
    setups,
    sights,
    statement_files,
    statements,
    suggestions,
    targets,
    templates,
    ticket_files,
    ticket_histories,
    tickets,
    ticks,
    timers,
    timesheets,
    transfers,
    turns,
    typings,
    weeks,
    years,
)
from trackr.web.assets import Assets
from trackr.web.auth import before_setup, public

RESOURCES = (
    account, acknowledgements, activities, activity_archivals, agencies, all_ticket_files, all_tickets, archivals,
    attachments, bulk_changes, canned_replies, charge_files, charges, closings, closures, colleagues, columns,
    comments, completions, days_off, dismissals, drafts, entries, estimates, examples, health, histories, home,
    hours, invitations, links, logos, memberships, merges, meters, opening_hours, palettes, participants, pictures,
    placements, previews, projects, properties, pulses, purchases, rates, report_files, reports, requests,
    satisfactions, saved_views, searches, sessions, setups, sights, statement_files, statements, suggestions,
    targets, templates, ticket_files, ticket_histories, tickets, ticks, timers, timesheets, transfers, turns,
    typings, weeks, years,
)  # fmt: skip


def register(app: Flask) -> None:
    files = Assets(paths.static)
    app.add_url_rule("/static/<digest>/<path:name>", "assets.show", public(before_setup(files.view())))
    app.jinja_env.globals.update(asset=files.url, icons_url=files.url("icons.svg"))
    for resource in RESOURCES:
        app.register_blueprint(resource.bp)
