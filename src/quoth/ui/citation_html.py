"""Where a quote stands, as HTML: its label leads to the source; below it, where the same words stand too."""

from __future__ import annotations

from collections.abc import Mapping

from quoth.fold import wording
from quoth.records import Citation, Hit, label_of, place_of
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.render_html import Html, element, escape, join

DocumentIds = Mapping[tuple[str, str], str]
"""Path and SHA-256 of a file to the id of its document."""

_MOST_OPEN = 3
_MOST_LISTED = 200


def render_path(source: str, title: str) -> Html:
    """Nothing where the path already stands in for the title."""
    return element("bdi", escape(source), class_="path") if source != title else Html("")


def render_place(citation: Citation, address: Address | None, remark: str = "") -> Html:
    """The label, as a link where there is an `address`, the path of the file, the headings, and a remark."""
    label = element("bdi", escape(label_of(citation, say)))
    return element(
        "span",
        element("a", label, href=address.search, data_open=True) if address else label,
        render_path(citation.source, citation.title),
        _section(citation),
        element("span", escape(remark), class_="remark") if remark else Html(""),
        class_="place-line",
    )


def render_also_in(asked: Address, hit: Hit, ids: DocumentIds) -> Html:
    """The other places of the words of `hit`, each with its own link; more than a few are behind a line to click."""
    if not hit.also_in:
        return Html("")
    places_found = len(hit.also_in) + hit.more_places
    entries = [
        element("li", render_place(citation, _address(asked, citation, ids), _remark(hit.passage.text, citation)))
        for citation in hit.also_in[:_MOST_LISTED]
    ]
    unshown = places_found - len(entries)
    if unshown:
        entries.append(element("li", escape(_rest(unshown, hit.more_places))))
    places = element("ul", join(entries), aria_label=say("Also in"))
    if places_found <= _MOST_OPEN:
        return element("div", element("p", escape(say("Also in"))), places, class_="also")
    summary = element("summary", escape(say("Also in {n} other places", n=places_found)))
    return element("details", summary, places, class_="also")


def _rest(unshown: int, unlisted: int) -> str:
    if unlisted:
        return say("and {n} more", n=unshown)
    return say("and {n} more: quoth ask --json lists them all", n=unshown)


def _remark(quote: str, citation: Citation) -> str:
    remarks = {"same": "", "part": say("a part of these words"), "near": say("nearly the same words")}
    return remarks[wording(quote, citation.quote)]


def _address(asked: Address, citation: Citation, ids: DocumentIds) -> Address | None:
    """None when a build has replaced the document since."""
    document_id = ids.get((citation.source, citation.file_sha256))
    if not document_id:
        return None
    return asked.at_source(document_id, citation)


def _section(citation: Citation) -> Html:
    """The headings above the quote, where the label doesn't give them already."""
    headings = " › ".join(heading for heading in citation.section if heading != citation.title)
    if not headings or headings in place_of(citation):
        return Html("")
    return element("bdi", escape(headings), class_="section")
