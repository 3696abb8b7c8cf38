"""The translations of a language, for what is written where no page is asked for: mails, and the files in them."""

import functools
from gettext import NullTranslations

from babel.support import Translations

from trackr import paths


@functools.cache
def catalogue(language: str) -> NullTranslations:
    return Translations.load(str(paths.translations), [language])
