from __future__ import annotations

import re

import pytest
from tests.browser.shelf import Shelf, make_document
from tests.ui.english import labels

from quoth.ui.address import Address
from quoth.ui.conversation import ask, go_to
from quoth.ui.labels import LANGUAGES, language_of, say, say_count, speaking, spoken, translations


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_label_is_translated_with_the_same_places_for_values(language: str) -> None:
    known = translations(language)
    assert sorted(labels() - known.keys()) == []
    for english, translated in known.items():
        assert sorted(re.findall(r"{\w+}", translated)) == sorted(re.findall(r"{\w+}", english)), english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", ["Previous", "Next"])
def test_steps_that_stand_together_are_told_apart_and_begin_with_what_is_seen(language: str, step: str) -> None:
    with speaking(language):
        heard = [say(f"{step} passage"), say(f"{step} place")]
        assert heard[0] != heard[1]
        assert all(label.startswith(say(step)) for label in heard)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.5", "de"),
        ("fr;q=0.3, es;q=0.8", "es"),
        ("nl,ja;q=0.9", "en"),
        ("de;q=0", "en"),
        ("en;q=nonsense, fr", "fr"),
        ("", "en"),
        ("," * 5000, "en"),
    ],
)
def test_the_browser_says_which_language(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


def test_a_label_without_translation_is_said_in_english_and_numbers_are_grouped() -> None:
    with speaking("de"):
        assert say("Not translated: {n}", n=12345) == "Not translated: 12.345"
        assert say_count(1, "{n} x", "{n} xs") == "1 x"
    with speaking("tlh"):
        assert spoken() == "en"
        assert say_count(1234, "{n} x", "{n} xs") == "1,234 xs"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            Address("-Entwurf"),
            "Die Frage sagt nur, was wegbleiben soll (Entwurf); geben Sie auch an, was gesucht wird.",
        ),
        (Address("lighthouse", sources=("*.doc",)), "Kein Dokument passt zu &#39;*.doc&#39;</p>"),
        (Address("lighthouse", sources=("*.doc",), view="table"), "Kein Dokument passt zu &#39;*.doc&#39;</p>"),
        (Address("-Entwurf", view="mentions"), "Die Frage sagt nur, was wegbleiben soll (Entwurf)"),
    ],
)
def test_what_a_reader_did_wrong_is_told_in_their_language_without_a_terminal(address: Address, told: str) -> None:
    with speaking("de"):
        shown = go_to(Shelf([make_document("a.txt", "The lighthouse went dark.")]), address, ()).conversation
    assert told in shown
    assert "quoth status" not in shown


def test_values_are_not_taken_for_labels() -> None:
    assert say("From {title}", title="{n} {0}") == "From {n} {0}"


@pytest.mark.parametrize(
    ("language", "verdict", "place", "coverage"),
    [
        ("es", "Responde", "a.txt, línea 2", "1 pasaje de 1 de 1 documento"),
        ("fr", "Répond", "a.txt, ligne 2", "1 passage de 1 document sur 1"),
        ("de", "Beantwortet", "a.txt, Zeile 2", "1 Stelle aus 1 von 1 Dokument"),
    ],
)
def test_an_answer_is_told_in_the_language_of_the_reader(
    language: str, verdict: str, place: str, coverage: str
) -> None:
    shelf = Shelf([make_document("a.txt", "Eleven boats.\nThe lighthouse went dark.")])
    with speaking(language):
        said = ask(shelf, "lighthouse", ()).conversation
    assert verdict in said
    assert place in said
    assert coverage in said
    assert "The lighthouse went dark." in said
