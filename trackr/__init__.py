"""Trackr: support tickets with a running count of the hours."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trackr.settings import Settings
    from trackr.web.app import Application


def create_app(settings: "Settings") -> "Application":
    """The web application of one instance. Its database is open and migrated; refuses to start unguarded."""
    from trackr import views
    from trackr.mail import post
    from trackr.web import (
        auth,
        cards,
        devices,
        errors,
        filters,
        hooks,
        hour_rule,
        instance,
        kept,
        languages,
        limits,
        once,
        pages,
        provider,
        scoping,
        statements,
        tasks,
        timers,
        turns,
        typings,
    )
    from trackr.web.app import Application

    post.open(settings)
    app = Application(settings)
    # Pages come last: the macros are made then, and see what the others have put into the templates.
    parts = (
        instance, languages, limits, once, typings, filters, hour_rule, errors, kept, cards, statements, tasks, timers,
        turns, auth, devices, provider, views, hooks, pages,
    )  # fmt: skip
    for part in parts:
        part.register(app)
    scoping.check(app)
    return app
