"""The whole way with the real model on the first document: its questions are answered, strangers are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from quoth.embed import SentenceTransformerEmbedder
from quoth.library import Library
from quoth.records import Answer, Span, Verdict, VerificationResult
from quoth.settings import Settings

HERE = Path(__file__).parent
QUESTIONS = HERE / "corpus" / "seeds_questions.jsonl"
OTHERS = HERE.parent.parent / "shared" / "seeds_questions.jsonl"
"""Further questions on the same document, where they lie beside the checkout."""
FILES = [path for path in (QUESTIONS, OTHERS) if path.exists()]


@dataclass(frozen=True)
class Case:
    question: str
    gold: Span | None


class AskOnce:
    """Answers by question: each is asked once for all tests."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._answers: dict[str, Answer] = {}

    def __call__(self, question: str) -> Answer:
        if question not in self._answers:
            self._answers[question] = self.library.ask(question)
        return self._answers[question]


@pytest.fixture(scope="module")
def ask(library: Library) -> AskOnce:
    return AskOnce(library)


@pytest.fixture(scope="module")
def library(
    seeds: Path, model: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("embeddings"), Settings(), model) as library:
        library.build(seeds)
        yield library


def cases(path: Path) -> list[Case]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    spans = [row.get("span") or next(iter(row.get("spans") or []), None) for row in rows]
    return [Case(row["question"], Span(*span) if span else None) for row, span in zip(rows, spans, strict=True)]


def rank_of(case: Case, answer: Answer) -> int | None:
    assert case.gold is not None
    ranks = [rank for rank, hit in enumerate(answer.hits, start=1) if hit.passage.span.contains(case.gold)]
    return ranks[0] if ranks else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_its_questions_are_answered_at_the_top(ask: AskOnce, path: Path) -> None:
    ranks = {case.question: rank_of(case, ask(case.question)) for case in cases(path) if case.gold}
    assert len(ranks) == 16
    assert sum(rank == 1 for rank in ranks.values()) >= 15, ranks
    assert all(rank is not None and rank <= 3 for rank in ranks.values()), ranks


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_shown_passages_are_short_verbatim_and_hold_the_answer(ask: AskOnce, path: Path, seeds: Path) -> None:
    text = next(seeds.glob("*.txt")).read_bytes().decode("utf-8")
    for case in cases(path):
        for hit in ask(case.question).hits:
            assert hit.passage.text == text[hit.passage.span.start : hit.passage.span.end] == hit.citation.quote
            assert len(hit.passage.text) < 600


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_strangers_are_not_answered(ask: AskOnce, path: Path) -> None:
    strangers = [case for case in cases(path) if case.gold is None]
    assert len(strangers) == 8
    verdicts = {case.question: ask(case.question).verdict for case in strangers}
    assert Verdict.ANSWERS not in verdicts.values(), verdicts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_most_of_its_questions_are_known_to_be_answered(ask: AskOnce, path: Path) -> None:
    verdicts = {case.question: ask(case.question).verdict for case in cases(path) if case.gold}
    assert sum(verdict is Verdict.ANSWERS for verdict in verdicts.values()) >= 13, verdicts
    assert Verdict.NOTHING not in verdicts.values(), verdicts


def test_the_last_phone_call_is_highlighted_and_cited_by_its_lines(library: Library) -> None:
    answer = library.ask("Where did the last phone call Castillo took come from?")
    best = answer.hits[0]
    document = library.document(best.passage.document_id)
    (highlight,) = best.highlights
    assert answer.verdict is Verdict.ANSWERS
    assert highlight.of(document.text) == (
        "It is also known that the last phone call Castillo took before leaving the\npresidential palace came from the "
        "U.S. Embassy."
    )
    assert best.citation.first_line is not None
    assert best.citation.last_line is not None
    assert best.citation.first_line <= 57 <= best.citation.last_line
    assert best.citation.label.startswith("The United States and its role in the coup")
    assert {"phone", "call", "Castillo"} <= set(best.terms)
    assert library.verify(best.citation).result is VerificationResult.EXACT


def test_the_highlighted_sentence_holds_the_answer_for_most_questions(ask: AskOnce) -> None:
    right = 0
    for case in cases(QUESTIONS):
        if case.gold and (hits := ask(case.question).hits):
            right += any(span.contains(case.gold) for span in hits[0].highlights)
    assert right >= 14
