"""Questions that first name a document and then ask: "Consider the lease between Ruiz and Ode; who pays for repairs?"

The words that name it stand at its beginning, if at all, and draw the search to titles and parties. So the document is
found by them, and then asked for the rest alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quoth.analyze import analyze_question
from quoth.literal import find
from quoth.protocols import Filter, PassageStore
from quoth.query import read_query
from quoth.records import DocumentInfo, Named
from quoth.search.leaning import Asked

_LONGEST_NAME: Final = 60
"""Words; a longer clause before a semicolon is a sentence."""
_COMMON_PASSAGES: Final = 1_000
"""A word that stands in as many passages names nothing."""
_RARE_SHARE: Final = 0.2
"""Of the documents: one of the words must stand in no more of them."""
_LEAST_COVERED: Final = 0.5
_LEAST_AHEAD: Final = 0.15
"""Of the weight of all words, that the named documents have to be ahead of all others."""
_ROUNDING: Final = 0.999
_MOST_NAMED: Final = 5
"""Versions of one document are named together."""
_INTRODUCING: Final = (
    r"according to|as (?:for|to)|about|based on|concerning|consider(?:ing)?|for|from|given|in|looking at|on|per|"
    r"regarding|see|under|with (?:regard|respect) to|within|"
    r"según|de acuerdo con|considere|con respecto a|en|sobre|respecto a|"
    r"selon|d['’]après|considérons|considérez|concernant|dans|au sujet de|sur|"
    r"laut|gemäß|nach|betreffend|betrachte(?:n sie)?|bezüglich|im|in der|zum|zur|aus"
)
_CLAUSE = re.compile(
    rf"\s*(?P<intro>(?:{_INTRODUCING})\s)?(?P<name>[^;:；：\n]+)[;:；：]\s+(?P<rest>\S.*)", re.I | re.S
)
_COMMA = re.compile(
    r"\s*(?:according to|según|selon|d['’]après|laut|gemäß)\s(?P<name>[^,;:\n]+),\s+(?P<rest>\S.*)", re.I | re.S
)
_PROPER = re.compile(r"[^\W\d_]*[A-ZÀ-ÞА-Я][\w.&'’-]*")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a question names and what it asks."""

    words: str
    """That name the documents, as typed."""
    rest: str
    """What they are asked."""
    documents: tuple[DocumentInfo, ...]

    @property
    def named(self) -> Named:
        """As it stands in the answer."""
        sources = tuple(info.source for info in self.documents)
        return Named(self.words, self.rest, sources, tuple(info.title for info in self.documents))


@dataclass(frozen=True, slots=True)
class _Clause:
    words: str
    name: str
    """Without the word that introduces it."""
    rest: str
    is_introduced: bool
    """Says by its first word that it names something; else the documents' names must hold all of it."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """Quoted in it."""
        return read_query(self.name).phrases


def find_named(
    asked: Asked, store: PassageStore, among: Sequence[DocumentInfo], languages: Sequence[str]
) -> Naming | None:
    """None when the question names no document, it cannot be told which, or `asked.drop` holds the words."""
    clause = _clause_of(asked.question)
    if clause is None or clause.words.casefold() in {term.casefold() for term in asked.drop}:
        return None
    spoken = tuple(languages)
    if not _tokens(clause.rest, spoken):
        return None
    holding = _holding(clause.phrases, [info for info in among if info.state.has_text], store)
    best = _titled(clause, holding) or _best(clause, holding, store, spoken)
    return Naming(clause.words, clause.rest, tuple(best)) if best else None


def _titled(clause: _Clause, among: Sequence[DocumentInfo]) -> Sequence[DocumentInfo]:
    """Those whose title or file name holds all that the clause quotes; none when it quotes nothing."""
    titled = [info for info in among if all(_is_in_name(phrase, info) for phrase in clause.phrases)]
    return titled if clause.phrases and len(titled) <= _MOST_NAMED else ()


def _best(
    clause: _Clause, among: Sequence[DocumentInfo], store: PassageStore, languages: tuple[str, ...]
) -> Sequence[DocumentInfo]:
    """Those that the words of the clause fit best, if any do."""
    tokens = _tokens(read_query(clause.name).text, languages)
    if not 0 < len(tokens) <= _LONGEST_NAME:
        return ()
    names = {info.id: _name_tokens(info.title, info.source, languages) for info in among}
    by_name = {token: frozenset(name for name in names if token in names[name]) for token in tokens}
    proper = _proper(clause.name, languages)
    best: list[str] = []
    if clause.is_introduced:
        by_text = {token: found | _documents_with(token, store, names.keys()) for token, found in by_name.items()}
        if proper & _rare(_RARE_SHARE * len(names), by_name, by_text):
            best = _ahead([*filter(None, by_name.values()), *by_text.values()], names.keys(), _LEAST_COVERED)
    elif all(by_name.values()):
        best = _ahead(by_name.values(), names.keys(), 1.0)
        if not proper:  # "the theory" is none of the names that end so
            best = [name for name in best if 2 * len(tokens) >= len(names[name])]
    return [info for info in among if info.id in best]


def _clause_of(asked: str) -> _Clause | None:
    found = _CLAUSE.match(asked)
    if found:
        words = f"{found['intro'] or ''}{found['name']}".strip()
        return _Clause(words, found["name"], found["rest"].strip(), found["intro"] is not None)
    found = _COMMA.match(asked)
    if found is None:
        return None
    return _Clause(found["name"].strip(), found["name"], found["rest"].strip(), is_introduced=False)


@lru_cache(maxsize=50_000)
def _name_tokens(title: str, source: str, languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_tokens(re.sub(r"[\W_]+", " ", f"{title} {source}"), languages))


def _tokens(text: str, languages: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(analyze_question(text, languages)))


def _documents_with(token: str, store: PassageStore, documents: AbstractSet[str]) -> frozenset[str]:
    """All of them for a common word."""
    if len(store.search(tokens=[token], k=_COMMON_PASSAGES)) >= _COMMON_PASSAGES:
        return frozenset(documents)
    places = store.places(Filter(words=((token,),)))
    return frozenset(place.document_id for place in places) & documents


def _proper(name: str, languages: tuple[str, ...]) -> set[str]:
    """Tokens of its words with a capital and of what is quoted."""
    found = [match.group() for match in _PROPER.finditer(name)] + list(read_query(name).phrases)
    return {token for word in found for token in _tokens(word, languages)}


def _rare(most: float, *standing: Mapping[str, frozenset[str]]) -> set[str]:
    """Tokens that stand in one document, or in no more than `most`, by their names or by their texts."""
    return {token for kind in standing for token, found in kind.items() if 0 < len(found) <= max(1.0, most)}


def _ahead(standing: Iterable[frozenset[str]], documents: Collection[str], least: float) -> list[str]:
    """The documents that hold most of the words, the rarer the more, where they are well ahead of all others.

    `standing`: for each word the documents that hold it; a word that stands in none speaks against all.
    """
    scores = dict.fromkeys(documents, 0.0)
    total = 0.0
    for found in standing:
        weight = math.log((len(documents) + 1) / (len(found) + 0.5))
        total += weight
        for name in found:
            scores[name] += weight
    highest = max(scores.values(), default=0.0)
    best = [name for name, score in scores.items() if score >= highest - _LEAST_AHEAD * total]
    return best if total and highest >= least * total * _ROUNDING and len(best) <= _MOST_NAMED else []


def _holding(phrases: Sequence[str], among: Sequence[DocumentInfo], store: PassageStore) -> Sequence[DocumentInfo]:
    """Those in which each phrase stands word for word, in the text, the title or the file name."""
    for phrase in phrases:
        inside = {place.document_id for place in store.places(Filter(phrases=(phrase,)))}
        among = [info for info in among if info.id in inside or _is_in_name(phrase, info)]
    return among


def _is_in_name(phrase: str, info: DocumentInfo) -> bool:
    return any(find(phrase, text, info.language) for text in (info.title, info.source))
