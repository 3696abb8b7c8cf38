"""What a line asks of the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackr.reach.ask import LONGEST, MOST_TERMS, begins, folded, read


@pytest.mark.parametrize(
    ("line", "words", "phrases"),
    [
        ("the form", ["the", "form"], []),
        ('"the form" date', ["date"], ["the form"]),
        ('"not closed', [], ["not closed"]),
        ("http://a.example", ["http://a.example"], []),
        ("12:30", ["12:30"], []),
        ("  \x00\n ", [], []),
        ('""', [], []),
    ],
)
def test_words_and_phrases(line: str, words: list[str], phrases: list[str]) -> None:
    ask = read(line)
    assert (ask.words, ask.phrases, ask.filters, ask.strange) == (words, phrases, {}, [])


@pytest.mark.parametrize(
    ("line", "filters"),
    [
        ("is:open", {"is": ["open"]}),
        ("IS:Closed", {"is": ["closed"]}),
        ("est:ouvert", {"is": ["open"]}),
        ("est:en-retard", {"is": ["overdue"]}),
        ("est:non-lu avec:fichier", {"is": ["unread"], "has": ["file"]}),
        ("priorité:haute", {"priority": ["high"]}),
        ("assignee:me assignee:sam", {"assignee": ["me", "sam"]}),
        ('column:"In progress"', {"column": ["In progress"]}),
        ("project:open-data", {"project": ["open-data"]}),
        ("demandeur:moi", {"requester": ["me"]}),
    ],
)
def test_filters_in_english_and_french(line: str, filters: dict[str, list[str]]) -> None:
    ask = read(line)
    assert (ask.filters, ask.words, ask.strange) == (filters, [], [])


@pytest.mark.parametrize("line", ["is:", "is:strange", "kind:bug", 'column:""', "priority:9"])
def test_a_filter_that_says_nothing_is_named(line: str) -> None:
    assert read(line).strange == [line] and not read(line).is_empty


def test_numbers() -> None:
    assert (read("#142").number, read("#142").is_exact) == (142, True)
    assert (read("142").number, read("142").is_exact, read("142").words) == (142, False, ["142"])
    assert (read("form 142").number, read("#x").number) == (None, None)


def test_the_last_word_goes_on_only_while_it_is_the_last() -> None:
    assert read("the for").is_open and not read("for is:open").is_open and not read('for "a b"').is_open


def test_names_begin_as_people_type_them() -> None:
    assert begins("Hélène Dupré", "helene") and begins("Hélène Dupré", "DUP") and not begins("Hélène", "ene")
    assert folded("Ça Été") == "ca ete"


@given(st.text(max_size=400))
def test_whatever_is_typed_it_can_be_read(line: str) -> None:
    ask = read(line)
    assert len(ask.words) + len(ask.phrases) + sum(map(len, ask.filters.values())) + len(ask.strange) <= MOST_TERMS
    assert all(len(word) <= LONGEST and word.isprintable() for word in [*ask.words, *ask.phrases])
    assert not any('"' in word for word in ask.words)
