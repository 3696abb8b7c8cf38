"""Trackr speaks the reader's language, and the French catalogue is whole."""

import re
from datetime import date

import pytest
from flask import Flask

from tests import catalogue
from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import PASSWORD, Cast
from trackr.models import Agency, Person, Project

SOURCES = catalogue.messages(catalogue.in_the_sources())
FRENCH = catalogue.messages(catalogue.in_french())


def test_the_french_catalogue_has_every_text_of_the_sources_and_no_other() -> None:
    assert set(FRENCH) == set(SOURCES), "run `make translations`, and translate what is new in the .po"


def test_every_text_is_translated_and_looked_at() -> None:
    empty = {key for key, message in FRENCH.items() if not all(french for _, french in catalogue.pairs(message))}
    assert empty | {key for key, message in FRENCH.items() if message.fuzzy} == set()


def parts(text: str) -> list[str]:
    """The values and the markup in a text."""
    return sorted(catalogue.PLACEHOLDER.findall(text) + catalogue.MARKUP.findall(text))


def test_translations_keep_the_values_and_the_markup() -> None:
    for message in FRENCH.values():
        originals, translations = zip(*catalogue.pairs(message), strict=True)
        known = [parts(text) for text in originals]  # "One new ticket" may become "%(num)s nouvelle demande"
        assert [text for text in translations if parts(text) not in known] == []


# Quotation marks and apostrophes as they are printed, no line that begins with ? or ends with «, no unit by itself.
# A filter of the search (est:ouvert) is written without a space.
MISPRINTS = re.compile(
    r"""['"] | [^\u00a0][;!?»] | [^\u00a0]:(?!\d|%|ouvert|//) | «(?!\u00a0)
    | \d[ ](?:h|j|min|jours|heures|minutes|caractères)\b""",
    re.VERBOSE,
)


def test_translations_are_set_as_french_is_printed() -> None:
    translations = [french for message in FRENCH.values() for _, french in catalogue.pairs(message)]
    assert {text: found for text in translations if (found := MISPRINTS.findall(text))} == {}


def test_the_compiled_catalogue_says_what_the_texts_say() -> None:
    now, anew = (
        {key: message.string for key, message in catalogue.messages(catalog).items()}
        for catalog in (catalogue.compiled(), catalogue.compiled_anew())
    )
    assert now == anew, "run `make translations`"


# Of programs, keys and formats; and "client", for body[data-for].
NAMES = {"Trackr", "Ctrl", "Alt", "1h30", "client", "PDF", "CSV", "XLSX", "JSON"}


def test_no_template_says_anything_beside_the_catalogue() -> None:
    said = {}
    for path in (catalogue.ROOT / "templates").rglob("*.html"):
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL)
        words = {text for text in catalogue.Texts(bare).found if re.search("[A-Za-z]{2}", text) and "=" not in text}
        said[str(path)] = words - NAMES
    assert {name: words for name, words in said.items() if words} == {}


def test_no_behaviour_says_anything() -> None:
    sentence = re.compile(r"""(['"`])[^'"`\n]*?[A-Za-z]{2,} [a-z]{2,}[^'"`\n]*?\1""")
    for path in (catalogue.ROOT / "static" / "js").rglob("*.js"):
        code = re.sub(r"^\s*//.*$|\s//\s.*$", "", path.read_text(), flags=re.MULTILINE)
        assert [found.group() for found in sentence.finditer(code)] == [], path.name


@pytest.mark.parametrize(
    ("person_s", "browser_s", "agency_s", "spoken"),
    [
        ("fr", "en-GB, en;q=0.9", "en", "fr"),
        ("en", "fr", "fr", "en"),
        ("", "fr-FR, fr;q=0.9, en;q=0.8", "en", "fr"),
        ("", "fr-CA, en;q=0.5", "en", "fr"),
        ("", "en", "fr", "en"),
        ("", "de, *;q=0.5", "fr", "fr"),
        ("", "", "fr", "fr"),
    ],
)
def test_the_person_s_language_wins_then_the_browser_s_then_the_agency_s(
    people: Cast, sign_in: SignIn, person_s: str, browser_s: str, agency_s: str, spoken: str
) -> None:
    Person.update(language=person_s).execute()
    Agency.update(language=agency_s).execute()
    for address in ("/account", "/nowhere"):  # also where nothing is found, and no view looked who asks
        answer = sign_in(people.olive).get(address, headers={"Accept-Language": browser_s})
        assert catalogue.Texts(answer.text).languages == [spoken]


def test_who_chooses_a_language_is_answered_in_it(people: Cast, sign_in: SignIn) -> None:
    form = {"_method": "PATCH", "name": "Olive Owen", "language": "fr"}
    assert "C’est enregistré." in sign_in(people.olive).post("/account", data=form, follow_redirects=True).text


WRITTEN = {
    "fr": [
        "posée par vous le jeudi 12 février", "12 février, 9 h 14", "Dimanche 1er mars", "1 h 30", "il reste 18 h 30",
        "100 000 caractères au plus ; ce texte en a 100 001.",
    ],
    "en": [
        "you asked on Thursday 12 February", "12 February, 9:14", "Sunday 1 March", "1 h 30", "18 h 30 left",
        "At most 100,000 characters, this has 100,001.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", WRITTEN)
def test_days_times_durations_and_numbers_are_written_as_the_reader_writes_them(
    people: Cast, sign_in: SignIn, clock: Clock, language: str
) -> None:
    people.claire.change(name="Claire Clement", language=language)
    people.pack(20, date(2026, 1, 5))
    clock.set("2026-02-12 08:14")
    ticket = people.ticket()
    clock.set("2026-03-14 15:00")
    people.entry(ticket, 90, day=date(2026, 3, 1))
    answer = sign_in(people.claire).post(f"/tickets/{ticket.id}/comments", data={"body": "x" * 100_001})
    page = catalogue.plain(re.sub("<[^>]+>", "", answer.text))
    assert [text for text in WRITTEN[language] if text not in page] == []


def test_french_months_are_small_within_a_sentence_and_large_in_a_list(
    people: Cast, sign_in: SignIn, clock: Clock
) -> None:
    people.entry(people.ticket())
    texts = catalogue.Texts(
        sign_in(people.claire).get("/projects/intranet/hours", headers={"Accept-Language": "fr"}).text
    ).found
    assert {"Confirmé en mars 2026", "Mars 2026"} <= texts


FRENCH_COLUMNS = ["Nouvelles", "En cours", "En attente du client", "Terminées"]


def test_the_columns_of_a_new_project_are_named_in_the_agency_s_language(people: Cast, sign_in: SignIn) -> None:
    Agency.update(language="fr").execute()
    sign_in(people.olive).post("/projects", data={"name": "Site", "client": "Musée"}, headers={"Accept-Language": "en"})
    project = Project.get(Project.slug == "site")
    assert project.language == "fr"
    assert [column.name for column in project.ordered_columns()] == FRENCH_COLUMNS


def test_the_first_project_s_columns_are_named_in_the_language_chosen_for_the_agency(app: Flask) -> None:
    form = {
        "agency": "Cobalt", "language": "fr", "timezone": "Europe/Paris", "owner_name": "Olive", "password": PASSWORD,
        "email": "olive@cobalt.example", "client": "Mairie", "name": "Intranet", "client_name": "Claire",
        "client_email": "claire@town.example",
    }  # fmt: skip
    app.test_client().post("/setup", data=form, headers={"Accept-Language": "en"})
    assert [column.name for column in Project.get().ordered_columns()] == FRENCH_COLUMNS
