from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.finding import find_words
from quoth.records import Span


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("ferry", "The Ferry and the FERRYMAN", ["Ferry", "FERRY"]),
        ("resume", "Her résumé; her re\u0301sume\u0301 again", ["résumé", "re\u0301sume\u0301"]),
        ("Düne", "dune and DÜNE", ["dune", "DÜNE"]),
        ("strasse", "Straße, STRASSE", ["Straße", "STRASSE"]),
        ("s", "ß", ["ß"]),
        ("office", "the o\ufb03ce", ["o\ufb03ce"]),
        ("went dark", "It went\r\n   dark. went  dark", ["went\r\n   dark", "went  dark"]),
        ("lighthouse", "light\u00adhouse", ["light\u00adhouse"]),
        ("it's", "it’s", ["it’s"]),
        ("1911-1912", "1911–1912", ["1911–1912"]),
        (".*", "a.*b", [".*"]),
        ("שנה", "שנה טובה", ["שנה"]),
        ("zeppelin", "nothing", []),
        (" \n ", "white space", []),
        ("\u0301", "a\u0301", []),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_line_ends(words: str, text: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_words(words, text)] == found


def test_places_are_those_of_the_text_where_letters_before_them_fold_unevenly() -> None:
    text = "ß ﬁ \u00ad é e\u0301 lamp"
    assert find_words("lamp", text) == (Span(text.index("lamp"), len(text)),)


@given(st.text(alphabet="aeé\u0301ßﬃ \n\u00adxΣς", max_size=40), st.data())
def test_every_stretch_of_a_text_is_found_at_its_own_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    spans = find_words(words, text)
    assert list(spans) == sorted(spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(find_words(words, span.of(text)) for span in spans)
    if any(part.isalnum() for part in words):
        assert spans
        assert spans[0].start < end
