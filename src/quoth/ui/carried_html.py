"""What a follow-up was searched for besides its own words, as HTML: each term is a link that asks again without it."""

from __future__ import annotations

from dataclasses import replace

from quoth.records import Answer, CarriedTerm
from quoth.ui.address import Address
from quoth.ui.render_html import Html, element, escape

_FROM = {"title": "title of what answered", "question": "from"}


def render_carried(answer: Answer, asked: Address) -> Html:
    """Nothing for a question that stands alone."""
    terms = [_term(carried, asked) for carried in answer.searched_for]
    if not terms and not asked.drop:
        return Html("")
    if terms:
        terms.append(_link("Ask it alone", Address(asked.question)))
    if asked.drop:
        terms.append(_link("Take all terms back", replace(asked, drop=())))
    label = "Searched also for" if answer.searched_for else "Searched without earlier words"
    return element(
        "div",
        element("p", escape(label)),
        element("ul", *(element("li", term) for term in terms), aria_label=label),
        class_="carried",
    )


def _term(carried: CarriedTerm, asked: Address) -> Html:
    return element(
        "a",
        element("bdi", escape(carried.term)),
        element("span", escape("×"), aria_hidden="true"),
        class_="term",
        href=replace(asked, drop=(*asked.drop, carried.term)).search,
        data_open=True,
        title=f"{_FROM[carried.origin]}: {carried.question}",
        aria_label=f"Ask without {carried.term}",
    )


def _link(label: str, address: Address) -> Html:
    return element("a", escape(label), href=address.search, data_open=True)
