"""Questions that first name a document and then ask: "Consider the lease between Ruiz and Ode; who pays for repairs?"

The words that name it stand at its beginning, if at all, and draw the search to titles and parties. So the document is
found by them, and then asked for the rest alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from quoth.analyze import analyze_question, analyze_spans
from quoth.followup import carry
from quoth.literal import find
from quoth.protocols import Filter, PassageStore
from quoth.query import read_query
from quoth.records import Answer, DocumentInfo, Named
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
_MOST_NAMED: Final = 5
"""Versions of one document are named together."""
_ROUNDING: Final = 0.999

_POINTING = (
    r"according to|consider(?:ing)?|looking at|see|según|de acuerdo con|considere|selon|d['’]après|considér(?:ons|ez)|"
    r"laut|gemäß|betrachten? sie|betrachte"
)
"""What points at something that can be read."""
_INTRODUCING = (
    r"as (?:for|to)|about|based on|concerning|for|from|given|in|on|per|regarding|under|within|"
    r"with (?:regard|respect) to|con respecto a|en|sobre|respecto a|concernant|dans|au sujet de|sur|"
    r"betreffend|bezüglich|im|in der|zum|zur|aus"
)
"""What points at a place, a time or a subject as well."""
_DOCUMENT = re.compile(
    r"\b(?:agreement|contract|lease|policy|report|paper|article|letter|e-?mail|mail|minutes|memo(?:randum)?|act|statute|book|"
    r"chapter|document|file|deck|slides|presentation|spreadsheet|sheet|transcript|interview|judge?ment|ruling|thesis|study|"
    r"manual|handbook|notebook|acuerdo|contrato|informe|artículo|carta|correo|acta|ley|libro|documento|archivo|sentencia|"
    r"accord|contrat|bail|rapport|article|lettre|courriel|loi|livre|document|fichier|arrêt|vertrag|mietvertrag|bericht|"
    r"artikel|brief|gesetz|buch|dokument|datei|urteil|protokoll|vereinbarung)s?\b",
    re.IGNORECASE,
)
"""What documents are called. Without one, a clause such as "In Germany:" names a place."""
_CLAUSE = re.compile(
    rf"\s*(?P<intro>(?:(?P<points>{_POINTING})|{_INTRODUCING})\s)?(?P<name>[^;:；：\n]+)(?:[;:]\s+|[；：]\s*)(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_COMMA = re.compile(
    r"\s*(?:according to|según|selon|d['’]après|laut|gemäß)\s(?P<name>[^,;:\n]+),\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a question names and what it asks."""

    words: str
    """That name the documents, as typed."""
    asked: Asked
    """What they are asked: the rest, with what the words before it exclude."""
    documents: tuple[DocumentInfo, ...]

    @property
    def named(self) -> Named:
        """As it stands in the answer."""
        sources = tuple(info.source for info in self.documents)
        return Named(self.words, self.asked.question, sources, tuple(info.title for info in self.documents))


@dataclass(frozen=True, slots=True)
class _Clause:
    words: str
    name: str
    """Without the word that introduces it."""
    rest: str
    by_text: bool
    """Says that it is a document it names, so that its words are looked up in texts too, not only in names."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """Quoted in it."""
        return read_query(self.name).phrases


def find_named(
    asked: Asked, store: PassageStore, among: Sequence[DocumentInfo], languages: Sequence[str]
) -> Naming | None:
    """None when the question names no document, it cannot be told which, or `asked.drop` holds the words.

    None, too, when a file is named that could not be read: others must not answer for it.
    """
    clause = _clause_of(asked.question)
    if clause is None or _is_dropped(clause.words, asked):
        return None
    spoken = tuple(languages)
    if not _tokens(clause.rest, spoken):
        return None
    holding = _holding(clause.phrases, among, store)
    best = _titled(clause, holding) or _best(clause, holding, store, spoken)
    if not best or not all(info.state.has_text for info in best):
        return None
    excluded = (f' -"{words}"' for words in read_query(clause.words).excluded)
    return Naming(clause.words, replace(asked, question=clause.rest + "".join(excluded)), tuple(best))


def named_before(asked: Asked, among: Sequence[DocumentInfo], languages: Sequence[str]) -> Naming | None:
    """The documents that were asked last because a question names them, when this one leans on the last.

    What they are asked leans on what was asked of them, not on their names.
    """
    last = asked.history[-1] if asked.history else None
    if not isinstance(last, Answer) or last.named is None or _is_dropped(last.named.words, asked):
        return None
    kept = tuple(info for info in among if info.source in last.named.sources)
    question = read_query(asked.question).text
    if not kept or not carry(question, asked.history, languages=languages).terms:
        return None
    asked_of_them = replace(last, question=last.named.question)
    drop = (*asked.drop, *last.named.titles)
    return Naming(last.named.words, replace(asked, history=(asked_of_them,), drop=drop), kept)


def _is_dropped(words: str, asked: Asked) -> bool:
    return words.casefold() in {term.casefold() for term in asked.drop}


def _clause_of(asked: str) -> _Clause | None:
    found = _CLAUSE.match(asked)
    if found:
        name, rest = found["name"], found["rest"].strip()
        says_document = bool(found["points"] or _DOCUMENT.search(name) or read_query(name).phrases)
        by_text = found["intro"] is not None and says_document
        if not by_text and not says_document and len(name.split()) < 2:  # "Note:" and "Question:"
            return None
        return _Clause(f"{found['intro'] or ''}{name}".strip(), name, rest, by_text)
    found = _COMMA.match(asked)
    return (
        None if found is None else _Clause(found["name"].strip(), found["name"], found["rest"].strip(), by_text=False)
    )


def _titled(clause: _Clause, among: Sequence[DocumentInfo]) -> Sequence[DocumentInfo]:
    """Those whose title or file name holds all that the clause quotes; none when it quotes nothing."""
    titled = [info for info in among if all(_is_in_name(phrase, info) for phrase in clause.phrases)]
    return titled if clause.phrases and len(titled) <= _MOST_NAMED else ()


def _best(
    clause: _Clause, among: Sequence[DocumentInfo], store: PassageStore, languages: tuple[str, ...]
) -> Sequence[DocumentInfo]:
    """Those that the words of the clause fit best, if any do."""
    words = _words(read_query(clause.name).text, languages)
    if not 0 < len(words) <= _LONGEST_NAME:
        return ()
    known = {info.id: info for info in among}
    names = {name: _name_tokens(info.title, info.source, languages) for name, info in known.items()}
    by_name = {word: frozenset(name for name in names if forms & names[name]) for word, forms in words.items()}
    quoted = " ".join(clause.phrases)
    proper = {word for word in words if word[0].isupper() or word in quoted}
    best: list[str] = []
    if all(by_name.values()):
        best = _ahead(by_name.values(), names.keys(), 1.0)
        if not proper:  # "the theory" is none of the names that end so
            best = [name for name in best if 2 * len(words) >= _length(known[name])]
    if not best and clause.by_text:
        by_text = {word: by_name[word] | _documents_with(forms, store, names.keys()) for word, forms in words.items()}
        rare = [word for word in proper if 0 < len(by_text[word]) <= max(1.0, _RARE_SHARE * len(names))]
        if len(rare) > 1 or any(by_name[word] or word in quoted for word in rare) or _is_in_one(proper, by_name):
            best = _ahead([*filter(None, by_name.values()), *by_text.values()], names.keys(), _LEAST_COVERED)
    return [info for info in among if info.id in best]


@lru_cache(maxsize=50_000)
def _name_tokens(title: str, source: str, languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_tokens(re.sub(r"[\W_]+", " ", _CAMEL.sub(" ", f"{title} {source}")), languages))


def _tokens(text: str, languages: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(analyze_question(text, languages)))


def _words(text: str, languages: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Each word that says something, as typed, to its tokens in the languages of the documents."""
    kept = {*_tokens(text, languages)}
    forms: dict[str, set[str]] = {}
    for language in languages:
        for token, span in analyze_spans(text, language):
            if token in kept:
                forms.setdefault(span.of(text), set()).add(token)
    return {word: frozenset(tokens) for word, tokens in forms.items()}


def _length(info: DocumentInfo) -> int:
    """Words of the longer of title and file name."""
    return max(len(re.findall(r"[^\W_]+", text)) for text in (info.title, PurePosixPath(info.source).stem))


def _documents_with(forms: AbstractSet[str], store: PassageStore, documents: AbstractSet[str]) -> frozenset[str]:
    """That hold one of the forms of a word; all of them for a common word."""
    if len(store.search(tokens=sorted(forms), k=_COMMON_PASSAGES)) >= _COMMON_PASSAGES:
        return frozenset(documents)
    places = store.places(Filter(words=(tuple(sorted(forms)),)))
    return frozenset(place.document_id for place in places) & documents


def _is_in_one(words: AbstractSet[str], by_name: Mapping[str, frozenset[str]]) -> bool:
    """Whether one of the words stands in the title or file name of one document only."""
    return any(len(by_name[word]) == 1 for word in words)


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
