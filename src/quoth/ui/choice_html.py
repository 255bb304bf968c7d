"""Which documents are asked: patterns of their paths, and the line that shows them where questions are asked."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quoth.catalogue import choose
from quoth.errors import QuestionError, QuothError
from quoth.records import DocumentInfo
from quoth.ui.address import Address
from quoth.ui.labels import say, say_count, say_number
from quoth.ui.needs import ReadingLibrary
from quoth.ui.render_html import Html, element, escape

_MOST_CHIPS = 8
_MOST_FOLDERS = 60
_WILD = re.compile(r"[*?[]")
_TAMED = re.compile(r"\[([*?[])\]")


def pattern_of(source: str) -> str:
    """The pattern that matches this path only."""
    return _WILD.sub(r"[\g<0>]", source)


def read_pattern(pattern: str) -> str:
    """For people: the path itself where `pattern_of` made the pattern."""
    path = _TAMED.sub(r"\1", pattern)
    return path if pattern_of(path) == pattern else pattern


def folders_of(sources: Iterable[str]) -> dict[str, int]:
    """Patterns of all folders, outermost first, each with the number of documents below it."""
    counted: Counter[str] = Counter()
    for source in sources:
        parts = source.split("/")[:-1]
        counted.update("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return {f"{pattern_of(folder)}/*": counted[folder] for folder in sorted(counted, key=lambda path: path.split("/"))}


def is_chosen(source: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(source, pattern) for pattern in patterns)


def render_choice(library: ReadingLibrary, address: Address) -> Html:
    """Nothing while all documents are asked."""
    if not address.sources:
        return Html("")
    try:
        readable = [info for info in library.documents() if info.state.has_text]
    except QuothError:  # what stands above it says so
        return Html("")
    chips = [_chip(address, pattern) for pattern in address.sources[:_MOST_CHIPS]]
    if len(address.sources) > _MOST_CHIPS:
        more = say("and {n} more", n=len(address.sources) - _MOST_CHIPS)
        chips.append(_link(more, Address(view="documents", sources=address.sources)))
    label = _describe(readable, address.sources)
    chips.append(_link(say("all documents"), replace(address, sources=())))
    return element(
        "div",
        label,
        element("ul", *(element("li", chip) for chip in chips), aria_label=say("Documents that are asked")),
        class_="choice",
    )


def render_folders(folders: Mapping[str, int], address: Address) -> Html:
    """Each as a link that asks the documents in it too, or no more; nothing where there are none."""
    links = [element("li", _folder(pattern, number, address)) for pattern, number in [*folders.items()][:_MOST_FOLDERS]]
    if len(folders) > _MOST_FOLDERS:
        links.append(element("li", escape(say("and {n} more", n=len(folders) - _MOST_FOLDERS))))
    return element("ul", *links, class_="folders", aria_label=say("Folders")) if links else Html("")


def _folder(pattern: str, documents: int, address: Address) -> Html:
    others = tuple(other for other in address.sources if other != pattern)
    is_asked = pattern in address.sources
    return element(
        "a",
        element("bdi", escape(f"{read_pattern(pattern.removesuffix('/*'))}/*")),
        escape(" "),
        element("span", escape(say_number(documents)), class_="number"),
        href=replace(address.asked, page=1, sources=others if is_asked else (*others, pattern)).search,
        data_open=True,
        class_="term",
        aria_current="true" if is_asked else False,
    )


def _describe(readable: Sequence[DocumentInfo], patterns: Sequence[str]) -> Html:
    try:
        chosen = len(choose(readable, patterns))
    except QuestionError:
        return element("p", escape(say("No document matches:")), class_="missed")
    said = say_count(
        len(readable), "Asking {chosen} of {n} document:", "Asking {chosen} of {n} documents:", chosen=chosen
    )
    return element("p", escape(said))


def _chip(address: Address, pattern: str) -> Html:
    shown = read_pattern(pattern)
    return element(
        "a",
        element("bdi", escape(shown)),
        element("span", escape("×"), aria_hidden="true"),
        class_="term",
        href=replace(address, sources=tuple(other for other in address.sources if other != pattern)).search,
        data_open=True,
        aria_label=say("Do not ask {documents}", documents=shown),
    )


def _link(label: str, address: Address) -> Html:
    return element("a", escape(label), href=address.search, data_open=True)
