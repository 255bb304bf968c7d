"""The ranking heeds how far a model that knows English only is trusted in Spanish and Russian."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.contracts.making import make_document

from quoth.library import Library
from quoth.protocols import Neighbours
from quoth.records import Verdict
from quoth.search import calibration_for, prepare, rank, signals_of
from quoth.search.question import Question
from quoth.search.retrieval import Candidate
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.verdict import BUNDLED, OTHER_SCRIPTS, Calibration, Signals, judge, probability_of_answer

SPANISH = "¿Quién inauguró aquel faro?"
RUSSIAN = "Кто построил маяк?"
ENGLISH = "Who opened that lighthouse?"
LANGUAGES = {SPANISH: "es", RUSSIAN: "ru", ENGLISH: "en"}


class EnglishEmbedder(HashEmbedder):
    @property
    def languages(self) -> frozenset[str]:  # type: ignore[override]  # the stand-in knows all, its subclass one
        return frozenset({"en"})


EMBEDDER = EnglishEmbedder(64)


def asked(question: str) -> Question:
    return prepare(question, EMBEDDER, (LANGUAGES[question],))


def candidate(text: str, cosine: float, word_score: float) -> Candidate:
    (entry,) = make_document(f"{text}.txt", text)[1]
    return Candidate(entry, cosine, word_score)


def ranked(question: str, candidates: list[Candidate], before: dict[str, str] | None = None) -> list[Candidate]:
    """`before`: text -> what stands before it; late interaction is left out without."""
    if not before:
        return rank(asked(question), candidates, None)
    signs = {text: EMBEDDER.embed_documents([words])[0].token_signs for text, words in before.items()}
    around = {one.entry.passage.id: Neighbours(before=signs[one.entry.passage.text]) for one in candidates}
    return rank(asked(question), candidates, lambda _: around)


def first(question: str, candidates: list[Candidate], before: dict[str, str] | None = None) -> str:
    return ranked(question, candidates, before)[0].entry.passage.text


@pytest.mark.parametrize(("question", "best"), [(SPANISH, "words"), (RUSSIAN, "words"), (ENGLISH, "vector")])
def test_words_outweigh_the_cosine_where_the_model_does_not_know_the_language(question: str, best: str) -> None:
    candidates = [candidate("vector", 0.9, 3.0), candidate("words", 0.1, 9.0), candidate("none", 0.1, 0.0)]
    assert first(question, candidates) == best


@pytest.mark.parametrize(
    ("question", "score", "partly", "best"),
    [  # late interaction weighs 1 in Spanish, 0.25 in Russian, 2 in English
        (SPANISH, 0.0, "faro", "ahead"),
        (SPANISH, 0.4, "", "matching"),
        (RUSSIAN, 0.5, "", "ahead"),
        (RUSSIAN, 0.9, "", "matching"),
        (ENGLISH, 0.0, "lighthouse", "matching"),
    ],
)
def test_late_interaction_weighs_what_the_script_allows(question: str, score: float, partly: str, best: str) -> None:
    candidates = [candidate("ahead", 1.0, 1.0), candidate("matching", score, score), candidate("none", 0.0, 0.0)]
    before = {"ahead": f"{partly} 7", "matching": question, "none": "7"}
    assert first(question, candidates, before) == best


@pytest.mark.parametrize(
    ("question", "form", "is_found"),
    [(SPANISH, "inauguración", True), (RUSSIAN, "постройка", False), (ENGLISH, "opening", False)],
)
def test_spelling_finds_other_forms_in_foreign_latin_scripts_only(question: str, form: str, is_found: bool) -> None:
    candidates = [candidate(form, 0.4, 1.0), candidate("none", 0.5, 1.0), candidate("worse", 0.0, 0.0)]
    assert first(question, candidates) == (form if is_found else "none")


@pytest.mark.parametrize(("question", "weight"), [(SPANISH, 1.0), (RUSSIAN, 0.25), (ENGLISH, 2.0)])
def test_the_margin_is_a_share_of_the_largest_score_there_is(question: str, weight: float) -> None:
    candidates = [candidate("ahead", 1.0, 1.0), candidate("none", 0.0, 0.0)]
    found = ranked(question, candidates, {"ahead": question, "none": "7"})
    assert found[0].score == pytest.approx(1.0 + weight)
    assert signals_of(asked(question), found).margin == pytest.approx(1.0)


def test_a_library_finds_other_forms_of_a_spanish_word_where_its_model_knows_english_only(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "tribunal.txt").write_text("Ayer por la tarde el tribunal decidió que la casa no se vende.", "utf-8")
    (folder / "puerto.txt").write_text("Hoy por la tarde el alcalde contó que el puerto no se cierra.", "utf-8")
    with Library(tmp_path / "english", Settings(), EMBEDDER) as library:
        library.build(folder)
        answer = library.ask("¿Quién anunció la decisión por la tarde?")
    assert answer.hits[0].citation.source == "tribunal.txt"


@pytest.mark.parametrize(("question", "fitted"), [(SPANISH, BUNDLED), (RUSSIAN, OTHER_SCRIPTS), (ENGLISH, BUNDLED)])
def test_the_verdict_heeds_the_script(question: str, fitted: Calibration) -> None:
    own = replace(BUNDLED, bias=-1.0)
    assert calibration_for(asked(question).trust, BUNDLED) == fitted
    assert calibration_for(asked(question).trust, own) == own  # fitted by the reader for these very documents


def test_a_passage_in_another_script_is_no_answer_because_its_letters_resemble_those_of_the_question() -> None:
    alike = Signals(cosine=0.8, late=0.85, coverage=0.1, margin=0.2)
    assert judge(probability_of_answer(alike)) is Verdict.ANSWERS
    assert judge(probability_of_answer(alike, OTHER_SCRIPTS), OTHER_SCRIPTS) is Verdict.CLOSEST


def test_an_answer_in_another_script_is_judged_for_its_script(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Маяк стоит на острове. Его построил Петров.", encoding="utf-8")
    with Library(tmp_path / "index", Settings(), EMBEDDER) as library:
        library.build(tmp_path / "seeds")
        answer = library.ask(RUSSIAN)
    assert answer.probability == probability_of_answer(Signals(**dict(answer.signals)), OTHER_SCRIPTS)
