from __future__ import annotations

import json
import re
from collections.abc import Callable

import lxml.html
import pytest
from tests.browser.shelf import Shelf, make_document

from quoth.errors import DocumentGoneError, QuestionError
from quoth.records import Citation, Span
from quoth.render import citations_from_json
from quoth.ui.address import Address, parse_address
from quoth.ui.mentions_html import render_mentions
from quoth.ui.render_html import escape
from quoth.ui.table_html import questions_of, render_table
from quoth.ui.table_routes import mention_parts, table_parts

ANNA = "The lighthouse went dark on Tuesday. Nobody was near the lamp."
LETTERS = Shelf(
    [
        make_document(
            "a.txt", "The lighthouse went dark on Tuesday. Nobody was near the lamp.", title="Anna's <letter>"
        ),
        make_document("b.txt", "The lighthouse keeper slept. A lighthouse is never dark.", title="Berta"),
        make_document("c.txt", "Roses bloom in June.", title="Clara"),
    ]
)
MANY = Shelf([make_document(f"{number:03}.txt", f"Ferry {number} was late.") for number in range(130)])


def texts(html: str, name: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", inner) for inner in re.findall(rf"<{name}\b[^>]*>(.*?)</{name}>", html, re.DOTALL)]


def test_a_cell_shows_the_best_passage_its_verdict_and_the_way_to_it() -> None:
    html = render_table(LETTERS, Address("When did the lighthouse go dark?", view="table"))
    assert texts(html, "blockquote") == ["The lighthouse went dark on Tuesday.", "A lighthouse is never dark."]
    assert [cell.split("?")[-1] for cell in texts(html, "td")][2] == "not found"
    found = re.search(r'class="citation"><a href="([^"]+)"', html)
    assert found is not None
    address = parse_address(found[1].replace("&amp;", "&"))
    assert (address.view, address.question) == ("table", "When did the lighthouse go dark?")
    assert address.passage is not None
    assert (
        address.passage.of("The lighthouse went dark on Tuesday. Nobody was") == "The lighthouse went dark on Tuesday."
    )


def test_a_cell_can_be_pinned_with_the_way_to_ask_its_document_again() -> None:
    html = render_table(LETTERS, Address("When did the lighthouse go dark?", view="table"))
    [first, _] = lxml.html.fragment_fromstring(html).xpath("//td//*[@class='quoted']")
    [kept] = first.xpath(".//*[@data-citation and .//*[@data-pin]]")
    [citation] = citations_from_json(kept.get("data-citation"))
    assert citation.quote == "The lighthouse went dark on Tuesday."
    assert kept.get("data-document") == LETTERS.documents()[0].id
    log = json.loads(first.get("data-log"))
    assert (log["question"], log["sources"]) == ("When did the lighthouse go dark?", ["a.txt"])
    assert [button.get("data-copy") for button in first.xpath(".//button")] == [None, "quote"]


def test_a_pin_keeps_what_its_cell_shows() -> None:
    text = "The boats of the harbour went out early. " * 20
    html = render_table(Shelf([make_document("a.txt", text)]), Address("everything", view="table"))
    [shown] = lxml.html.fragment_fromstring(html).xpath("//td//blockquote")
    [kept] = lxml.html.fragment_fromstring(html).xpath("//td//@data-citation")
    [citation] = citations_from_json(kept)
    assert citation.quote == shown.text_content() == text[citation.start : citation.end]
    assert 150 < len(citation.quote) <= 300


def test_a_cell_whose_document_a_build_has_just_replaced_cannot_be_pinned() -> None:
    class Rebuilt(Shelf):
        def cite(self, document_id: str, span: Span) -> Citation:
            raise DocumentGoneError(document_id)

    html = render_table(Rebuilt([make_document("a.txt", "The lamp.")]), Address("everything", view="table"))
    assert texts(html, "blockquote") == ["The lamp."]
    assert "data-pin" not in html


def test_a_mention_can_be_pinned_and_copied() -> None:
    html = render_mentions(LETTERS, Address('"lighthouse"', view="mentions"))
    [first, _] = lxml.html.fragment_fromstring(html).xpath("//li//*[@class='quoted']")
    [citation] = citations_from_json(first.xpath(".//*[.//@data-pin]/@data-citation")[0])
    assert citation.quote == ANNA
    assert parse_address(first.get("data-permalink")).passage == Span(0, len(ANNA))
    assert [button.text for button in first.xpath(".//button")] == ["Pin", "Copy quote", "Copy citation"]


def test_each_question_is_a_column_and_each_document_a_row() -> None:
    html = render_table(
        LETTERS, Address("lighthouse dark", view="table", others=("June roses", " ", "lighthouse dark"))
    )
    assert texts(html, "th")[:3] == ["Document", "lighthouse dark", "June roses"]
    assert len(texts(html, "tr")) == 4
    assert questions_of(Address(" a ", others=("b", "a", ""))) == ("a", "b")


@pytest.mark.parametrize(("view", "render"), [("table", render_table), ("mentions", render_mentions)])
def test_it_is_told_that_only_some_documents_are_asked_with_the_way_to_all(
    view: str, render: Callable[[Shelf, Address], str]
) -> None:
    html = render(LETTERS, Address("roses", view=view, sources=("a.txt",)))
    [choice] = lxml.html.fragment_fromstring(html).find_class("choice")
    assert choice.text_content() == "Asking 1 of 3 documents:a.txt×all documents"
    [*_, everywhere] = choice.xpath(".//a/@href")
    assert everywhere == Address("roses", view=view).search
    assert "No document is left out." not in html


def test_where_all_documents_are_asked_it_is_told_that_none_is_left_out() -> None:
    html = render_table(LETTERS, Address("roses", view="table"))
    assert texts(html, "p")[0] == "Asks each document the same questions. No document is left out."
    assert "choice" not in html


def test_more_questions_than_can_be_asked_are_told() -> None:
    asked = Address("lighthouse", view="table", others=tuple(f"lighthouse {letter}" for letter in "abcdefg"))
    html = render_table(LETTERS, asked)
    assert "At most 6 questions are asked at once" in html
    assert len(texts(html, "th")) == 7 + 3


def test_a_long_table_comes_in_parts_and_a_part_beyond_the_last_is_the_last() -> None:
    first = render_table(MANY, Address("late ferry", view="table"))
    assert (len(texts(first, "tr")), texts(first, "nav")) == (51, ["Part 1 of 3Next"])
    last = render_table(MANY, Address("late ferry", view="table", page=99))
    assert (len(texts(last, "tr")), texts(last, "nav")) == (31, ["PreviousPart 3 of 3"])
    six = Address("late ferry", view="table", others=tuple(f"ferry {number}" for number in range(5)))
    assert len(texts(render_table(MANY, six), "tr")) == 21


def test_mentions_are_counted_by_document_and_marked() -> None:
    html = render_mentions(LETTERS, Address('"the LIGHTHOUSE"', view="mentions"))
    assert "2 passages in 2 of 3 documents · 2 occurrences" in html
    assert texts(html, "mark") == ["The lighthouse", "The lighthouse"]
    assert texts(html, "h3") == ["Anna&#39;s &lt;letter&gt;a.txt", "Bertab.txt"]


def test_words_that_never_stand_together_are_counted_each() -> None:
    html = render_mentions(LETTERS, Address("lighthouse roses", view="mentions", sources=("*.txt",)))
    assert texts(html, "li")[-2:] == ["“lighthouse” 2 passages", "“roses” 1 passage"]
    assert f'href="{escape(Address("roses", view="mentions", sources=("*.txt",)).search)}"' in html
    assert f'href="{escape(Address("lighthouse roses", sources=("*.txt",)).search)}"' in html


def test_what_cannot_be_looked_up_is_told_below_the_form() -> None:
    html = render_mentions(LETTERS, Address("the of", view="mentions"))
    assert "put them in quotation marks" in html
    assert 'value="the of"' in html


def test_the_csv_files_hold_every_document_and_every_mention() -> None:
    lines = "".join(table_parts(MANY, "?q=late+ferry")).splitlines()
    assert len(lines) == 130
    assert lines[129].startswith("129.txt,129.txt,late ferry,answers,1.0,Ferry 129 was late.,Ferry 129 was late.,")
    mentions = "".join(mention_parts(MANY, "?q=ferry")).splitlines()
    assert mentions[129].startswith("130,129.txt,129.txt,Ferry,Ferry 129 was late.,")


def test_a_csv_file_that_would_be_too_long_is_refused() -> None:
    many = Address("q0", others=tuple(f"q{number}" for number in range(1, 6)))
    shelf = Shelf([make_document(f"{number}.txt", "") for number in range(900)])
    with pytest.raises(QuestionError, match=r"5,400 cells, and at most 5,000"):
        next(table_parts(shelf, many.search))
    with pytest.raises(QuestionError, match="type a question"):
        next(table_parts(shelf, ""))
