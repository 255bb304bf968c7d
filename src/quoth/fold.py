"""Which passages say the same, and which are one stretch of their document: texts and spans in, positions out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from quoth.pieces import Piece, pieces_of
from quoth.records import Document, Passage, Span

Group = tuple[int, ...]
"""Positions that belong together, best first."""
Words = tuple[str, ...]
Wording = Literal["same", "part", "near"]

_TENTH = 10
"""Of the triples of words of two near-identical texts together, at most one in ten may stand in one only.

That is one word inserted in 45 or replaced in 55: a stray word, not another statement.
"""
_FEWEST = 45
"""Words of a text that another with other words can be near to; shorter ones, which most are, need no triples."""
_GUARDED_WORDS = """
no not t never none nobody nothing nor neither without cannot except unless
nicht kein keine keinem keinen keiner keines nie niemals nichts niemand ohne weder außer
ne n pas jamais rien aucun aucune sans ni sauf personne no nunca jamás nada nadie ninguno ninguna ningún sin salvo
non mai niente nessuno nessuna senza né não nenhum nenhuma ninguém nem sem niet geen nooit niets niemand zonder
inte ej ingen inget aldrig utan nie bez nigdy nic nikt ani değil hiç не нет ни никогда никто ничего без кроме
لا لم لن ليس ليست غير بدون
two three four five six seven eight nine ten eleven twelve hundred thousand million billion half double
zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen milliarde milliarden
deux trois quatre cinq sept huit neuf dix onze douze cent mille millions milliard milliards
dos tres cuatro cinco seis siete ocho nueve diez once doce cien mil millón millones
"""
_GUARDED = frozenset(_GUARDED_WORDS.split())
"""Negations ("t" as in "isn't") and numbers in words: no text is nearly the same as one that has others."""


def fold(texts: Sequence[str]) -> list[Group]:
    """Positions of `texts` in groups of near-identical ones, both in the order given: the first stands for the others.

    Identical: the same words, numbers and signs in order, as `pieces.pieces_of` reads them. Near: nine tenths of their
    triples of words are shared, and what must not differ is the same in order: words with digits and what follows them,
    capitalised words, symbols, negations, numbers in words.
    """
    pieces = [pieces_of(text) for text in texts]
    words = [_words(*both) for both in zip(texts, pieces, strict=True)]
    guarded = [_guarded(of) if len(of) >= _FEWEST else None for of in pieces]
    alike = Counter(guarded)
    triples = [
        _triples(of) if key is not None and alike[key] > 1 else frozenset()
        for of, key in zip(words, guarded, strict=True)
    ]
    frequency = Counter(triple for of in triples for triple in of)
    groups: list[list[int]] = []
    identical: dict[Words, list[int]] = {}
    sharing: dict[tuple[Words | None, Words], list[list[int]]] = defaultdict(list)
    for position, of in enumerate(triples):
        keys = [(guarded[position], triple) for triple in _rarest(of, frequency)]
        near = (group for key in keys for group in sharing[key] if _is_near(of, triples[group[0]]))
        group = identical.get(words[position]) or min(near, default=[])
        if not group:
            groups.append(group)
            for key in keys:
                sharing[key].append(group)
        group.append(position)
        identical.setdefault(words[position], group)
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


def _guarded(pieces: Sequence[Piece]) -> Words:
    return tuple(piece.word for piece in pieces if piece.is_exact or piece.word in _GUARDED)


def _triples(words: Words) -> frozenset[Words]:
    padded = ("", "", *words, "", "")
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _rarest(triples: frozenset[Words], frequency: Counter[Words]) -> list[Words]:
    """So many that two near-identical texts have one of them in common (prefix filtering, Bayardo et al. 2007)."""
    return sorted(triples, key=lambda triple: (frequency[triple], triple))[: len(triples) // _TENTH + 1]


def _is_near(one: frozenset[Words], other: frozenset[Words]) -> bool:
    shared = len(one & other)
    return _TENTH * shared >= (_TENTH - 1) * (len(one) + len(other) - shared)


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
