"""What a question was searched with besides its own words, and what it was asked of because it names it, as HTML.

Each term is a link that asks again without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quoth.records import Answer, CarriedTerm
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.render_html import Html, element, escape


def render_carried(answer: Answer, asked: Address) -> Html:
    """Nothing for a question that stands alone and names no document."""
    refused = tuple(term for term in asked.drop if asked.question.casefold().startswith(term.casefold()))
    return Html(_named(answer, asked, refused) + _carried(answer, asked, refused))


def _named(answer: Answer, asked: Address, refused: tuple[str, ...]) -> Html:
    """The documents that the question names. `refused`: words that name some, which were not to count."""
    if answer.named is not None:
        wider = replace(asked, drop=(*asked.drop, answer.named.words)).search
        terms = [_chip(title, wider, say("Ask other documents, too")) for title in answer.named.titles]
        if answer.keeps_to_named:
            return _row(say("Asked only of what an earlier question names"), terms)
        return _row(say("Asked only of what the question names"), terms)
    if refused:
        narrower = replace(asked, drop=tuple(term for term in asked.drop if term not in refused))
        return _row(say("Not only what the question names was asked"), [_link(say("Ask only that"), narrower)])
    return Html("")


def _carried(answer: Answer, asked: Address, refused: tuple[str, ...]) -> Html:
    dropped = [term for term in asked.drop if term not in refused]
    terms = [_term(carried, asked) for carried in answer.searched_for]
    if not terms and not dropped:
        return Html("")
    if terms:
        terms.append(_link(say("Ask it alone"), Address(asked.question, drop=refused, sources=asked.sources)))
    if dropped:
        terms.append(_link(say("Take all terms back"), replace(asked, drop=refused)))
    return _row(say("Searched also for") if answer.searched_for else say("Searched without earlier words"), terms)


def _row(label: str, terms: Sequence[Html]) -> Html:
    return element(
        "div",
        element("p", escape(label)),
        element("ul", *(element("li", term) for term in terms), aria_label=label),
        class_="carried",
    )


def _term(carried: CarriedTerm, asked: Address) -> Html:
    origin = (
        say("title of what answered: {question}", question=carried.question)
        if carried.origin == "title"
        else say("from: {question}", question=carried.question)
    )
    without = replace(asked, drop=(*asked.drop, carried.term)).search
    return _chip(carried.term, without, say("Ask without {term}", term=carried.term), origin)


def _chip(text: str, href: str, label: str, title: str | None = None) -> Html:
    """A term that can be taken away: its link asks without it."""
    return element(
        "a",
        element("bdi", escape(text)),
        element("span", escape("×"), aria_hidden="true"),
        class_="term",
        href=href,
        data_open=True,
        title=title or label,
        aria_label=f"{text}: {label}" if title is None else label,
    )


def _link(label: str, address: Address) -> Html:
    return element("a", escape(label), href=address.search, data_open=True)
