from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.contracts.making import EMBEDDER

from quoth.library import Library
from quoth.render import answer_json, answer_markdown, answer_text
from quoth.settings import Settings
from quoth.ui import conversation
from quoth.ui.address import Address
from quoth.ui.carried_html import render_carried
from quoth.ui.render_html import escape

LEASE = "This lease is made between Ana Ruiz and Bela Ode. The tenant pays for repairs. The landlord pays for the roof."
TEXTS = {
    "contracts/one.txt": LEASE,
    "contracts/two.txt": "This lease is made between Carl Moss and Dora Finn. The landlord pays for repairs.",
    "contracts/sale.txt": "Carl Moss sells a boat. Repairs are the buyer's.",
    "Harbour report.txt": "The harbour was repaired in March. The city paid.",
    "damaged report.pdf": "This is not a PDF at all.",
    "garden.txt": "Roses need pruning in winter. The gardener pays for repairs.",
}
ASKED = "Who pays for repairs?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("library")
    for source, text in TEXTS.items():
        path = place / "documents" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with Library(place / "embeddings", Settings(), EMBEDDER) as opened:
        opened.build(place / "documents")
        yield opened


def sources_of(library: Library, question: str, *drop: str) -> tuple[str, ...]:
    answer = library.ask(question, drop=drop)
    assert answer.question == question
    named = answer.named.sources if answer.named else ()
    if named:
        assert {hit.citation.source for hit in answer.hits} <= set(named)
        assert answer.coverage.documents == len(named)
    return named


@pytest.mark.parametrize(
    ("naming", "source"),
    [
        ("Consider the lease between Ana Ruiz and Bela Ode;", "contracts/one.txt"),
        ('In the lease of "Dora Finn":', "contracts/two.txt"),
        ('Consider the paper "Harbour report";', "Harbour report.txt"),
        ("Harbour report:", "Harbour report.txt"),
        ("According to the Harbour report,", "Harbour report.txt"),
        ("Im Harbour report：", "Harbour report.txt"),
    ],
)
def test_a_document_that_is_named_first_is_asked_alone(library: Library, naming: str, source: str) -> None:
    assert sources_of(library, f"{naming} {ASKED.lower()}") == (source,)


@pytest.mark.parametrize(
    "question",
    [
        ASKED,
        "Consider the lease; who pays for repairs?",
        "In short: who pays for repairs?",
        "Consider the lease between Ema Gold and Finn Hart; who pays for repairs?",
        'Consider the lease of "Ruiz and Finn"; who pays for repairs?',
        "Carl Moss; who pays for repairs?",
        "According to the report, who pays for repairs?",
        "In Carl Moss: who pays for repairs?",
        "Under Ruiz: who pays for repairs?",
        "According to Ruiz: who pays for repairs?",
        "Garden: who pays for repairs?",
        "Note: who pays for repairs?",
        "Im März: who pays for repairs?",
        "In the damaged report: who pays for repairs?",
        "According to Carl Moss, who pays for repairs?",
        "Consider the lease of Ana Ruiz;",
        "; who pays?",
    ],
)
def test_where_it_is_not_clear_which_is_meant_all_are_asked(library: Library, question: str) -> None:
    assert sources_of(library, question) == ()


def test_what_the_naming_words_exclude_is_left_out(library: Library) -> None:
    assert library.ask("In the lease of Ana Ruiz and Bela Ode -tenant: who pays?").excluded == ("tenant",)
    answer = library.ask("In the lease of Ana Ruiz and Bela Ode -boat: who pays for the roof?")
    assert answer.named is not None
    assert answer.excluded == ("boat",)


def test_files_that_could_not_be_read_are_told_of_whoever_is_asked(library: Library) -> None:
    answer = library.ask(f"In the Harbour report: {ASKED}")
    assert answer.named is not None
    assert [file.source for file in answer.coverage.unread] == ["damaged report.pdf"]


def test_only_the_rest_is_searched_for(library: Library) -> None:
    answer = library.ask(f"Consider the lease between Ana Ruiz and Bela Ode; {ASKED}")
    assert answer.named is not None
    assert answer.named.question == ASKED
    assert not {"Ana", "Ruiz", "lease"} & set(answer.hits[0].terms)


def test_what_is_named_can_be_dropped_and_only_among_the_chosen_is_looked(library: Library) -> None:
    words = "Consider the lease between Ana Ruiz and Bela Ode"
    assert sources_of(library, f"{words}; {ASKED}", words.upper()) == ()
    assert library.ask(f"{words}; {ASKED}", sources=["*.txt", "garden.txt"]).named is not None
    assert library.ask(f"{words}; {ASKED}", sources=["garden.txt"]).named is None


def test_it_is_said_in_every_form_and_on_the_page_with_the_way_back(library: Library) -> None:
    words = "In the Harbour report"
    asked = Address(f"{words}: {ASKED}")
    answer = library.ask(asked.question)
    said = "Asked only of “Harbour report.txt”, which the question names."
    assert said in answer_text(answer, Path(), styled=False)
    assert said in answer_markdown(answer, Path()).replace("\\", "")
    assert '"sources": [\n      "Harbour report.txt"\n    ]' in answer_json(answer)
    shown = render_carried(answer, asked)
    assert "Asked only of what the question names" in shown
    assert "drop=In+the+Harbour+report" in shown
    refused = Address(asked.question, drop=(words,))
    wider = render_carried(library.ask(asked.question, drop=[words]), refused)
    assert "Not only what the question names was asked" in wider
    assert "drop=" not in wider


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "&lt;b&gt;"])
def test_titles_that_are_named_are_shown_as_typed(library: Library, hostile: str) -> None:
    answer = library.ask(f"In the Harbour report: {ASKED}")
    assert answer.named is not None
    shown = render_carried(replace(answer, named=replace(answer.named, titles=(hostile,))), Address(ASKED))
    assert hostile not in shown
    assert escape(hostile) in shown


def test_a_question_that_leans_on_it_keeps_to_the_document_that_was_named(library: Library) -> None:
    first = library.ask(f"Consider the lease between Ana Ruiz and Bela Ode; {ASKED.lower()}")
    second = library.ask("And who pays for it in winter?", history=[first])
    third = library.ask("Why does he?", history=[first, second])
    assert first.named is not None
    assert not first.keeps_to_named
    for answer in (second, third):
        assert answer.keeps_to_named
        assert {hit.citation.source for hit in answer.hits} == {"contracts/one.txt"}
        assert "Asked only of “one.txt”, which an earlier question names." in answer_text(answer, Path(), styled=False)
    carried = " ".join(term.term for term in second.searched_for)
    assert "repairs" in carried
    assert "Ruiz" not in carried


def test_others_are_asked_once_it_stands_alone_or_the_name_is_dropped(library: Library) -> None:
    first = library.ask(f"Consider the lease between Ana Ruiz and Bela Ode; {ASKED.lower()}")
    words = "Consider the lease between Ana Ruiz and Bela Ode"
    for answer in (
        library.ask("When do roses need pruning in the garden?", history=[first]),
        library.ask("And who pays for it in winter?", history=[first], drop=[words]),
        library.ask("And who pays for it in winter?", history=[first.question]),
        library.ask("And who pays for it in winter?", history=[first], sources=["garden.txt"]),
    ):
        assert answer.named is None
        assert "garden.txt" in {hit.citation.source for hit in answer.hits}


def test_the_address_of_a_question_that_keeps_to_it_brings_it_back(library: Library) -> None:
    first = conversation.ask(library, "In the Harbour report: who paid?", ())
    second = conversation.ask(library, "And the city?", first.turns)
    asked = second.turns[-1].asked
    assert asked.after == ("In the Harbour report: who paid?",)
    again = conversation.go_to(library, asked, ())
    assert "Asked only of what an earlier question names" in again.conversation
    wider = conversation.go_to(library, replace(asked, drop=("In the Harbour report",)), again.turns)
    assert "an earlier question names" not in wider.conversation
    assert "Take all terms back" in wider.conversation
