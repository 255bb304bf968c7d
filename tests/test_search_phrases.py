from __future__ import annotations

import pytest
from tests.contracts.making import EMBEDDER, make_document

from quoth.errors import QuestionError
from quoth.protocols import Changes
from quoth.records import Answer, Coverage, Verdict
from quoth.search import Options, answer, prepare
from quoth.testing import MemoryStore

TEXTS = (
    "The treaty was signed in Lisbon. Roses need pruning.",
    "Of the treaties, the one of Lisbon is new. It replaced the Treaty",
    "of Lisbon’s critics. They said nothing.",
    "A draft of the treaty was signed in Porto.",
)


def ask(question: str) -> Answer:
    store = MemoryStore(model=EMBEDDER.fingerprint, dimension=EMBEDDER.dimension)
    store.commit(Changes(added=[make_document("treaties.txt", *TEXTS)]))
    options = Options(10, None, rerank=True)
    return answer(prepare(question, EMBEDDER, ("en",)), store, EMBEDDER, coverage=Coverage(1, 4), options=options)


def quotes(found: Answer) -> set[str]:
    return {hit.citation.quote for hit in found.hits}


def highlighted(found: Answer) -> dict[str, list[str]]:
    """Quote to what is highlighted in it."""
    return {
        hit.citation.quote: [
            hit.passage.text[span.start - hit.passage.span.start : span.end - hit.passage.span.start]
            for span in hit.highlights
        ]
        for hit in found.hits
    }


def test_only_passages_that_hold_the_phrase_are_shown() -> None:
    found = ask('Where was "the treaty was signed"?')
    assert quotes(found) == {TEXTS[0], TEXTS[3]}
    assert (found.phrases, found.excluded) == (("the treaty was signed",), ())
    assert found.question == 'Where was "the treaty was signed"?'


def test_what_is_excluded_is_not_shown() -> None:
    found = ask('Where was "the treaty was signed" -draft -"no such words"')
    assert quotes(found) == {TEXTS[0]}
    assert found.excluded == ("draft", "no such words")


def test_a_phrase_across_two_passages_is_found_and_highlighted_whole() -> None:
    found = ask('"the treaty of Lisbon"')
    assert "".join(sorted(quotes(found))).replace("\n", "") == TEXTS[1] + TEXTS[2]
    marked = [stretch for stretches in highlighted(found).values() for stretch in stretches]
    assert marked == ["the Treaty\nof Lisbon"]


def test_a_phrase_outside_the_answering_sentence_is_highlighted_too() -> None:
    (marked,) = highlighted(ask('Who signed in the "of Lisbon" year they "said nothing"?')).values()
    assert "".join(marked).replace("\n", " ").count("of Lisbon") == 1
    assert any("said nothing" in stretch for stretch in marked)


def test_a_question_of_phrases_only_has_nothing_but_them_highlighted() -> None:
    (marked,) = highlighted(ask('"treaty" "Roses"')).values()
    assert marked == ["treaty", "Roses"]


def test_a_phrase_that_stands_nowhere_finds_nothing_and_is_no_error() -> None:
    found = ask('"treaty of Porto" signed')
    assert (found.verdict, found.probability, found.hits) == (Verdict.NOTHING, 0.0, ())
    assert found.phrases == ("treaty of Porto",)
    assert (found.coverage.documents, found.coverage.passages) == (1, 4)


def test_words_that_were_asked_for_are_shown_even_if_they_hardly_answer() -> None:
    found = ask('How long must sourdough ferment, "Porto"?')
    assert quotes(found) == {TEXTS[3]}
    assert found.verdict is Verdict.CLOSEST


def test_a_phrase_gives_its_words_to_the_question() -> None:
    assert set(prepare('who "signed it" -draft', EMBEDDER, ("en",)).words.values()) == {"signed"}


def test_a_question_that_only_excludes_is_an_error() -> None:
    with pytest.raises(QuestionError, match="what to look for"):
        ask("-draft")
