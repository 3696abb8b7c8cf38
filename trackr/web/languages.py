"""Which language a page speaks: the person's choice, else what the browser asks for, else the agency's."""

from gettext import NullTranslations

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_domain
from flask_login import current_user
from markupsafe import Markup

from trackr import paths
from trackr.forms.people import LANGUAGES
from trackr.web.instance import agency

babel = Babel()


def choose_language() -> str:
    if not has_request_context():
        return LANGUAGES[0]
    chosen = current_user.language if current_user.is_authenticated else ""
    return chosen or _asked_language() or agency_language()


def _asked_language() -> str:
    """What the browser likes best of what Trackr speaks, "" where that is nothing: "fr-CA, en" asks for French."""
    for tag, quality in request.accept_languages:
        language = tag.partition("-")[0].lower()
        if language in LANGUAGES and quality > 0:
            return language
    return ""


def agency_language() -> str:
    found = agency()
    return found.language if found else LANGUAGES[0]


def translate(message: str, **values: object) -> Markup:
    """What templates call `_`: a translated message, in which <b> is markup and every value is escaped.

    Flask-Babel's own does the same in more steps; a page asks it some fifty times.
    """
    translated = Markup(_catalogue().gettext(message))  # noqa: S704 -- from our catalogues
    return translated % values if values else Markup(translated.replace("%%", "%"))  # noqa: S704


def plain(message: str, **values: object) -> str:
    """A translated message as text, for code that writes many (imported as `_`)."""
    translated = _catalogue().gettext(message)
    return translated % values if values else translated


def translate_plural(singular: str, plural: str, num: int, **values: object) -> Markup:
    """What templates call `ngettext`."""
    return Markup(_catalogue().ngettext(singular, plural, num)) % ({"num": num} | values)  # noqa: S704


def _catalogue() -> NullTranslations:
    request_globals = g._get_current_object()
    found: NullTranslations | None = request_globals.get("catalogue")
    if found is None:
        found = request_globals.catalogue = get_domain().get_translations()
    return found


def register(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(paths.translations)
    babel.init_app(app, locale_selector=choose_language)
    app.jinja_env.globals.update(_=translate, gettext=translate, ngettext=translate_plural)
