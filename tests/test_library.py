from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quoth
from quoth.errors import DocumentGoneError, IndexMismatchError, NoIndexError, QuestionError, SourceError
from quoth.library import Library
from quoth.records import Span, State, Verdict
from quoth.settings import Settings
from quoth.testing import HashEmbedder

HARBOUR = "The harbour of Lisbon closed in March. Forty ships waited outside. The mayor blamed the storm."
GARDEN = "Roses need pruning in winter. Cut above an outer bud. Feed them in spring."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "harbour.txt").write_text(HARBOUR)
    (folder / "garden.md").write_text(f"# Roses\n\n{GARDEN}\n")
    (folder / "scan.pdf").write_bytes(b"not a pdf at all")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    with open_library(tmp_path / "embeddings") as library:
        library.build(folder)
        yield library


def open_library(embeddings: Path, embedder: HashEmbedder | None = None, **options: object) -> Library:
    return Library(embeddings, Settings(**options), embedder or HashEmbedder(256))  # type: ignore[arg-type]  # by name


def test_a_question_is_answered_by_a_slice_with_its_place_and_the_reasons(library: Library) -> None:
    answer = library.ask("How many ships waited outside Lisbon?")
    best = answer.hits[0]
    assert best.citation.source == "news/harbour.txt"
    assert best.passage.text == best.citation.quote == HARBOUR
    assert [span.of(HARBOUR) for span in best.highlights] == ["Forty ships waited outside."]
    assert {"ships", "waited", "outside", "Lisbon"} == set(best.terms)
    assert best.cosine > 0.3
    assert best.word_score > 0


def test_an_answer_says_what_was_searched_and_what_could_not_be_read(library: Library) -> None:
    coverage = library.ask("ships").coverage
    assert (coverage.documents, coverage.passages) == (2, 2)
    assert [(skipped.source, skipped.state) for skipped in coverage.unread] == [("scan.pdf", State.DAMAGED)]


def test_a_calibration_that_is_set_holds_for_the_next_question(library: Library) -> None:
    assert library.ask("ships").verdict is Verdict.ANSWERS
    library.calibration = replace(library.calibration, answers_from=1.0)
    assert library.ask("ships").verdict is Verdict.CLOSEST


def test_sources_are_chosen_before_the_search(library: Library) -> None:
    answer = library.ask("pruning in winter, ships in Lisbon", sources=["*.md"])
    assert {hit.citation.source for hit in answer.hits} == {"garden.md"}
    assert answer.coverage.documents == 1
    assert answer.coverage.unread == ()


def test_patterns_that_match_nothing_are_an_error(library: Library) -> None:
    with pytest.raises(QuestionError, match=r"no document matches '\*\.docx'"):
        library.ask("ships", sources=["*.docx"])


@pytest.mark.parametrize(("question", "k"), [("", 5), (" \n", 5), ("x" * 2001, 5), ("ships", 0), ("ships", 1001)])
def test_questions_that_cannot_be_asked_are_errors(library: Library, question: str, k: int) -> None:
    with pytest.raises(QuestionError):
        library.ask(question, k=k)


def test_a_pattern_instead_of_a_list_is_an_error(library: Library) -> None:
    with pytest.raises(QuestionError, match=r"give a list of patterns, such as \['\*\.md'\]"):
        library.ask("ships", sources="*.md")


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"question": "Where was \udcffAnna born?"}, "half a character"),
        ({"question": 5}, "question holds 5, which is no text"),
        ({"question": "Who?", "history": "What was it?"}, "history is 'What was it?'; give a list"),
        ({"question": "Who?", "history": [None]}, "history holds None"),
        ({"question": "Who?", "drop": "Anna"}, "drop is 'Anna'; give a list"),
        ({"question": "Who?", "drop": [5]}, "drop holds 5"),
        ({"question": "Who?", "sources": [5]}, "give a list of patterns"),
        ({"question": "Who?", "k": True}, "k is True"),
    ],
)
def test_what_is_no_question_is_an_error_and_nothing_of_it_is_passed_over(
    library: Library, asked: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(QuestionError) as caught:
        library.ask(**asked)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    "question", ["what's up?", "(", '"', "a AND (b OR", "field:value^2~", "-", "\x00", "ß∑😀", "的"]
)
def test_no_character_of_a_question_is_an_operator_that_breaks(library: Library, question: str) -> None:
    assert library.ask(question).question == question


def test_a_question_about_nothing_in_the_documents_gets_nothing(library: Library) -> None:
    library.calibration = replace(library.calibration, model=library.status().model)
    answer = library.ask("zzz qqq xyzzy")
    assert (answer.verdict, answer.hits, answer.is_calibrated) == (Verdict.NOTHING, (), True)


def test_a_threshold_that_was_fitted_for_another_model_withholds_nothing(library: Library) -> None:
    answer = library.ask("zzz qqq xyzzy")
    assert answer.probability < library.calibration.closest_from
    assert (answer.verdict, len(answer.hits), answer.is_calibrated) == (Verdict.CLOSEST, 2, False)


def test_headings_stand_over_what_is_found_below_them(library: Library) -> None:
    best = library.ask("When do they need pruning?").hits[0]
    assert best.citation.section == ("Roses",)
    assert best.citation.label == "Roses, line 3"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_byte_order_mark_counts_as_a_character_and_stands_in_no_quote(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "marked"
    folder.mkdir()
    content = "\ufeff# Ships\n\nForty ships waited outside." if name == "a.md" else "\ufeffForty ships waited outside."
    (folder / name).write_text(content, encoding="utf-8")
    with open_library(tmp_path / "index") as library:
        library.build(folder)
        best = library.ask("How many ships waited outside?").hits[0]
    assert best.citation.quote == "Forty ships waited outside." == content[best.citation.start : best.citation.end]
    assert best.citation.title == ("Ships" if name == "a.md" else "a.txt")


def test_before_the_first_build_asking_says_what_to_do(tmp_path: Path) -> None:
    with open_library(tmp_path / "nothing") as library, pytest.raises(NoIndexError, match="quoth build"):
        library.ask("anything")


def test_a_wrong_folder_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with open_library(tmp_path / "embeddings") as library, pytest.raises(SourceError, match="no-such-folder"):
        library.build(tmp_path / "no-such-folder")
    assert not (tmp_path / "embeddings").exists()


def test_an_index_of_another_model_is_refused_with_the_command_that_mends_it(
    library: Library, tmp_path: Path, folder: Path
) -> None:
    with open_library(tmp_path / "embeddings", HashEmbedder(32)) as other:
        with pytest.raises(IndexMismatchError, match="quoth build --all"):
            other.ask("ships")
        with pytest.raises(IndexMismatchError, match="quoth build --all"):
            other.build(folder)
        assert library.ask("ships").hits
        other.build(folder, rebuild_all=True)
        assert other.ask("ships").hits[0].citation.source == "news/harbour.txt"


def test_an_open_library_follows_a_build_by_another(library: Library, tmp_path: Path, folder: Path) -> None:
    library.ask("ships")
    (folder / "news" / "harbour.txt").write_text("The harbour opened again in May. Ships left at dawn.")
    for rebuild_all in (False, True):
        with open_library(tmp_path / "embeddings") as other:
            other.build(folder, rebuild_all=rebuild_all)
        assert "at dawn" in library.ask("ships harbour").hits[0].passage.text


def test_threads_go_on_while_the_index_is_replaced(library: Library, tmp_path: Path, folder: Path) -> None:
    def ask_often() -> set[str]:
        return {library.ask("ships outside Lisbon").hits[0].citation.source for _ in range(40)}

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask_often) for _ in range(3)]
        for _ in range(3):
            with open_library(tmp_path / "embeddings") as other:
                other.build(folder, rebuild_all=True)
        assert all(one.result() == {"news/harbour.txt"} for one in asking)


@pytest.mark.parametrize("rebuild_all", [False, True])
def test_an_emptied_folder_empties_no_index(library: Library, folder: Path, rebuild_all: bool) -> None:
    citation = library.ask("ships outside Lisbon").hits[0].citation
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(SourceError, match="nothing was removed"):
        library.build(folder, rebuild_all=rebuild_all)
    assert library.ask("ships outside Lisbon").hits[0].citation == citation


def test_another_folder_is_not_built_over_the_first_by_accident(library: Library, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("Something else entirely.")
    citation = library.ask("ships outside Lisbon").hits[0].citation
    with pytest.raises(SourceError, match="holds the index of"):
        library.build(other)
    assert library.folder == folder.resolve()
    assert library.verify(citation).result == "exact"
    assert library.build(other, rebuild_all=True).added == ("a.txt",)
    assert library.folder == other.resolve()


def test_a_folder_that_was_renamed_is_built_without_embedding(library: Library, folder: Path) -> None:
    moved = folder.rename(folder.with_name("moved"))
    report = library.build(moved)
    assert (report.removed, report.unchanged, report.embedded) == ((), 3, 0)


def test_words_of_another_analysis_are_made_anew_without_embedding(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        for module in ("store.compatible", "store.embedded"):
            older.setattr(f"quoth.{module}.ANALYZER_VERSION", "0, older")
        older.setattr("quoth.documents.READING_VERSION", 0)
        older.setattr("quoth.build.draft.analyze_passage", lambda text, _: tuple(text.split()))
        with open_library(tmp_path / "embeddings") as library:
            library.build(folder)
            passages = library.ask("Lisbon").hits
    with open_library(tmp_path / "embeddings") as library:
        with pytest.raises(IndexMismatchError, match=r"word analysis 0, older.*run `quoth build`,"):
            library.ask("pruned")
        report = library.build(folder)
        assert (report.changed, report.embedded) == (("garden.md", "news/harbour.txt", "scan.pdf"), 0)
        assert library.ask("pruned roses").hits[0].word_score > 0
        assert library.ask("Lisbon").hits[0].passage.id == passages[0].passage.id
        assert library.build(folder).unchanged == 3


def test_nothing_is_said_of_a_quote_while_the_folder_is_missing(library: Library, folder: Path) -> None:
    citation = library.ask("ships outside Lisbon").hits[0].citation
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(SourceError, match="is not there; is its disk connected"):
        library.verify(citation)
    assert library.status().folder_is_missing


def test_an_index_behind_a_link_knows_its_folder(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "far" / "away")
    with open_library(tmp_path / "link") as library:
        library.build(folder)
        assert library.folder == folder.resolve()
        assert library.verify(library.ask("ships outside Lisbon").hits[0].citation).result == "exact"


def test_a_document_that_is_gone_is_an_error_of_ours(library: Library) -> None:
    with pytest.raises(DocumentGoneError, match="ask again"):
        library.document("0" * 32)


def test_threads_share_a_library(library: Library) -> None:
    questions = ["ships outside Lisbon", "pruning roses in winter"] * 8
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(library.ask, questions))
    expected = ["news/harbour.txt", "garden.md"] * 8
    assert [answer.hits[0].citation.source for answer in answers] == expected


def test_a_closed_library_opens_again(library: Library) -> None:
    library.close()
    assert library.ask("ships").hits


def test_status_tells_what_is_there_and_what_has_changed_since(library: Library, folder: Path) -> None:
    before = library.status()
    assert (before.documents, before.passages, before.stale, before.interrupted) == (2, 2, (), False)
    assert [skipped.source for skipped in before.skipped] == ["scan.pdf"]
    assert dict(before.languages) == {"en": 2}
    (folder / "garden.md").unlink()
    (folder / "new.txt").write_text("New.")
    assert library.status().stale == ("garden.md", "new.txt")


def test_the_folder_is_remembered_by_the_index(library: Library, tmp_path: Path, folder: Path) -> None:
    with open_library(tmp_path / "embeddings") as other:
        assert other.folder.resolve() == folder.resolve()


def test_examples_are_headings_until_the_settings_name_others(library: Library, tmp_path: Path) -> None:
    assert library.examples() == ("Roses",)
    with open_library(tmp_path / "embeddings", examples=("Who?",)) as other:
        assert other.examples() == ("Who?",)


def test_any_stretch_can_be_cited(library: Library) -> None:
    info = next(info for info in library.documents() if info.source == "news/harbour.txt")
    assert library.cite(info.id, Span(4, 21)).quote == "harbour of Lisbon"


def test_without_late_interaction_hits_have_no_late_score(tmp_path: Path, folder: Path) -> None:
    with open_library(tmp_path / "plain", rerank=False) as library:
        library.build(folder)
        assert [hit.late_score for hit in library.ask("ships outside Lisbon").hits] == [None, None]


def test_the_public_way_in_opens_a_library(tmp_path: Path) -> None:
    with quoth.open(tmp_path / "embeddings", settings=quoth.Settings()) as library:
        assert isinstance(library, quoth.Library)


words = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(words, min_size=1, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", " ", "\x0c", "\u2028"]))
def test_a_quote_is_a_slice_of_its_document(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], separator: str
) -> None:
    folder = tmp_path_factory.mktemp("documents")
    text = separator.join(["The harbour closed.", *parts, "Ships waited."])
    (folder / "a.txt").write_bytes(text.encode())
    with open_library(tmp_path_factory.mktemp("embeddings")) as library:
        library.build(folder)
        (info,) = library.documents()
        document = library.document(info.id)
        hits = library.ask("The harbour closed. Ships waited.").hits
        assert hits or not info.state.has_text
        for hit in hits:
            citation = hit.citation
            assert citation.quote == hit.passage.text == document.text[citation.start : citation.end]
            assert all(hit.passage.span.contains(span) for span in hit.highlights)
            assert document.text == text.replace("\x00", "\ufffd") or info.state is not State.READ
            assert library.verify(citation).result == "exact"


def test_a_question_that_leans_on_an_earlier_one_is_searched_with_its_words(library: Library) -> None:
    earlier = library.ask("When did the harbour of Lisbon close?")
    alone, after = library.ask("Who blamed it?"), library.ask("Who blamed it?", history=[earlier])
    assert alone.searched_for == ()
    assert [(carried.term, carried.origin) for carried in after.searched_for] == [
        ("harbour", "title"),
        ("Lisbon", "question"),
    ]
    assert after.question == "Who blamed it?"
    assert after.hits[0].cosine > alone.hits[0].cosine
    assert after.hits[0].word_score > alone.hits[0].word_score
    assert after.hits[0].terms == ("blamed",)


def test_a_dropped_term_is_not_searched_for(library: Library) -> None:
    history = [library.ask("When did the harbour of Lisbon close?")]
    answer = library.ask("Who blamed it?", history=history, drop=["harbour", "LISBON"])
    assert answer == library.ask("Who blamed it?")


def test_a_question_that_stands_alone_is_answered_as_if_nothing_was_asked_before(library: Library) -> None:
    question = "How many ships waited outside Lisbon?"
    assert library.ask(question, history=["Why do roses need pruning?"]) == library.ask(question)
