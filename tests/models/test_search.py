"""What the search's indexes know, and what is asked of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import Cast
from trackr.db import database
from trackr.models import Comment, Ticket, search
from trackr.models.search import COMMENTS, FILES, NOTE_FILES, NOTES, TICKETS, Source
from trackr.settings import Settings


def found(source: Source, *words: str, phrases: tuple[str, ...] = ()) -> list[int]:
    """The tickets with a place that fits."""
    return sorted({hit.ticket for hit in search.hits(source, search.match(words, phrases), Ticket.id > 0)})


def test_titles_texts_comments_and_notes_are_found_each_in_its_place(people: Cast) -> None:
    ticket = people.ticket(title="The form", body="loses dates")
    people.comment(ticket, text="since Monday")
    people.comment(ticket, text="between us", internal=True)
    assert found(TICKETS, "form") == found(TICKETS, "dates") == found(COMMENTS, "monday") == [ticket.id]
    assert found(NOTES, "between") == [ticket.id] and found(COMMENTS, "between") == found(TICKETS, "between") == []


@pytest.mark.parametrize("word", ["reservation", "RÉSERVATION", "rés", "Reser", "été", "ete", "straße", "予約"])
def test_accents_and_capitals_are_folded_and_the_last_word_may_be_a_beginning(people: Cast, word: str) -> None:
    ticket = people.ticket(title="Réservation d’été, Straße, 予約システム")
    assert found(TICKETS, word) == [ticket.id]


def test_all_words_must_fit_and_phrases_in_order(people: Cast) -> None:
    ticket = people.ticket(title="The booking form loses the date")
    assert found(TICKETS, "date", "form") == [ticket.id]
    assert found(TICKETS, "form", "invoice") == found(TICKETS, "dat", "form") == []
    assert found(TICKETS, phrases=("booking form",)) == [ticket.id]
    assert found(TICKETS, phrases=("form booking",)) == []


def test_titles_weigh_most(people: Cast) -> None:
    people.ticket(title="Calendar"), people.ticket(title="Another", body="calendar " + "and much else " * 20)
    hits = search.hits(TICKETS, search.match(["calendar"]), Ticket.id > 0)
    assert min(hits, key=lambda hit: hit.rank).ticket == 1


def test_every_verb_keeps_the_indexes(people: Cast) -> None:
    ticket = people.ticket(title="Before", body="early")
    comment, note = people.comment(ticket, text="hello"), people.comment(ticket, text="secret", internal=True)
    ticket.change(people.sam, title="After", body="late")
    comment.edit(people.sam, body="goodbye", body_html="")
    assert found(TICKETS, "before") == found(TICKETS, "early") == found(COMMENTS, "hello") == []
    assert found(TICKETS, "after") == found(TICKETS, "late") == found(COMMENTS, "goodbye") == [ticket.id]
    comment.remove(people.sam), note.remove(people.sam)
    assert found(COMMENTS, "goodbye") == found(NOTES, "secret") == [] and search.lacks() == {}


def test_files_are_found_by_the_parts_of_their_names_until_they_are_removed(people: Cast) -> None:
    ticket = people.ticket()
    note = people.comment(ticket, internal=True)
    file = people.file(ticket, name="Procès-verbal_2026.PDF")
    hidden = people.file(ticket, comment=note, name="marges.xlsx")
    for word in ("proces", "2026", "pdf", "procès-verbal_2026.pdf"):
        assert (found(FILES, word), found(NOTE_FILES, word)) == ([ticket.id], [])
    assert (found(FILES, "marges"), found(NOTE_FILES, "marges")) == ([], [ticket.id])
    file.remove(people.sam), hidden.remove(people.sam)
    assert found(FILES, "pdf") == found(NOTE_FILES, "marges") == [] and search.lacks() == {}


def test_what_is_deleted_with_its_project_is_found_no_more(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket), people.comment(ticket, internal=True)
    Comment.delete().execute(), Ticket.delete().execute()
    assert found(TICKETS, "form") == found(COMMENTS, "thank") == found(NOTES, "thank") == []
    assert search.lacks() == {}


def test_a_change_that_is_taken_back_is_not_found(people: Cast) -> None:
    with pytest.raises(ZeroDivisionError), database.atomic():
        people.ticket(title="Undone")
        raise ZeroDivisionError
    assert found(TICKETS, "undone") == []


def test_what_lacks_is_counted_by_index(people: Cast) -> None:
    people.comment(people.ticket())
    database.execute_sql("INSERT INTO comment_search (comment_search) VALUES ('delete-all')")
    assert search.lacks() == {"comment_search": 1}
    database.execute_sql("INSERT INTO comment_search (comment_search) VALUES ('rebuild')")
    assert search.lacks() == {}


def test_an_excerpt_marks_the_words(people: Cast) -> None:
    comment = people.comment(people.ticket(), text="It loses the date every day")
    asked = search.match(["date"])
    assert search.excerpts(COMMENTS, asked, [comment.id]) == {comment.id: "It loses the \x02date\x03 every day"}
    assert search.excerpts(COMMENTS, asked, []) == {}


HOSTILE = st.text(st.characters() | st.sampled_from("\"*():^-+{}'\\ \x00ANDORNOT"), max_size=30)


@given(words=st.lists(HOSTILE, max_size=4), phrases=st.lists(HOSTILE, max_size=2))
def test_nothing_that_is_typed_is_a_part_of_the_language(words: list[str], phrases: list[str]) -> None:
    asked = search.match(words, phrases)
    assert asked.count('"') == 2 * (len(words) + len(phrases)) and "\x00" not in asked
    outside = asked.split('"')[::2]
    assert {part.strip() for part in outside} <= {"", "*"}


@pytest.mark.parametrize(
    "word", ['"', "*", "a OR b", "NEAR(a b)", "-form", "title:form", "^form", "(", "{a}", "'", "\\"]
)
def test_no_hostile_word_is_an_error(settings: Settings, people: Cast, word: str) -> None:
    people.ticket()
    for source in search.SOURCES:
        asked = search.match([word], [word])
        search.hits(source, asked, Ticket.id > 0)
    search.hits(TICKETS, search.in_title(search.match([word])), Ticket.id > 0)
