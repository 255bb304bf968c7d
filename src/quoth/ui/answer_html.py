"""An answer as HTML: the question, the verdict in plain words, the passages best first."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.records import Answer, Citation, Hit, Skipped
from quoth.render.words import conditions_line
from quoth.ui.address import Address
from quoth.ui.quote_html import render_quote
from quoth.ui.render_html import Html, element, escape, join

INTERRUPTED = "The last build did not come to its end, so files may be missing. Run quoth build again."
_MOST_LISTED = 200


def render_turn(question: str, body: Html, *, current: bool) -> Html:
    """One question and what came of it. The page scrolls to the current one."""
    return element(
        "section",
        element("h2", element("bdi", escape(question)), class_="question", dir="auto"),
        body,
        class_="turn",
        data_search=Address(question).search,
        data_current=current,
        tabindex="-1",
    )


def render_answer(answer: Answer) -> Html:
    passages = join(_passage(answer.question, number, hit) for number, hit in enumerate(answer.hits, start=1))
    return join(
        (
            element(
                "p",
                element("strong", escape(answer.verdict.label.capitalize())),
                escape(f" · {summarise_coverage(answer)}"),
                class_=f"verdict {answer.verdict}",
            ),
            render_conditions(answer),
            element("p", escape(INTERRUPTED), class_="interrupted") if answer.coverage.interrupted else Html(""),
            render_unread(answer.coverage.unread),
            element("ol", passages, class_="passages") if answer.hits else Html(""),
        )
    )


def render_conditions(answer: Answer) -> Html:
    """What its quoted phrases and exclusions did; nothing for a question without any."""
    line = conditions_line(answer)
    return element("p", element("bdi", escape(line)), class_="conditions") if line else Html("")


def render_problem(message: str) -> Html:
    return element("p", escape(message), class_="problem", role="alert")


def describe_verdict(answer: Answer) -> str:
    """The line above the passages, in one piece, for readers who hear it."""
    conditions = f". {conditions_line(answer)}" if conditions_line(answer) else ""
    return f"{answer.verdict.label.capitalize()}: {summarise_coverage(answer)}{conditions}"


def summarise_coverage(answer: Answer) -> str:
    """As in: 3 passages from 1 of 14 documents."""
    searched = count(answer.coverage.documents, "document")
    if not answer.hits:
        return f"{searched} searched"
    found_in = len({hit.passage.document_id for hit in answer.hits})
    return f"{count(len(answer.hits), 'passage')} from {found_in} of {searched}"


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def render_path(source: str, title: str) -> Html:
    """Nothing where the path already stands in for the title."""
    return element("bdi", escape(source), class_="path") if source != title else Html("")


def render_unread(unread: Sequence[Skipped]) -> Html:
    """Files that hold no searchable text, or only part of it, with the reasons; nothing when there is none."""
    if not unread:
        return Html("")
    entries = [
        element(
            "li", element("bdi", escape(file.source), class_="path"), escape(f" — {file.reason or file.state.label}")
        )
        for file in unread[:_MOST_LISTED]
    ]
    if len(unread) > _MOST_LISTED:
        entries.append(element("li", escape(f"and {len(unread) - _MOST_LISTED:,} more: quoth status lists them all")))
    summary = f"{count(len(unread), 'file')} not read, or only in part"
    return element("details", element("summary", escape(summary)), element("ul", *entries), class_="unread")


def _passage(question: str, number: int, hit: Hit) -> Html:
    citation = hit.citation
    address = Address(question, hit.passage.document_id, hit.passage.span, hit.highlights)
    return element(
        "li",
        render_quote(hit.passage, hit.highlights),
        element(
            "p",
            element("span", escape(str(number)), class_="number", aria_hidden="true"),
            element(
                "span",
                element("a", element("bdi", escape(citation.label)), href=address.search, data_open=True),
                render_path(citation.source, citation.title),
                _section(citation),
            ),
            class_="citation",
        ),
        _reasons(hit),
        class_="passage",
    )


def _section(citation: Citation) -> Html:
    """The headings above the quote, where the label doesn't give them already."""
    headings = " › ".join(heading for heading in citation.section if heading != citation.title)
    if not headings or headings in citation.where:
        return Html("")
    return element("bdi", escape(headings), class_="section")


def _reasons(hit: Hit) -> Html:
    facts = [
        ("Words of the question", ", ".join(hit.terms) or "none"),
        ("Nearness in meaning (cosine)", f"{hit.cosine:.2f}"),
        ("Word score (BM25)", f"{hit.word_score:.1f}"),
    ]
    if hit.late_score is not None:
        facts.append(("Word by word (late interaction)", f"{hit.late_score:.2f}"))
    if hit.cross_score is not None:
        facts.append(("Read together (cross-encoder)", f"{hit.cross_score:.2f}"))
    rows = [element("div", element("dt", escape(name)), element("dd", escape(value))) for name, value in facts]
    return element("details", element("summary", escape("Why this passage")), element("dl", *rows), class_="why")
