"""What a follow-up was searched for besides its own words, as HTML: each term is a link that asks again without it."""

from __future__ import annotations

from dataclasses import replace

from quoth.records import Answer, CarriedTerm
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.render_html import Html, element, escape


def render_carried(answer: Answer, asked: Address) -> Html:
    """Nothing for a question that stands alone."""
    terms = [_term(carried, asked) for carried in answer.searched_for]
    if not terms and not asked.drop:
        return Html("")
    if terms:
        terms.append(_link(say("Ask it alone"), Address(asked.question, sources=asked.sources)))
    if asked.drop:
        terms.append(_link(say("Take all terms back"), replace(asked, drop=())))
    label = say("Searched also for") if answer.searched_for else say("Searched without earlier words")
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
    return element(
        "a",
        element("bdi", escape(carried.term)),
        element("span", escape("×"), aria_hidden="true"),
        class_="term",
        href=replace(asked, drop=(*asked.drop, carried.term)).search,
        data_open=True,
        title=origin,
        aria_label=say("Ask without {term}", term=carried.term),
    )


def _link(label: str, address: Address) -> Html:
    return element("a", escape(label), href=address.search, data_open=True)
