from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from tests.browser.looks import SIZES, resize
from tests.browser.pinning import kept, open_evidence, save, told
from tests.browser.reader import ask, visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf, make_document

from quoth.cli import cli
from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder

NEWS = "The ferry sank in March.\n\nA second ferry was ordered for $7.\n\nThe harbour burned.\n"


def mark(page: Page, name: str, number: int = 1) -> None:
    page.locator(".turn").last.locator(f"[data-mark={name}]").nth(number - 1).press("Enter")


def pressed(page: Page) -> list[str]:
    given = page.locator(".turn").last.locator("[data-mark][aria-pressed=true]")
    names: list[str] = given.evaluate_all("all => all.map(one => one.dataset.mark)")
    return names


@pytest.fixture(scope="module")
def news() -> Iterator[str]:
    with serving(Shelf([make_document("news.txt", NEWS)])) as address:
        yield address


@pytest.fixture
def page_with_answer(page: Page, news: str) -> Page:
    visit(page, news)
    ask(page, "Was a second ferry ordered?")
    return page


@SIZES
def test_a_mark_is_given_and_taken_back_with_the_keyboard_and_stays_after_a_reload(
    page_with_answer: Page, size: dict[str, int]
) -> None:
    resize(page_with_answer, size)
    mark(page_with_answer, "answers")
    page_with_answer.reload()
    expect(page_with_answer.locator("[data-mark=answers]").first).to_have_attribute("aria-pressed", "true")
    mark(page_with_answer, "wrong", 1)
    assert pressed(page_with_answer) == ["wrong"]
    mark(page_with_answer, "wrong", 1)
    assert (pressed(page_with_answer), kept(page_with_answer, "marks")) == ([], [])


def test_that_nothing_answers_and_that_a_passage_does_cannot_both_be_said(page_with_answer: Page) -> None:
    mark(page_with_answer, "answers", 1)
    mark(page_with_answer, "wrong", 2)
    mark(page_with_answer, "nothing")
    assert pressed(page_with_answer) == ["wrong", "nothing"]
    mark(page_with_answer, "answers", 1)
    assert pressed(page_with_answer) == ["answers", "wrong"]


@SIZES
def test_a_question_with_only_wrong_passages_is_left_out_and_told_of(
    page_with_answer: Page, size: dict[str, int]
) -> None:
    resize(page_with_answer, size)
    mark(page_with_answer, "wrong", 1)
    ask(page_with_answer, "Who burned the harbour?")
    mark(page_with_answer, "answers")
    open_evidence(page_with_answer)
    expect(page_with_answer.locator(".marked")).to_have_text("Marks: 2, on questions: 2")
    lines = save(page_with_answer, "[data-questions]").read_text("utf-8").splitlines()
    assert [json.loads(line)["question"] for line in lines] == ["Who burned the harbour?"]
    expect(told(page_with_answer)).to_have_text(
        "1 question in the file. 1 is left out: say which passage answers it, or that nothing does."
    )


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The page over a real index in the working folder."""
    monkeypatch.chdir(tmp_path)
    Path("seeds").mkdir()
    Path("seeds", "news.txt").write_text(NEWS)
    with Library(Path("embeddings"), Settings(), HashEmbedder()) as library:
        library.build("seeds")
        with serving(library) as address:
            yield address


def test_the_saved_questions_are_what_quoth_eval_measures_with(page: Page, real: str) -> None:
    visit(page, real)
    page.evaluate("localStorage.clear()")
    ask(page, "Was a second ferry ordered?")
    quote = page.locator(".turn .quote").first.evaluate("element => element.textContent")
    mark(page, "answers", 1)
    ask(page, "How high is the tower?")
    mark(page, "nothing")
    open_evidence(page)
    save(page, "[data-questions]").rename("questions.jsonl")
    first, second = (json.loads(line) for line in Path("questions.jsonl").read_text("utf-8").splitlines())
    assert [citation["quote"] for citation in first["citation"]] == [quote]
    assert second == {"question": "How high is the tower?", "answerable": False}

    def open_library(settings: Settings) -> Library:
        return Library(Path(settings.embeddings), settings, HashEmbedder())

    result = CliRunner().invoke(cli, ["eval", "questions.jsonl", "--json"], obj=open_library, prog_name="quoth")
    assert result.exit_code == 0, result.output
    [report] = json.loads(result.stdout)["reports"]
    assert (report["answerable"], report["unanswerable"]) == (1, 1)
