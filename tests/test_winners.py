"""What is shown of the ranking, through a library over a small folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.making import make_document

from quoth.documents import passage_id
from quoth.errors import QuestionError
from quoth.library import Library
from quoth.records import Answer, Document, Hit, VerificationResult
from quoth.render import answer_json, citations_from_json
from quoth.search import Candidate
from quoth.search.winners import winners_of
from quoth.settings import Settings
from quoth.testing import HashEmbedder

LETTER = "The harbour of Lisbon closed in March after the storm."
NEXT = "Forty ships waited outside the harbour of Lisbon."
APART = "Roses need pruning in winter, and so do some of the vines."
QUESTION = "When was the harbour of Lisbon closed after the storm?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "letter.txt").write_text(f"{LETTER} {NEXT}")
    wrapped = LETTER.replace(" of ", " of\n")
    (folder / "copy.md").write_text(f"# Press\n\n{wrapped}\n{NEXT}\n\n# Garden\n\n{APART}\n")
    (folder / "year.txt").write_text(LETTER.replace("March", "March 1911"))
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    with Library(tmp_path / "index", Settings(passage_characters=50), HashEmbedder(256)) as library:
        library.build(folder)
        yield library


def holding(found: Answer, words: str) -> Hit:
    (hit,) = [hit for hit in found.hits if words in hit.passage.text]
    return hit


def test_a_letter_that_stands_in_two_files_is_one_hit_that_names_both(library: Library) -> None:
    found = library.ask(QUESTION, k=10)
    hit = holding(found, NEXT)
    assert [hit.citation.source, *(also.source for also in hit.also_in)] == ["letter.txt", "copy.md"]
    assert " ".join(hit.also_in[0].quote.split()) == " ".join(hit.citation.quote.split()) == f"{LETTER} {NEXT}"
    assert hit.also_in[0].quote != hit.citation.quote


def test_a_letter_with_another_number_stays_a_hit_of_its_own(library: Library) -> None:
    assert holding(library.ask(QUESTION, k=10), "1911").citation.source == "year.txt"
    assert holding(library.ask(QUESTION, k=10), "1911").also_in == ()


def test_every_place_can_be_verified(library: Library) -> None:
    found = library.ask(QUESTION, k=10)
    cited = citations_from_json(answer_json(found))
    assert cited == tuple(one for hit in found.hits for one in (hit.citation, *hit.also_in))
    assert {library.verify(citation).result for citation in cited} == {VerificationResult.EXACT}
    assert len(cited) > len(found.hits)


def test_neighbours_that_both_win_are_one_slice_of_the_document_with_their_highlights(library: Library) -> None:
    hit = holding(library.ask(QUESTION), NEXT)
    document = library.document(hit.passage.document_id)
    assert hit.passage.text == hit.passage.span.of(document.text) == hit.citation.quote
    assert [span.of(document.text) for span in hit.passage.sentences] == [LETTER, NEXT]
    assert all(hit.passage.span.contains(span) for span in hit.highlights)
    assert {"closed", "storm", "harbour", "Lisbon"} <= set(hit.terms)


def shown(*texts: str, order: Sequence[int] | None = None) -> list[list[str]]:
    """Texts of the parts of each winner, of passages of one document that rank in `order`."""
    document, entries = make_document("a.txt", *texts)
    ranked = [Candidate(entries[position], 0.5, 1.0) for position in order or range(len(texts))]
    winners = winners_of(ranked, lambda _: document, k=20, per_document=20)
    return [[part.entry.passage.text for part in winner.parts] for winner in winners]


def test_the_eighth_winner_is_put_together_with_its_neighbour_and_the_ninth_is_not() -> None:
    texts = [f"passage {number}" for number in range(17)]
    apart = [3, 5, 7, 9, 11, 13]
    assert ["passage 0", "passage 1"] in shown(*texts, order=[0, *apart, 1])
    assert ["passage 1"] in shown(*texts, order=[0, *apart, 15, 1])


def test_a_stretch_of_500_characters_is_put_together_and_one_of_501_is_not() -> None:
    assert shown("a" * 250, "b" * 249) == [["a" * 250, "b" * 249]]
    assert shown("a" * 250, "b" * 250) == [["a" * 250], ["b" * 250]]


def test_what_putting_together_frees_is_filled_from_the_rest(library: Library) -> None:
    assert [len(library.ask(QUESTION, k=k).hits) for k in (1, 2, 3)] == [1, 2, 3]


def test_of_one_document_no_more_passages_are_shown_than_asked_for(tmp_path: Path, folder: Path) -> None:
    sentences = [f"Entry {n}: the harbour of Lisbon had {n} ships." for n in range(3)]
    (folder / "log.md").write_text("\n\n".join(f"# Day {n}\n\n{text}" for n, text in enumerate(sentences)))
    question = "How many ships had the harbour of Lisbon in an entry?"
    with Library(tmp_path / "log", Settings(passages_per_document=2), HashEmbedder(256)) as library:
        library.build(folder)

        def shown(per_document: int | None) -> int:
            hits = library.ask(question, k=10, per_document=per_document).hits
            return sum(hit.citation.source == "log.md" for hit in hits)

        assert [shown(None), shown(1), shown(3), shown(1000)] == [2, 1, 3, 3]


@pytest.mark.parametrize("per_document", [0, -1, 1001])
def test_a_limit_that_makes_no_sense_is_an_error(library: Library, per_document: int) -> None:
    with pytest.raises(QuestionError, match="per_document is"):
        library.ask(QUESTION, per_document=per_document)


def test_the_verdict_is_that_of_the_best_passage_alone(library: Library) -> None:
    assert [library.ask(QUESTION, k=k).probability for k in (1, 10)] == [library.ask(QUESTION).probability] * 2


def test_a_put_together_passage_has_an_id_by_the_rule_of_all_ids(library: Library) -> None:
    passage = holding(library.ask(QUESTION), NEXT).passage
    assert passage.id == passage_id(passage.document_id, passage.span, passage.text, HashEmbedder(256).fingerprint)


sentences = st.lists(
    st.sampled_from(["The lamp is lit.", "The lamp is dark.", "Lamp 7.", "THE LAMP: IS LIT"]), max_size=5
)


@given(st.lists(sentences, min_size=1, max_size=3), st.integers(1, 6), st.integers(1, 3), st.randoms())
def test_every_passage_is_shown_once_in_order_and_never_more_than_wanted(
    texts: list[list[str]], k: int, per_document: int, chance: st.DataObject
) -> None:
    made = [make_document(f"{n}.txt", *parts) for n, parts in enumerate(texts)]
    documents: dict[str, Document] = {document.info.id: document for document, _ in made}
    ranked = [Candidate(entry, 0.5, 0.0) for _, entries in made for entry in entries]
    chance.shuffle(ranked)  # type: ignore[attr-defined]  # hypothesis types its Random as object
    winners = winners_of(ranked, documents.__getitem__, k=k, per_document=per_document)
    used = [candidate.entry.passage.id for winner in winners for candidate in (*winner.parts, *winner.copies)]
    assert len(used) == len(set(used))
    assert len(winners) <= k
    firsts = [ranked.index(winner.parts[0]) for winner in winners]
    assert firsts == sorted(firsts)
    owners = [winner.parts[0].entry.passage.document_id for winner in winners]
    assert max(map(owners.count, owners), default=0) <= per_document
    if len(winners) < k and max(map(owners.count, owners), default=0) < per_document:
        assert len(used) == len(ranked)
