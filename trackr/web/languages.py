"""Which language a page speaks: the person's choice, else what the browser asks for, else the agency's."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from flask_login import current_user

from trackr import paths
from trackr.forms.people import LANGUAGES
from trackr.models import Agency

babel = Babel()


def choose_language() -> str:
    if not has_request_context():
        return LANGUAGES[0]
    chosen = current_user.language if "reach" in g else ""
    return chosen or request.accept_languages.best_match(LANGUAGES) or agency_language()


def agency_language() -> str:
    agency = Agency.current()
    return agency.language if agency else LANGUAGES[0]


def register(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.translations)
    babel.init_app(app, locale_selector=choose_language)
