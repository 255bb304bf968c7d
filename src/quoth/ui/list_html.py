"""What lists of passages share: the fields of their forms, the ways to other parts, the file to download."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.render_html import Html, element, escape, join


@dataclass(frozen=True, slots=True)
class Asked:
    """The address of the part that is shown, and how many parts there are."""

    address: Address
    last: int


def last_page(entries: int, size: int) -> int:
    return max(1, -(-entries // size))


def render_kept(address: Address) -> Html:
    """What a form keeps of the address: the view and the documents that are asked."""
    kept = [("view", address.view), *(("in", pattern) for pattern in address.sources)]
    return join(element("input", type="hidden", name=name, value=value) for name, value in kept)


def render_download(name: str, address: Address) -> Html:
    """`name`: of the route below quoth/. `downloading.js` says beside the link what becomes of it."""
    search = replace(address.asked, view="", page=1).search
    link = element("a", escape(say("Download CSV")), href=f"quoth/{name}{search}", download=name)
    told = element("span", role="status", data_writing=say("The file is being written…"))
    return element("p", link, told, class_="download")


def render_pages(asked: Asked) -> Html:
    """The ways to the parts before and after; nothing where there is only one."""
    if asked.last == 1:
        return Html("")
    page = asked.address.page
    told = element("span", escape(say("Part {page} of {last}", page=page, last=asked.last)))
    before = _link(asked.address, page - 1, say("Previous")) if page > 1 else Html("")
    after = _link(asked.address, page + 1, say("Next")) if page < asked.last else Html("")
    return element("nav", before, told, after, class_="parts", aria_label=say("Parts of the list"))


def _link(address: Address, page: int, label: str) -> Html:
    return element("a", escape(label), href=replace(address, page=page).search, data_open=True)
