"""What is said of the languages of the documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.browser.shelf import make_document

from quoth.catalogue import foreign_languages
from quoth.presets import find_preset
from quoth.records import DocumentInfo, State, Status
from quoth.render import language_advice, languages_line, status_text
from quoth.ui.home_html import render_home

ENGLISH = frozenset({"en"})
STATUS = Status("seeds", 3, 9, "m@1", 7, (("es", 2), ("en", 1)), (), (), 1_000_000)


def documents(*languages: str) -> list[DocumentInfo]:
    info = make_document("a.txt", "text").info
    return [replace(info, source=f"{number}.txt", language=language) for number, language in enumerate(languages)]


@pytest.mark.parametrize(
    ("languages", "foreign"),
    [
        (["es", "en", "de", "es"], ("es", "de")),
        (["en"] * 9 + ["es"], ("es",)),
        (["en"] * 10 + ["es"], ()),
        (["en", "und"], ()),
        ([], ()),
    ],
)
def test_languages_that_the_model_does_not_know_are_told_where_they_matter(
    languages: list[str], foreign: tuple[str, ...]
) -> None:
    assert foreign_languages(documents(*languages), ENGLISH) == foreign


def test_a_model_that_knows_them_or_of_which_nothing_is_known_has_no_foreign_languages() -> None:
    multilingual = find_preset("multilingual-e5-small")
    assert multilingual
    assert foreign_languages(documents("es", "de", "zh"), multilingual.languages) == ()
    assert foreign_languages(documents("es", "de", "zh"), None) == ()


def test_files_without_text_count_in_no_language() -> None:
    unread = [replace(info, state=State.DAMAGED) for info in documents("es", "es")]
    assert foreign_languages([*documents("en"), *unread], ENGLISH) == ()


def test_the_advice_names_languages_model_and_command() -> None:
    advice = language_advice(["es", "zh", "ar"])
    assert advice.startswith("The model was not trained on Spanish, Chinese and Arabic: ")
    assert 'model = "intfloat/multilingual-e5-small"' in advice
    assert "quoth build --all" in advice
    assert language_advice(["xx"]) == language_advice([]) == ""
    assert language_advice(["de"]).startswith("The model was not trained on German: ")


def test_the_status_says_languages_and_advice() -> None:
    assert "languages  Spanish 2, English 1" in status_text(STATUS).splitlines()
    assert "multilingual" not in status_text(STATUS)
    assert language_advice(["es"]) in status_text(replace(STATUS, foreign_languages=("es",))).splitlines()


def test_languages_without_a_name_are_told_by_their_code() -> None:
    assert languages_line([("xx", 1200), ("und", 2)]) == "xx 1,200, unknown 2"
    assert languages_line([]) == "none"


def test_the_first_page_says_languages_and_advice() -> None:
    shelf = documents("es", "es", "en")
    assert "Languages: Spanish 2, English 1" in render_home(shelf, ())
    assert "not trained on Spanish: " in render_home(shelf, (), ("es",))
    assert "not trained" not in render_home(shelf, ())
