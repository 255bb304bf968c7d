"""One passage of an answer as HTML: the quote, where it stands, what can be done with it, and why it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quoth.citing import CONTEXT_CHARACTERS
from quoth.records import Answer, Citation, Hit, ReadingText, Span, label_of
from quoth.ui.address import Address
from quoth.ui.citation_html import DocumentIds, render_also_in, render_place
from quoth.ui.labels import say
from quoth.ui.pinning_html import render_keeping
from quoth.ui.quote_html import render_quote
from quoth.ui.render_html import Html, element, escape, join


def render_passage(answer: Answer, number: int, asked: Address, ids: DocumentIds, languages: Mapping[str, str]) -> Html:
    """Hit `number` of the answer, counted from 1. `asked`: the address of the turn. `languages`: by document id."""
    hit = answer.hits[number - 1]
    document_id = hit.passage.document_id
    found = Found(document_id, hit.citation, hit.reading, hit.highlights, languages.get(document_id, ""))
    return element(
        "li",
        render_found(found, asked, number=number),
        render_also_in(asked, hit, ids),
        _reasons(answer, hit),
        class_="passage",
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a document that is shown for a question."""

    document_id: str
    citation: Citation
    reading: ReadingText
    highlights: Sequence[Span]
    language: str
    """Of the document; "und" or "" where it is not known."""


def render_found(found: Found, asked: Address, *, number: int = 0) -> Html:
    """The part that changes when the quote grows: quote, citation and what can be done. `number` 0: without one."""
    document_id, citation, highlights = found.document_id, found.citation, found.highlights
    address = asked.at_source(document_id, citation, highlights)
    digit = element("span", escape(str(number)), class_="number", aria_hidden="true") if number else Html("")
    return element(
        "div",
        render_quote(found.reading, highlights, found.language),
        element("p", digit, render_place(citation, address), class_="citation"),
        _actions(citation),
        element("p", render_keeping(citation, document_id), class_="judging"),
        class_="quoted",
        data_search=address.search,
        data_number=str(number) if number else False,
        data_permalink=Address().at_source(document_id, citation, highlights).search,
    )


def citation_text(citation: Citation) -> str:
    """For the clipboard: label with its place, and the path where it is not the title."""
    path = citation.source if citation.source != citation.title else ""
    return ". ".join(part for part in (label_of(citation, say), path) if part)


def render_copy_quote() -> Html:
    """Of the element of the class "quoted" that holds it."""
    return _action(say("Copy quote"), data_copy="quote", data_done=say("The quote is copied."))


def render_copy_citation(citation: Citation) -> Html:
    """With the permalink of the element of the class "quoted" that holds it."""
    return _action(
        say("Copy citation"),
        data_copy="citation",
        data_text=citation_text(citation),
        data_done=say("The citation is copied."),
    )


def _actions(citation: Citation) -> Html:
    """Nothing to grow into where nothing stands before or after."""
    before = _action(say("More before"), data_grow="before") if _says_more(citation.prefix) else Html("")
    after = _action(say("More after"), data_grow="after") if _says_more(citation.suffix) else Html("")
    return element("p", before, after, render_copy_quote(), render_copy_citation(citation), class_="actions")


def _says_more(context: str) -> bool:
    """Whether there are words beyond, as far as the beginning or end that the citation keeps can tell."""
    return len(context) == CONTEXT_CHARACTERS or bool(context.strip())


def _action(label: str, **attributes: str) -> Html:
    return element("button", escape(label), type="button", **attributes)


def _reasons(answer: Answer, hit: Hit) -> Html:
    facts = [
        (say("Words of the question"), ", ".join(hit.terms) or say("none of them appears here")),
        (say("Meaning"), _meaning(answer, hit)),
        (say("Weight of the words"), say("{score}; rare words weigh more", score=f"{hit.word_score:.1f}")),
    ]
    if hit.late_score is not None:
        facts.append((say("Compared word by word"), say("{score} of 1", score=f"{hit.late_score:.2f}")))
    if hit.cross_score is not None:
        facts.append((say("Read together with the question"), say("{score} of 1", score=f"{hit.cross_score:.2f}")))
    rows = join(element("div", element("dt", escape(name)), element("dd", escape(value))) for name, value in facts)
    return element("details", element("summary", escape(say("Why this passage"))), element("dl", rows), class_="why")


def _meaning(answer: Answer, hit: Hit) -> str:
    """Cosines of two models can't be compared, so what is near is said by comparing passages."""
    score = f"{max(0.0, hit.cosine):.2f}"
    if len(answer.hits) == 1:
        return say("{score} of 1", score=score)
    place = 1 + sum(other.cosine > hit.cosine for other in answer.hits)
    if place == 1:
        return say("the nearest of these {n} ({score} of 1)", n=len(answer.hits), score=score)
    return say("number {place} of these {n} by nearness ({score} of 1)", place=place, n=len(answer.hits), score=score)
