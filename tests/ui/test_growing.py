from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.browser.shelf import make_document

from quoth.records import Span
from quoth.ui.growing import MOST_CHARACTERS, Direction, grow, passage_of

TEXT = (
    "The ferry left at nine with seven passengers. Nobody saw the lamp go out that night. No. "
    "The keeper had slept since the evening before. In the morning three inspectors came by boat."
)
DOCUMENT = make_document("a.txt", TEXT)


def grown(words: str, direction: Direction) -> str:
    start = TEXT.index(words)
    return grow(DOCUMENT, Span(start, start + len(words)), direction).of(TEXT)


def test_a_quote_grows_by_a_sentence_and_stays_a_slice_of_its_document() -> None:
    assert grown("Nobody saw the lamp go out that night.", "before") == (
        "The ferry left at nine with seven passengers. Nobody saw the lamp go out that night."
    )
    assert grown("Nobody saw the lamp go out that night.", "after") == (
        "Nobody saw the lamp go out that night. No. The keeper had slept since the evening before."
    )


def test_at_the_border_of_the_document_a_quote_stays_as_it_is() -> None:
    assert grown("The ferry left at nine with seven passengers.", "before").startswith("The ferry left at nine with")
    assert grown("In the morning three inspectors came by boat.", "after").endswith("came by boat.")
    assert grow(DOCUMENT, Span(0, len(TEXT)), "after") == Span(0, len(TEXT))


def test_a_quote_does_not_grow_without_end() -> None:
    text = "A sentence that is neither short nor long stands here. " * 400
    document, span = make_document("a.txt", text), Span(0, 54)
    for _ in range(400):
        span = grow(document, span, "after")
    assert MOST_CHARACTERS - 200 < len(span) <= MOST_CHARACTERS


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300), st.sampled_from(["before", "after"]))
def test_a_grown_quote_holds_the_old_one(text: str, one: int, other: int, direction: Direction) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    document = make_document("a.txt", text.encode("utf-8", "replace").decode())
    span = grow(document, Span(start, end), direction)
    assert span.contains(Span(start, end))
    assert span.end <= len(document.text)
    assert (span.end == end) if direction == "before" else (span.start == start)
    assert passage_of(document, span).text == span.of(document.text)
