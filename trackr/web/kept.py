"""Rendered fragments, kept until what they show changes: a board of hundreds of cards is drawn once, not each time.

The key holds everything that the fragment depends on: the reader's version of the project, the language, and the hour,
since cards tell their age.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import g, render_template
from flask_babel import get_locale
from markupsafe import Markup

from trackr.models import Project
from trackr.models.base import now
from trackr.reach import Reach

MOST = 24  # of up to some 70 kB: an instance stays small

_kept: "OrderedDict[tuple[object, ...], Markup]" = OrderedDict()
_lock = threading.Lock()


def fragment(template: str, load: Callable[[Reach, Project], Any], project: Project) -> Markup:
    """The template rendered with `loaded = load(reach, project)`, from what was kept where nothing has changed."""
    key = (template, g.reach.content_key(project), str(get_locale()), f"{now():%Y%m%d%H}")
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    html = Markup(render_template(template, project=project, loaded=load(g.reach, project)))
    with _lock:
        _kept[key] = html
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return html
