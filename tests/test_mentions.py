from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.contracts.making import EMBEDDER

from quoth.errors import QuestionError
from quoth.library import Library
from quoth.literal import find_within
from quoth.records import Document, Mentions, Span
from quoth.settings import Settings

TREATY = """# The treaty of Lisbon

The Treaty of Lisbon was signed in December. It is long. The treaty of
Lisbon’s critics wrote about the treaty of Porto.

## Harbours

Ships waited outside of the harbour. Many a ship had e-mail. The party was late.

# Only a heading about the treaty of Lisbon
"""
LETTERS = "Dear Anna! The treaty of Lisbon bores me. No harbour waits for a shipping line.\n\nYours, Ottilie\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with built(tmp_path_factory.mktemp("library")) as opened:
        yield opened


@contextmanager
def built(place: Path) -> Iterator[Library]:
    folder = place / "documents"
    folder.mkdir()
    (folder / "treaty.md").write_text(TREATY)
    (folder / "letters.txt").write_text(LETTERS)
    with Library(place / "embeddings", Settings(passage_characters=60), EMBEDDER) as opened:
        opened.build(folder)
        yield opened


def documents_of(library: Library) -> list[Document]:
    return [library.document(info.id) for info in library.documents()]


def counts(found: Mentions) -> dict[str, tuple[int, int]]:
    return {one.document.source: (one.mentions, one.occurrences) for one in found.by_document}


def highlighted(library: Library, found: Mentions) -> list[str]:
    return [span.of(library.document(one.document_id).text) for one in found.mentions for span in one.highlights]


def letters_in(spans: Iterable[Span], text: str) -> set[int]:
    """Offsets in the spans, white space left out."""
    return {offset for span in spans for offset in range(span.start, span.end) if not text[offset].isspace()}


def test_every_occurrence_of_a_phrase_is_counted_those_in_headings_too(library: Library) -> None:
    found = library.mentions('"treaty of lisbon"')
    assert counts(found) == {"letters.txt": (1, 1), "treaty.md": (4, 4)}
    assert found.occurrences == found.total == 5
    assert highlighted(library, found) == [
        "treaty of Lisbon",
        "treaty of Lisbon",
        "Treaty of Lisbon",
        "treaty of\nLisbon",
        "treaty of Lisbon",
    ]
    assert [one.citation.quote for one in found.mentions][1] == "# The treaty of Lisbon"
    assert [one.citation.source for one in found.mentions] == ["letters.txt", *["treaty.md"] * 4]


def test_words_are_found_in_any_form_in_every_passage_that_holds_them_all(library: Library) -> None:
    found = library.mentions("harbour waiting")
    assert counts(found) == {"letters.txt": (1, 0), "treaty.md": (1, 0)}
    assert set(highlighted(library, found)) == {"harbour", "waits", "waited"}
    assert found.words == (("harbour", 2), ("waiting", 2))


def test_words_that_never_stand_together_are_counted_each(library: Library) -> None:
    found = library.mentions("Porto harbour")
    assert (found.total, found.mentions, found.by_document) == (0, (), ())
    assert found.words == (("Porto", 1), ("harbour", 2))


def test_a_compound_is_found_by_its_whole_and_by_its_parts(library: Library) -> None:
    assert library.mentions("e-mail").total == library.mentions("email").total == library.mentions("mail").total == 1


def test_what_is_excluded_is_left_out(library: Library) -> None:
    assert counts(library.mentions('"treaty of Lisbon" -signed')) == {"letters.txt": (1, 1), "treaty.md": (3, 3)}
    assert counts(library.mentions('"treaty of Lisbon" -heading -bores -signed')) == {"treaty.md": (2, 2)}
    assert counts(library.mentions("harbour -ships")) == {"letters.txt": (1, 0)}


def test_phrases_and_words_must_stand_together(library: Library) -> None:
    assert counts(library.mentions('"treaty of Lisbon" bored')) == {"letters.txt": (1, 1)}
    assert counts(library.mentions('"treaty of Lisbon" "critics wrote"')) == {"treaty.md": (1, 2)}


def test_parts_of_the_list_put_together_are_the_whole(library: Library) -> None:
    whole = library.mentions('"treaty of lisbon"')
    parts = [library.mentions('"treaty of lisbon"', offset=offset, limit=2) for offset in (0, 2, 4)]
    assert tuple(one for part in parts for one in part.mentions) == whole.mentions
    assert {part.total for part in parts} == {5}
    assert library.mentions('"treaty of lisbon"', offset=5).mentions == ()


def test_only_the_documents_that_are_named_are_looked_through(library: Library) -> None:
    found = library.mentions('"treaty of lisbon"', sources=["*.txt"])
    assert (counts(found), found.documents) == ({"letters.txt": (1, 1)}, 1)


@pytest.mark.parametrize("text", ["", "the of and", "?!", "-treaty"])
def test_what_cannot_be_looked_up_is_an_error(library: Library, text: str) -> None:
    with pytest.raises(QuestionError):
        library.mentions(text)


@pytest.mark.parametrize(("offset", "limit"), [(-1, 5), (0, 0), (0, 1001)])
def test_parts_that_are_none_are_errors(library: Library, offset: int, limit: int) -> None:
    with pytest.raises(QuestionError):
        library.mentions("treaty", offset=offset, limit=limit)


def test_a_build_is_seen_by_the_next_look(tmp_path: Path) -> None:
    with built(tmp_path) as library:
        assert library.mentions('"treaty of lisbon"').total == 5
        (tmp_path / "documents" / "letters.txt").write_text("The treaty of Lisbon. Once more: the treaty of Lisbon.")
        library.build(tmp_path / "documents")
        assert counts(library.mentions('"treaty of lisbon"'))["letters.txt"][1] == 2


PARTED_TEXTS = {
    "treaty.txt": "It was self-evalu-\nated. They evalu-\nated the trea-\nties, the treaties which "
    "a well-\nknown man wrote.",
    "talk.srt": "1\n00:00:01,000 --> 00:00:03,500\nThe <i>quay</i> is closed until\n\n2\n"
    "00:00:03,500 --> 00:00:06,000\nfurther notice.\n\n3\n00:01:00,000 --> 00:01:01,000\nFurther notice follows.\n",
    "mail.eml": "Subject: Quay\n\nAnna wrote:\n> It is closed until\n> further notice.\n",
    "book.txt": "\f".join(
        f"THE QUAY\n\nfurther notice. In {name}’s year {year} ships waited outside of the harbour,\n"
        f"and nobody came to see them but the keeper of {name}, who wrote it down\n"
        f"in a book, and so did his daughter {name}, of whom we have all letters\n"
        f"and a picture by {name}. In the end of all it was closed until\n\n{page}\n"
        for page, year, name in ((7, 1901, "Anna"), (8, 1902, "Berta"), (9, 1903, "Carla"), (10, 1904, "Dora"))
    ),
}


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("parted")
    (place / "documents").mkdir()
    for name, text in PARTED_TEXTS.items():
        (place / "documents" / name).write_text(text)
    with Library(place / "embeddings", Settings(passage_characters=60), EMBEDDER) as opened:
        opened.build(place / "documents")
        yield opened


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("evaluated", {"treaty.txt": 2}),
        ("self-evaluated", {"treaty.txt": 1}),
        ("evaluated the treaties", {"treaty.txt": 1}),
        ("well-known man", {"treaty.txt": 1}),
        ("until further notice", {"book.txt": 3, "mail.eml": 1, "talk.srt": 1}),
        ("the quay is closed", {"talk.srt": 1}),
        ("notice further notice", {}),
        ("THE QUAY", {"book.txt": 4, "talk.srt": 1}),
    ],
)
def test_phrases_that_lines_pages_and_subtitles_part_are_counted_and_found(
    parted: Library, phrase: str, expected: dict[str, int]
) -> None:
    found = parted.mentions(f'"{phrase}"')
    assert {one.document.source: one.occurrences for one in found.by_document} == expected
    for one in found.mentions:
        assert one.highlights
        assert all(one.reading.of(span) for span in one.highlights)  # those in page heads as well
    hits = parted.ask(f'"{phrase}"', k=20).hits
    assert {hit.citation.source for hit in hits} == expected.keys() - ({"book.txt"} if phrase == "THE QUAY" else set())


def test_words_that_the_end_of_a_line_parts_are_highlighted_as_one(parted: Library) -> None:
    found = parted.mentions("evaluated treaties")
    assert set(highlighted(parted, found)) == {"evalu-\nated", "trea-\nties", "treaties"}


def test_a_phrase_over_two_subtitles_is_highlighted_in_the_file_and_reads_in_one_piece(parted: Library) -> None:
    (hit,) = (hit for hit in parted.ask('"until further notice"').hits if hit.citation.source == "talk.srt")
    assert hit.citation.quote == PARTED_TEXTS["talk.srt"].split("\n", 2)[2].split("\n\n3")[0]
    assert hit.reading.text == "The quay is closed until further notice."
    assert [hit.reading.of(span) for span in hit.highlights] == ["until further notice"]
    (mention,) = (
        one for one in parted.mentions('"until further notice"').mentions if one.citation.source == "talk.srt"
    )
    assert [mention.reading.of(span) for span in mention.highlights] == ["until further notice"]


WORDS = st.sampled_from(["the", "Treaty", "of", "LISBON", "it's", "it’s", "1,000", "art", "party", "e-mail", "naïve"])
BROKEN = st.sampled_from(["par-\nty", "state-of-the-\nart", "trea-\n  ty’s", "of\n> the", "LIS-\n> BON"])
LINES = st.lists(st.lists(WORDS | BROKEN, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=12)
ENDS = st.sampled_from([". ", "\n", "\n\n", "\n\n# ", ", ", "\n\n> "])


@given(lines=LINES, end=ENDS, phrase=st.lists(WORDS, min_size=1, max_size=3).map(" ".join))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_occurrences_are_those_of_a_plain_scan(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, phrase: str
) -> None:
    assume("#" not in end or not any("\n" in line for line in lines))  # a heading is one line, and in no passage
    folder = tmp_path_factory.mktemp("scanned")
    (folder / "documents").mkdir()
    (folder / "documents" / "a.md").write_text(end.join(lines), encoding="utf-8", newline="")
    with Library(folder / "embeddings", Settings(passage_characters=60), EMBEDDER) as library:
        library.build(folder / "documents")
        found = library.mentions(f'"{phrase}"', limit=1000)
        (document,) = documents_of(library)
        expected = find_within(phrase, document)
        assert found.occurrences == len(expected)
        marked = [span for one in found.mentions for span in one.highlights]
        # Passages end before the white space between them.
        assert letters_in(marked, document.text) == letters_in(expected, document.text)
        assert list(found.mentions) == sorted(found.mentions, key=lambda one: one.span)
