"""Answering: a whole page, or the fragment that htmx asked for; after a form, the next page or the form again."""

import functools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import Flask, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields, Invalid
from trackr.models.base import Refused
from trackr.web import markdown
from trackr.web.messages import reason

Page = Callable[..., ResponseReturnValue]

PREVIEW = "preview"  # the button of a form that shows it again, with its text as it would be shown


@dataclass
class Typed:
    """A form as it came back: what was typed, and what is wrong with it."""

    values: "MultiDict[str, str]" = field(default_factory=MultiDict)
    errors: dict[str, str] = field(default_factory=dict)
    is_refused: bool = False
    refused: Refused | None = None  # by the domain: its code, and the minutes it is about
    is_draft: bool = False  # nothing is wrong: it was typed before, and never sent

    def value(self, name: str, default: object = "") -> object:
        """What was typed into the field, else the default."""
        return self.values.get(name, default if self.is_draft else "") if self.is_refused else default

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    @property
    def code(self) -> str:
        """Why the domain refused it, "" where it did not."""
        return self.refused.code if self.refused else ""

    @cached_property
    def preview(self) -> Markup | None:
        """What was typed as it would be shown, where that was asked for; nothing is stored."""
        return draw(self.values.get("body", "")) if PREVIEW in self.values and not self.errors else None

    @property
    def key(self) -> str:
        """A key of its own for every form shown: the same form sent twice is stored once."""
        return self.values.get("form_key") or secrets.token_urlsafe(12)


UNTOUCHED = Typed()


def draw(text: str) -> Markup:
    """A text as it would be shown. Raises Invalid where it is too long."""
    fields = Fields(MultiDict({"body": text}))
    body = fields.text("body")
    fields.check()
    return Markup(markdown.render(body))  # noqa: S704 -- which leaves nothing in it that runs


def typed(name: str = "") -> Typed:
    """The form of that name as it came back refused, else an untouched one."""
    refused = g.get("refused")
    return refused[1] if refused and refused[0] == name else UNTOUCHED


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page (and not the browser, or htmx for its history)."""
    headers = request.headers
    return "HX-Request" in headers and "HX-History-Restore-Request" not in headers


def page(template: str, fragment: str = "", **context: Any) -> str:
    """The page, or the fragment in its stead where htmx asks for it."""
    return render_template(fragment if fragment and wants_fragment() else template, **context)


def done(address: str, fragment: str = "", message: str = "", **context: Any) -> ResponseReturnValue:
    """After a form was taken: 303 to the page to see, or for htmx the template that lists what changed.

    Without a fragment htmx is told to go to the address. `message` is shown once, there or here.
    """
    if not wants_fragment():
        if message:
            flash(message)
        return redirect(address, 303)
    if fragment:
        return render_template(fragment, message=message, **context)
    if message:
        flash(message)
    response = make_response("", 204)
    response.headers["HX-Redirect"] = address
    return response


def refills(show: Page, name: str = "", *, previews: bool = False) -> Callable[[Page], Page]:
    """Answer a form that cannot be taken with 422: `show` with the same arguments, what was typed, and why not.

    previews: the form has a button that shows it again with its text as it would be shown.
    """

    def wrap(view: Page) -> Page:
        @functools.wraps(view)
        def run(**arguments: Any) -> ResponseReturnValue:
            refused = None
            try:
                if previews and PREVIEW in request.form:
                    return _previewed(name, show, arguments)
                return view(**arguments)
            except Invalid as invalid:
                errors = invalid.errors
            except Refused as why:
                errors, refused = {why.field: reason(why)}, why
            g.refused = (name, Typed(request.form, errors, is_refused=True, refused=refused))
            response = make_response(show(**arguments))
            response.status_code = 422
            return response

        return run

    return wrap


def _previewed(name: str, show: Page, arguments: dict[str, Any]) -> ResponseReturnValue:
    draw(request.form.get("body", ""))
    g.refused = (name, Typed(request.form, is_refused=True))
    return show(**arguments)


def register(app: Flask) -> None:
    """Give every template `typed`, and the macros: `m` for small parts, `f` for forms, imported once for all."""
    environment = app.jinja_env
    environment.globals.update(typed=typed, current_user=current_user)
    environment.globals["m"] = environment.get_template("shared/_macros.html").module
    environment.globals["f"] = environment.get_template("shared/_forms.html").module
