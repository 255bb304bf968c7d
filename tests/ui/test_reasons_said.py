"""Why files were not read, in the reader's language. What may be said is gathered from the code."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator

import pytest
from tests.parsing.test_reasons import ADVICE, MODULES, constants, reasons, texts_of

from quoth.parsing.odt_package import _OTHERS
from quoth.parsing.sniff import _NAMED
from quoth.records import Skipped, State
from quoth.ui.answer_html import render_unread
from quoth.ui.labels import LANGUAGES, speaking
from quoth.ui.reasons import _table, say_reason

SYSTEM = {os.strerror(code) for code in errno.errorcode}
PLACE = re.compile(r"{[^{}]*}|…")


def told() -> set[str]:
    """Reasons, and what becomes a part of them: losses of mails, and whatever else gives advice."""
    found, named = reasons(), constants()
    for tree in MODULES.values():
        for own in own_texts(tree):
            found |= {text for text in texts_of(own, named) if ADVICE.search(text)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Subscript)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "others"
            ):
                found |= set(texts_of(node.slice, named))
    return {PLACE.sub("7", text) for text in found if text}


def own_texts(node: ast.AST) -> Iterator[ast.expr]:
    """Texts of the code but for docstrings and messages of other errors than the one for files that are not read."""
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name != "UnreadError":
            return
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield node
            return
    for child in ast.iter_child_nodes(node):
        yield from own_texts(child)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_reason_is_said_in_the_language_of_the_reader(language: str) -> None:
    with speaking(language):
        assert sorted(reason for reason in told() if say_reason(reason) == reason) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_reason_is_translated_that_the_code_does_not_give(language: str) -> None:
    given = told() | {text.replace("7 were not", "7 and 7 more were not") for text in told()}
    sentences = {phrase.pattern.pattern: phrase for phrase in _table(language).sentences}
    assert [english for english, phrase in sentences.items() if not any(map(phrase.pattern.match, given))] == []


@pytest.mark.parametrize(
    "reason",
    [
        *(
            f"the file is not {name} although its name says so; get another copy"
            for name in sorted(set(_NAMED.values()))
        ),
        *(f"the file is {name}; save it as {ending}" for name, ending in _OTHERS.values()),
        "slide 3: missing in the file; get another copy",
        "pages 1, 3-5 and more are scanned without text; run OCR over the file, or install tesseract",
        "page 1 is damaged and could not be read; get another copy",
        "cells 1, 2 could not be read, for they hold no text as notebooks have it; save the notebook again",
        "one place could not be decoded as utf-8 and are shown as �; save it as UTF-8",
        '"xyz" files cannot be read; save it as one of csv, docx',
    ],
)
def test_words_of_the_program_inside_a_reason_are_translated_too(reason: str) -> None:
    with speaking("de"):
        said = say_reason(reason)
    assert not re.search(r"\b(?:an? |slide|missing|pages?|are|is|and|cells?|place|install|files)\b", said), said


def test_values_stand_in_the_translation_as_they_were() -> None:
    reason = (
        'the attachments "missing.txt", "a; b {n}.pdf" and 1,234 more were not read; save them as files of their own'
    )
    with speaking("de"):
        assert say_reason(reason) == (
            'die Anhänge "missing.txt", "a; b {n}.pdf" und 1.234 weitere wurden nicht gelesen; '
            "speichern Sie sie als eigene Dateien"
        )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            "a mail is damaged and was not read; look at it in a mail program (1,200 times); "
            "its text is encrypted; save a decrypted copy of it",
            "eine Mail ist beschädigt und wurde nicht gelesen; sehen Sie die Datei in einem Mailprogramm an "
            "(1.200-mal); der Text ist verschlüsselt; speichern Sie eine entschlüsselte Kopie",
        ),
        (
            "ch: 1.xhtml: it is missing; get another copy of the book",
            "ch: 1.xhtml: it is missing; get another copy of the book",
        ),
        (
            "ch1.xhtml: it is missing; get another copy of the book",
            "ch1.xhtml: fehlt; besorgen Sie eine andere Kopie des Buchs",
        ),
        (
            "the file cannot be opened: Permission denied; check its permissions",
            "die Datei lässt sich nicht öffnen: Zugriff verweigert; prüfen Sie ihre Zugriffsrechte",
        ),
        (
            "the file cannot be opened: Out of luck; check its permissions",
            "die Datei lässt sich nicht öffnen: Out of luck; prüfen Sie ihre Zugriffsrechte",
        ),
    ],
)
def test_reasons_of_several_parts_are_said_part_by_part(reason: str, said: str) -> None:
    with speaking("de"):
        assert say_reason(reason) == said


@pytest.mark.parametrize(
    "reason",
    ["", "the tape is torn; mend it", "the file is empty; if it should not be, get another copy, or not", "x" * 9999],
)
def test_a_reason_that_is_not_known_is_said_in_english(reason: str) -> None:
    with speaking("de"):
        assert say_reason(reason) == reason


def test_a_reason_that_can_be_parted_in_many_ways_is_not_tried_for_ever() -> None:
    reason = "the file is x cannot be read; save it as one of b; " * 38 + "!"
    with speaking("de"):
        assert say_reason(reason) == reason


def test_an_english_reader_sees_what_is_kept() -> None:
    assert say_reason("the file needs a password; save a copy without one") == (
        "the file needs a password; save a copy without one"
    )


def test_system_messages_that_are_translated_are_what_the_system_says() -> None:
    assert {"Permission denied", "Operation not permitted", "Input/output error"} <= SYSTEM


def test_the_page_shows_the_reason_in_the_language_of_the_reader_and_escapes_what_a_file_put_there() -> None:
    reason = 'the attachment "<b>x</b>" was not read; save it as a file of its own'
    with speaking("fr"):
        shown = render_unread([Skipped("a.eml", State.PARTLY_READ, reason)])
    assert "la pièce jointe &quot;&lt;b&gt;x&lt;/b&gt;&quot; n’a pas été lue" in shown
