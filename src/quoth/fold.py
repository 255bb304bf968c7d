"""Which passages say the same, and which are one stretch of their document: texts and spans in, positions out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from quoth import near
from quoth.near import Words
from quoth.pieces import Piece, pieces_of
from quoth.records import Document, Passage, Span

Group = tuple[int, ...]
"""Positions that belong together, best first."""
Wording = Literal["same", "part", "near"]


def fold(texts: Sequence[str]) -> list[Group]:
    """Positions of `texts` in groups of near-identical ones, both in the order given: the first stands for the others.

    Identical: the same words, numbers and signs in order, as `pieces.pieces_of` reads them. Near: one is the other with
    a few words put in, none of which `near.guarded` names; nine tenths of their triples of words are shared.
    """
    read = {text: pieces_of(text) for text in texts}
    words = {text: _words(text, of) for text, of in read.items()}
    guarded = {text: near.guarded(of) if len(of) >= near.FEWEST else None for text, of in read.items()}
    alike = Counter(guarded.values())
    triples = {
        text: near.triples(words[text]) if guarded[text] is not None and alike[guarded[text]] > 1 else frozenset()
        for text in read
    }
    frequency = Counter(triple for of in triples.values() for triple in of)
    groups: list[list[int]] = []
    identical: dict[Words, list[int]] = {}
    sharing: dict[tuple[Words | None, Words], list[list[int]]] = defaultdict(list)

    def is_near(text: str, first: str) -> bool:
        are_alike = near.share_enough(triples[text], triples[first])
        return are_alike and near.differ_by_insertions(words[text], words[first])

    for position, text in enumerate(texts):
        group = identical.get(words[text])
        if group is None:
            keys = [(guarded[text], triple) for triple in near.rarest(triples[text], frequency)]
            sharers = (group for key in keys for group in sharing[key] if is_near(text, texts[group[0]]))
            group = min(sharers, default=[])
            if not group:
                groups.append(group)
                for key in keys:
                    sharing[key].append(group)
            identical[words[text]] = group
        group.append(position)
    return [tuple(group) for group in groups]


def join(
    passages: Sequence[Passage], document_of: Callable[[str], Document], *, within: int, most_characters: int
) -> list[Group]:
    """Positions of `passages` (best first) in groups that are one stretch of a document, ordered by their best.

    Passages overlap, or only white space and no heading lies between them; the stretch has at most `most_characters`.
    Each group grows from its best by the better of its two neighbours. Only the first `within` are joined.
    """
    by_document: dict[str, list[int]] = defaultdict(list)
    for position, passage in enumerate(passages[:within]):
        by_document[passage.document_id].append(position)
    groups: list[Group] = [(position,) for position in range(within, len(passages))]
    for document_id, positions in by_document.items():
        if len(positions) == 1:
            groups.append((positions[0],))
        else:
            in_order = sorted(positions, key=lambda position: passages[position].span)
            spans = [passages[position].span for position in in_order]
            groups += _stretches(in_order, spans, document_of(document_id), most_characters)
    return sorted(groups)


def at_most(most: int, document_ids: Sequence[str]) -> list[int]:
    """Positions without those beyond the first `most` of a document."""
    seen: Counter[str] = Counter()
    kept = []
    for position, document_id in enumerate(document_ids):
        seen[document_id] += 1
        if seen[document_id] <= most:
            kept.append(position)
    return kept


def wording(text: str, other: str) -> Wording:
    """How the words of `other`, folded under `text`, compare: the same, a part of them, or nearly the same."""
    words, others = _words(text, pieces_of(text)), _words(other, pieces_of(other))
    if words == others:
        return "same"
    return "part" if f" {' '.join(others)} " in f" {' '.join(words)} " else "near"


def _words(text: str, pieces: Sequence[Piece]) -> Words:
    """A text without any word is its own."""
    return tuple(piece.word for piece in pieces) or (" ".join(text.split()),)


def _stretches(positions: Sequence[int], spans: Sequence[Span], document: Document, most: int) -> Iterator[Group]:
    """`positions` in the order of their spans, grown from the best to stretches."""
    waiting = [range(len(positions))]
    while waiting:
        among = waiting.pop()
        first = last = min(among, key=lambda index: positions[index])
        stretch = spans[first]
        while True:
            sides = [index for index in (first - 1, last + 1) if index in among]
            joined = [(index, _joined(stretch, spans[index], document, most)) for index in sides]
            fitting = [(positions[index], index, whole) for index, whole in joined if whole]
            if not fitting:
                break
            _, index, stretch = min(fitting)
            first, last = min(first, index), max(last, index)
        yield tuple(sorted(positions[first : last + 1]))
        waiting += [rest for rest in (range(among.start, first), range(last + 1, among.stop)) if rest]


def _joined(one: Span, other: Span, document: Document, most: int) -> Span | None:
    """The two as one stretch; None where it would be too long or something lies between them."""
    left, right = sorted((one, other))
    whole = Span(left.start, max(left.end, right.end))
    if len(whole) > most or document.text[left.end : right.start].strip():
        return None
    has_heading_between = _headings_up_to(left.start, document) != _headings_up_to(right.start, document)
    return None if has_heading_between else whole


def _headings_up_to(offset: int, document: Document) -> int:
    return bisect_right(document.outline, offset, key=lambda heading: heading.start)
