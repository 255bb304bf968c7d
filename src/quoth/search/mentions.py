"""Every place where phrases and words stand, none left out: not a ranking."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, groupby

from quoth.analyze import analyze_spans
from quoth.catalogue import choose, skipped_of
from quoth.citing import cite
from quoth.errors import QuestionError
from quoth.literal import find_within, touched
from quoth.protocols import Filter, IndexStore
from quoth.query import Query, read_query
from quoth.records import (
    Document,
    DocumentInfo,
    DocumentMentions,
    Mention,
    Mentions,
    Span,
    find_parted,
    in_one_piece,
    parted_words,
    without_furniture,
)
from quoth.search.each import Part
from quoth.search.wanted import WantedWord, hold_all, wanted_words

_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST_LINE = 500
"""Characters of a line around what stands in no passage."""


@dataclass(frozen=True, slots=True)
class Found:
    """All mentions of one text, without their words."""

    mentions: tuple[tuple[DocumentInfo, tuple[Span, ...]], ...]
    """Documents that have any, by path, with the stretches in order."""
    without_words: Mentions
    """Counts and conditions, and no mention."""


def find_mentions(text: str, store: IndexStore, sources: Sequence[str]) -> Found:
    """Raises QuestionError when nothing is asked for, or only words that are too common to be looked up."""
    query = read_query(text)
    chosen = choose(store.documents(), sources)
    documents = [info for info in chosen if info.state.has_text]
    wanted = {language: wanted_words(_rest(query), language) for language in {info.language for info in documents}}
    if not query.phrases and documents and not any(wanted.values()):
        raise QuestionError(
            "there is no word to look up in {words}, or only words that stand everywhere; "
            "put them in quotation marks to find them as they are",
            words=repr(text.strip()),
        )
    search = _Search(store, query, wanted)
    found = [(info, *search.stretches_of(info)) for info in documents]
    counts = [DocumentMentions(info, len(spans), occurrences) for info, spans, occurrences in found if spans]
    return Found(
        tuple((info, spans) for info, spans, _ in found if spans),
        Mentions(
            text,
            (),
            tuple(counts),
            len(documents),
            phrases=query.phrases,
            excluded=query.excluded,
            words=search.count_words(documents),
            unread=skipped_of(chosen),
        ),
    )


def show_mentions(found: Found, store: IndexStore, part: Part) -> Mentions:
    """Those from `part.offset` on, cited, with what was looked for highlighted."""
    about = found.without_words
    stretches = list(chain.from_iterable(((info, span) for span in spans) for info, spans in found.mentions))
    document_of = cache(store.document)
    words = cache(lambda language: wanted_words(_rest(read_query(about.question)), language))
    matches = cache(lambda document_id: _matches(document_of(document_id), about.phrases))
    shown = tuple(
        _mention(document_of(info.id), span, matches(info.id), words(info.language))
        for info, span in stretches[part.of_list]
    )
    return replace(about, mentions=shown, offset=part.offset)


class _Search:
    def __init__(self, store: IndexStore, query: Query, wanted: dict[str, tuple[WantedWord, ...]]) -> None:
        self._store = store
        self._query = query
        self._wanted = wanted
        self._places = {language: self._find_places(language) for language in wanted}

    def stretches_of(self, info: DocumentInfo) -> tuple[tuple[Span, ...], int]:
        """Where the words stand in one document, in order, and how often the phrases do."""
        places = self._places[info.language]
        if not self._query.phrases:
            return tuple((places or {}).get(info.id, ())), 0
        document = self._store.document(info.id)
        matches = _matches(document, self._query.phrases)
        if not all(matches):
            return (), 0
        passages = sorted(place.span for place in self._store.places(Filter(frozenset({info.id}))))
        held = self._held_by_all(passages if places is None else places.get(info.id, []), matches)
        outside = self._outside(document, passages, matches)
        stretches = tuple(sorted({*held, *outside}))
        in_them = [span for spans in matches for span in spans if _touch(stretches, span)]
        return stretches, len(in_them)

    def count_words(self, documents: Sequence[DocumentInfo]) -> tuple[tuple[str, int], ...]:
        """Passages that hold each of the words."""
        counts: dict[str, int] = {}
        for language, own in groupby(sorted(documents, key=lambda info: info.language), lambda info: info.language):
            names = frozenset(info.id for info in own)
            for word in self._wanted[language]:
                holding = self._store.places(Filter(names, words=word.groups))
                counts[word.typed] = counts.get(word.typed, 0) + len(holding)
        return tuple(counts.items())

    def _find_places(self, language: str) -> dict[str, list[Span]] | None:
        """By document: passages that hold all words as they are looked up in `language`, and nothing excluded.

        None where that leaves nothing out.
        """
        groups = tuple(group for word in self._wanted[language] for group in word.groups)
        if not groups and not (self._query.phrases and self._query.excluded):
            return None
        names = frozenset(info.id for info in self._store.documents() if info.language == language)
        found = self._store.places(Filter(names, excluded=self._query.excluded, words=groups))
        return {name: [one.span for one in own] for name, own in groupby(found, lambda place: place.document_id)}

    def _held_by_all(self, passages: Sequence[Span], matches: Sequence[Sequence[Span]]) -> list[Span]:
        """Passages that hold at least part of an occurrence of every phrase."""
        starts, ends = [span.start for span in passages], [span.end for span in passages]
        positions = set(range(len(passages))).intersection(*(touched(starts, ends, spans) for spans in matches))
        return [passages[position] for position in positions]

    def _outside(self, document: Document, passages: Sequence[Span], matches: Sequence[Sequence[Span]]) -> set[Span]:
        """Lines in no passage, such as headings, that hold all that a passage would have to."""
        lone = [span for spans in matches for span in spans if not _touch(passages, span)]
        lines = {_line_around(document.text, span, passages) for span in lone}
        return {line for line in lines if self._fits(line, document)}

    def _fits(self, line: Span, document: Document) -> bool:
        language = document.info.language
        holds = all(find_within(phrase, document, line) for phrase in self._query.phrases)
        is_barred = any(find_within(phrase, document, line) for phrase in self._query.excluded)
        return holds and not is_barred and hold_all(self._wanted[language], line.of(document.text), language)


def _rest(query: Query) -> str:
    """The question without its phrases."""
    rest = query.text
    for phrase in sorted(query.phrases, key=len, reverse=True):
        rest = rest.replace(phrase, " ")
    return rest


def _touch(stretches: Sequence[Span], match: Span) -> bool:
    """Whether one of them, which are sorted and do not overlap, holds at least part of the match."""
    return bool(touched([span.start for span in stretches], [span.end for span in stretches], [match]))


def _line_around(text: str, match: Span, passages: Sequence[Span]) -> Span:
    """The lines that hold the match, no more than lies between the passages beside it, and without spaces around."""
    first, last = max(0, match.start - _LONGEST_LINE), min(len(text), match.end + _LONGEST_LINE)
    ends = [span.end for span in passages]
    beside = bisect_right(ends, match.start)
    first = max(first, ends[beside - 1] if beside else 0)
    starts = [span.start for span in passages]
    position = bisect_left(starts, match.end)
    last = min(last, starts[position] if position < len(starts) else len(text))
    first = max([first, *(end.end() for end in _LINE_END.finditer(text, first, match.start))])
    after = _LINE_END.search(text, match.end, last)
    last = after.start() if after else last
    line = text[first:last]
    return Span(first + len(line) - len(line.lstrip()), first + len(line.rstrip()))


def _matches(document: Document, phrases: Sequence[str]) -> list[list[Span]]:
    return [find_within(phrase, document) for phrase in phrases]


def _mention(document: Document, span: Span, matches: Sequence[Sequence[Span]], words: Sequence[WantedWord]) -> Mention:
    """`matches`: of each phrase, all of the document."""
    inside = [
        Span(max(span.start, one.start), min(span.end, one.end))
        for of_phrase in matches
        for one in of_phrase[_first_after(of_phrase, span.start) : _first_from(of_phrase, span.end)]
    ]
    tokens = {token for word in words for group in word.groups for token in group}
    inside += [
        Span(span.start + place.start, span.start + place.end)
        for token, place in _spans_of_words(document, span)
        if token in tokens
    ]
    highlights = tuple(_joined(inside))
    furniture = document.furniture_in(span, shown=highlights)
    return Mention(cite(document, span), document.info.id, span, highlights, find_parted(document, span), furniture)


def _spans_of_words(document: Document, span: Span) -> Iterator[tuple[str, Span]]:
    """Tokens of a stretch with their places in it, as it stands and without what parts words in the file."""
    text, language = span.of(document.text), document.info.language
    yield from analyze_spans(text, language)
    bare = without_furniture(text, document.furniture_in(span))
    whole = in_one_piece(bare.text, parted_words(bare.text))
    if len(whole.text) < len(text):
        yield from ((token, bare.origin(whole.origin(place))) for token, place in analyze_spans(whole.text, language))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Those that overlap made one."""
    last: Span | None = None
    for span in sorted(spans):
        if last and span.start < last.end:
            last = Span(last.start, max(last.end, span.end))
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _first_after(spans: Sequence[Span], offset: int) -> int:
    """Position of the first that ends after `offset`."""
    return bisect_right(spans, offset, key=lambda span: span.end)


def _first_from(spans: Sequence[Span], offset: int) -> int:
    """Position of the first that begins at `offset` or later."""
    return bisect_left(spans, offset, key=lambda span: span.start)
