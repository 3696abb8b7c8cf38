"""Rendered parts of pages, kept until what they show changes: a board of hundreds of cards is drawn once.

A part's key holds everything that it depends on, the language always: nothing is ever thrown away because it is stale,
only because others were used more lately.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, g, render_template
from flask_babel import get_locale
from flask_login import current_user
from markupsafe import Markup

from trackr.models import Project
from trackr.models.base import now
from trackr.web.filters import today

# An instance stays small: boards may have 70 kB, the rest is little.
MOST = 48

_kept: "OrderedDict[tuple[Hashable, ...], Markup]" = OrderedDict()
_lock = threading.Lock()


def part(template: str, *key: Hashable, **context: Any) -> Markup:
    """The template rendered with this context, from what was kept where it was rendered with this key before.

    A value of the context that is a function is called only when the template has to be rendered.
    """
    whole = (template, str(get_locale()), *key)
    with _lock:
        if whole in _kept:
            _kept.move_to_end(whole)
            return _kept[whole]
    values = {name: value() if callable(value) else value for name, value in context.items()}
    html = Markup(render_template(template, **values))  # noqa: S704 -- templates escape
    with _lock:
        _kept[whole] = html
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return html


def board(project: Project, load: Callable[[], Any]) -> Markup:
    """The project's cards as this reader sees them; drawn anew each hour, since cards tell their age."""
    template = "projects/_board.html" if current_user.is_staff else "projects/_overview.html"
    return part(template, g.reach.content_key(project), f"{now():%Y%m%d%H}", project=project, loaded=load)


def meter(project: Project) -> Markup:
    """The meter of a page's head."""
    reading, since = project.meter.reading(), project.meter.over_since
    key = (project.id, reading, since, current_user.is_staff, today())
    return part("meters/_meter.html", *key, project=project)


def register(app: Flask) -> None:
    app.jinja_env.globals.update(part=part, meter=meter)
