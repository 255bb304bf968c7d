"""What programs for references need of a quote: a key that is its own, and the place it stands, as they write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from quoth.records import Citation

_LONGEST_STEM = 40
# A key that ends early in a file of references begins an entry that nobody made. Evidence may come from anywhere.
_UNSAFE = re.compile(r"[^0-9A-Za-z-]+")


def cite_keys(citations: Iterable[Citation]) -> tuple[str, ...]:
    """One for each: letters, digits and "-", beginning with a letter, such as `lease-p12`; none twice."""
    taken: set[str] = set()
    keys = []
    for citation in citations:
        first = key = f"{_stem(citation.source)}-{_short_place(citation)}"
        number = 1
        while key in taken:
            number += 1
            key = f"{first}-{number}"
        taken.add(key)
        keys.append(key)
    return tuple(keys)


def names(author: str) -> list[str]:
    """The names in `Citation.author`."""
    return [name for part in author.split(";") if (name := " ".join(part.split()))]


def page_range(citation: Citation, dash: str) -> str:
    """Pages as printed where they are known; "" for a file without pages."""
    if citation.page is None:
        return ""
    return dash.join(dict.fromkeys(citation.printed_pages))


def pinpoint(citation: Citation) -> str:
    """The place in full, as in "p. 12, lines 3-5"; characters where the file has nothing else to count."""
    return citation.where or f"characters {citation.start}-{citation.end}"


def _stem(source: str) -> str:
    plain = unicodedata.normalize("NFKD", PurePosixPath(source).stem.casefold()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_STEM].strip("-")
    return stem if stem[:1].isalpha() else f"document-{stem}".strip("-")


def _short_place(citation: Citation) -> str:
    if citation.page is not None:
        return f"p{citation.page}"
    if citation.first_line is not None:
        return f"l{citation.first_line}"
    if citation.number is not None and citation.unit:
        return f"{_UNSAFE.sub('-', citation.unit)}{citation.number}"
    return f"par{citation.paragraph}" if citation.paragraph is not None else f"c{citation.start}"
