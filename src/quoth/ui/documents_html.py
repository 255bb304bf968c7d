"""All files of the folder as HTML: what each is, what became of it, and which of them are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quoth.errors import NoIndexError
from quoth.records import DocumentInfo, State
from quoth.render.languages import language_name
from quoth.ui.address import LONGEST_PATTERN, MOST_CHOSEN, MOST_PATTERNS, Address
from quoth.ui.choice_html import folders_of, is_chosen, pattern_of, render_folders
from quoth.ui.citation_html import render_path
from quoth.ui.labels import say, say_count
from quoth.ui.needs import ReadingLibrary
from quoth.ui.reasons import say_reason
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.trace import trace_document

LISTED = 50
"""Documents in one part of the list."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which of the documents are listed; `address` says which part of them, and which are asked."""

    address: Address
    text: str = ""
    """Stands in the title or the path; upper and lower case are the same."""
    only_unread: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text) or self.only_unread


def render_documents(library: ReadingLibrary, address: Address) -> Html:
    """The view "documents". What can be done to the folder is fetched by the page (`keeping.js`)."""
    generation = library.generation  # before the list, which may be newer
    try:
        documents = library.documents()
    except NoIndexError as error:
        documents, missing = (), str(error)
    else:
        missing = ""
    return element(
        "section",
        element("h2", escape(say("Documents"))),
        element("p", escape(missing), class_="problem", role="alert") if missing else _summary(documents),
        element("div", class_="keeping"),
        _tools(documents, address) if documents else Html(""),
        _ticked() if documents else Html(""),
        element("div", render_list(library, documents, Search(address)), class_="list") if documents else Html(""),
        class_="documents",
        tabindex="-1",
        data_generation=str(generation),
    )


def render_list(library: ReadingLibrary, documents: Sequence[DocumentInfo], search: Search) -> Html:
    """The part of the list that `search` asks for, with the way to the others."""
    found = [info for info in documents if _is_found(info, search)]
    last = max(1, -(-len(found) // LISTED))
    page = min(search.address.page, last)
    search = replace(search, address=replace(search.address, page=page))
    shown = found[(page - 1) * LISTED : page * LISTED]
    entries = [_entry(info, count_pages(library, info), search.address) for info in shown]
    return join(
        (
            element("p", escape(_describe(len(found), len(documents), search)), class_="found", role="status"),
            element("ul", *entries, class_="files"),
            _turn_pages(search, last) if last > 1 else Html(""),
        )
    )


def count_pages(library: ReadingLibrary, info: DocumentInfo) -> int:
    """0 for what has none."""
    if info.kind != "pdf" or not info.state.has_text:
        return 0
    try:
        runs = library.document(info.id).runs
    except KeyError:  # a build has just replaced it
        return 0
    return max((run.locator.page or 0 for run in runs), default=0)


def _is_found(info: DocumentInfo, search: Search) -> bool:
    if search.only_unread and info.state is State.READ:
        return False
    wanted = search.text.casefold()
    return not wanted or wanted in info.title.casefold() or wanted in info.source.casefold()


def _summary(documents: Sequence[DocumentInfo]) -> Html:
    readable = [info for info in documents if info.state.has_text]
    unread = sum(info.state is not State.READ for info in documents)
    parts = [
        say_count(len(readable), "{n} document", "{n} documents"),
        say_count(sum(info.passages for info in readable), "{n} passage", "{n} passages"),
    ]
    if unread:
        parts.append(say_count(unread, "{n} file not read, or only in part", "{n} files not read, or only in part"))
    return element("p", escape(" · ".join(parts)), class_="summary")


def _tools(documents: Sequence[DocumentInfo], address: Address) -> Html:
    """How to find some of the documents, and how to choose those that are asked."""
    unread = sum(info.state is not State.READ for info in documents)
    only = element("span", escape(say("Only those not read, or in part")))
    return element(
        "div",
        element(
            "div",
            element(
                "label",
                element("span", escape(say("Find in the list"))),
                element("input", type="search", class_="find", autocomplete="off", placeholder=say("Title or path")),
            ),
            element("label", element("input", type="checkbox", class_="only"), only, class_="tick")
            if unread
            else Html(""),
            class_="finding",
        ),
        _choosing(documents, address),
        class_="tools",
    )


def _choosing(documents: Sequence[DocumentInfo], address: Address) -> Html:
    readable = [info.source for info in documents if info.state.has_text]
    pattern = element(
        "input",
        name="pattern",
        placeholder="letters/*  *.pdf",
        autocomplete="off",
        required=True,
        maxlength=str(LONGEST_PATTERN),
    )
    return element(
        "details",
        element("summary", escape(say("Ask only some of them"))),
        element("p", escape(say("Tick them in the list, choose a folder, or type a pattern of their paths."))),
        render_folders(folders_of(readable), address),
        element(
            "form",
            element("label", element("span", escape(say("Pattern"))), pattern),
            element("button", escape(say("Ask these")), type="submit"),
            class_="pattern",
        ),
        class_="choosing",
        open=bool(address.sources),
    )


def _ticked() -> Html:
    """What to do with ticks that are not asked yet; the page fills in how many there are."""
    return element(
        "div",
        element("p", role="status", data_one=say("1 ticked"), data_many=say("{n} ticked", n="{n}")),
        element("button", escape(say("Ask only these")), type="button", class_="apply"),
        element("button", escape(say("Undo")), type="button", class_="undo"),
        class_="ticked",
        hidden=True,
        data_most=str(MOST_PATTERNS),
        data_most_characters=str(MOST_CHOSEN),
        data_too_long=say("Their paths are too long together; choose a folder or type a pattern."),
        data_too_many=say("At most {n} can be ticked; choose a folder or type a pattern.", n=MOST_PATTERNS),
    )


def _describe(found: int, all_of_them: int, search: Search) -> str:
    if not found:
        return say("No title or path matches.") if search.text else say("Every file was read.")
    first, last = (search.address.page - 1) * LISTED + 1, min(found, search.address.page * LISTED)
    if found <= LISTED:
        return say("{n} of {all}", n=found, all=all_of_them) if search.is_narrowed else ""
    return say("{first} to {last} of {n}", first=first, last=last, n=found)


def _entry(info: DocumentInfo, pages: int, address: Address) -> Html:
    title = element("bdi", escape(info.title))
    opened = replace(address.asked, view="documents", document_id=info.id, trace=trace_document(info)).search
    is_read = info.state is State.READ
    facts = _facts(info, pages)
    return element(
        "li",
        _tick(info, address),
        element(
            "div",
            element(
                "p",
                element("a", title, href=opened, data_open=True) if info.state.has_text else title,
                render_path(info.source, info.title),
                class_="name",
            ),
            Html("") if is_read else _trouble(info),
            class_="about",
        ),
        element("p", escape(" · ".join(facts)), class_="facts") if facts else Html(""),
        element(
            "button",
            escape(say("Remove")),
            type="button",
            class_="remove",
            data_remove=info.source,
            aria_label=say("Remove {document}", document=info.source),
        ),
        class_="file" if is_read else "file unread-file",
    )


def _tick(info: DocumentInfo, address: Address) -> Html:
    """A pattern that is no path chooses more than one file: it is taken back where it stands, not here."""
    pattern = pattern_of(info.source)
    others = [other for other in address.sources if other != pattern]
    is_covered = is_chosen(info.source, others)
    return element(
        "input",
        type="checkbox",
        class_="ask-it",
        data_pattern=pattern,
        aria_label=say("Ask {document}", document=info.title),
        checked=is_covered or pattern in address.sources,
        disabled=is_covered or not info.state.has_text,
    )


def _trouble(info: DocumentInfo) -> Html:
    label = say(info.state.label)
    return element(
        "p",
        element("strong", escape(label[:1].upper() + label[1:])),
        escape(f" · {say_reason(info.reason)}" if info.reason else ""),
        class_="trouble",
    )


def _facts(info: DocumentInfo, pages: int) -> list[str]:
    facts = [info.kind.upper()] if info.kind else []
    if pages:
        facts.append(say_count(pages, "{n} page", "{n} pages"))
    if not info.state.has_text:
        return facts
    facts.append(say_count(info.passages, "{n} passage", "{n} passages"))
    if info.language != "und":
        facts.append(say(language_name(info.language)))
    return facts


def _turn_pages(search: Search, last: int) -> Html:
    page = search.address.page
    earlier = _turn(search, page - 1, say("Earlier")) if page > 1 else Html("")
    later = _turn(search, page + 1, say("Later")) if page < last else Html("")
    where = element("span", escape(say("Part {n} of {last}", n=page, last=last)))
    return element("nav", earlier, where, later, class_="turn-list", aria_label=say("Parts of the list"))


def _turn(search: Search, page: int, label: str) -> Html:
    """A link; a button while the list is narrowed, which the address does not know of."""
    if search.is_narrowed:
        return element("button", escape(label), type="button", data_page=str(page))
    return element("a", escape(label), href=replace(search.address, page=page).search, data_open=True)
