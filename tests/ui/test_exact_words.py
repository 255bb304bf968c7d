from __future__ import annotations

from quoth.records import Answer, Coverage, Verdict
from quoth.ui.answer_html import describe_verdict, render_answer
from quoth.ui.home_html import render_how_to_ask


def nothing(phrases: tuple[str, ...] = (), excluded: tuple[str, ...] = ()) -> Answer:
    return Answer("asked", Verdict.NOTHING, 0.0, (), Coverage(14, 90), phrases=phrases, excluded=excluded)


def test_the_page_says_that_no_passage_holds_the_phrase() -> None:
    shown = render_answer(nothing(("<b>blue whale</b>",), ("draft",)))
    assert "No passage holds “&lt;b&gt;blue whale&lt;/b&gt;” word for word without “draft”." in shown
    assert "14 documents searched" in shown


def test_the_page_says_what_is_left_out() -> None:
    assert "Passages with “draft” are left out." in render_answer(nothing(excluded=("draft",)))
    assert "conditions" not in render_answer(nothing())


def test_who_hears_the_page_hears_the_conditions() -> None:
    assert describe_verdict(nothing(("whale",))) == (
        "Nothing found: 90 passages of 14 documents searched. No passage holds “whale” word for word."
    )
    assert describe_verdict(nothing()) == "Nothing found: 90 passages of 14 documents searched"


def test_the_box_explains_both_signs() -> None:
    assert render_how_to_ask() == (
        '<p class="how"><kbd>&quot;exact words&quot;</kbd> must appear · '
        "<kbd>-word</kbd> leaves out passages with that word</p>"
    )
