"""What is shown of the ranking: the same words once, stretches whole, no more of a document than asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from quoth.citing import cite
from quoth.documents import passage_id
from quoth.fold import Group, at_most, fold, join
from quoth.protocols import Copies, Embedder
from quoth.records import Citation, Document, Hit, Passage, Span, find_parted
from quoth.search.hits import highlights_of, hit_of
from quoth.search.question import Question
from quoth.search.retrieval import Candidate

JOINED_WITHIN = 8
"""Winners that are put together when they adjoin; further down it costs more reading than it wins."""
JOINED_CHARACTERS = 500
"""Most characters of a stretch that is put together: two passages. Both measured: docs/explanation/ranking.md."""

MOST_PLACES = 200
"""Other places of the words of a hit that are cited, each of which is read from its document; the rest is counted."""

DocumentOf = Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class Winner:
    """What becomes one hit."""

    parts: tuple[Candidate, ...]
    """Best first; several are one stretch of their document."""
    copies: tuple[Candidate, ...] = ()
    """Near-identical to one of the parts, best first."""
    further: tuple[Passage, ...] = ()
    """With the same words, by source: those that the searches did not find."""
    unlisted: int = 0
    """Places beyond `MOST_PLACES`."""


class CopiesOf(Protocol):
    """`PassageStore.copies` under the conditions of the question."""

    def __call__(self, vector_keys: Sequence[str], *, limit: int) -> Mapping[str, Copies]: ...


def winners_of(ranked: Sequence[Candidate], document_of: DocumentOf, *, k: int, per_document: int) -> list[Winner]:
    """The first `k` of the ranking, at most `per_document` of one document.

    Those among them that adjoin in their document become one, and what follows in the ranking fills up.
    """
    folded = fold([candidate.entry.passage.text for candidate in ranked])
    firsts = [ranked[group[0]].entry.passage for group in folded]
    shown: list[Group] = []
    within, needed = 0, min(k, len(firsts))
    while within < needed:  # what fills up may adjoin what is shown already
        within = needed
        joined = join(firsts, document_of, within=min(within, JOINED_WITHIN), most_characters=JOINED_CHARACTERS)
        kept = at_most(per_document, [firsts[group[0]].document_id for group in joined])
        shown = [joined[index] for index in kept[:k]]
        needed = 1 + max(max(group) for group in shown)
    return [
        Winner(
            tuple(ranked[folded[position][0]] for position in group),
            tuple(ranked[copy] for copy in sorted(copy for position in group for copy in folded[position][1:])),
        )
        for group in shown
    ]


def with_all_copies(winners: Sequence[Winner], copies_of: CopiesOf) -> list[Winner]:
    """Each with the places of its words that stand behind the candidates, up to `MOST_PLACES`."""
    entries = [c.entry for winner in winners for c in (*winner.parts, *winner.copies)]
    known = Counter(entry.vector_key for entry in entries)
    found = dict(copies_of(sorted(known), limit=0)) if known else {}
    lacking = [key for key, number in known.items() if found[key].total > number]  # mostly none: nothing is read
    found |= copies_of(lacking, limit=2 * MOST_PLACES) if lacking else {}
    used = {entry.passage.id for entry in entries}
    return [_with_copies(winner, found, used) for winner in winners]


def _with_copies(winner: Winner, found: Mapping[str, Copies], used: set[str]) -> Winner:
    """Where several parts are one stretch, a place has as many passages."""
    most = MOST_PLACES * len(winner.parts)
    keys = dict.fromkeys(candidate.entry.vector_key for candidate in (*winner.parts, *winner.copies))
    further = [passage for key in keys for passage in found[key].passages if passage.id not in used]
    passages = sum(found[key].total for key in keys) - len(winner.parts)
    copies = winner.copies[:most]
    listed = further[: most - len(copies)]
    unlisted = passages - len(copies) - len(listed) if len(copies) + len(listed) == most else 0
    return replace(winner, copies=copies, further=tuple(listed), unlisted=-(-unlisted // len(winner.parts)))


def hit_of_winner(question: Question, winner: Winner, document_of: DocumentOf, embedder: Embedder) -> Hit:
    """The hit of the best part, with the text and the words of all of them, and their best sentence highlighted."""
    document = document_of(winner.parts[0].entry.passage.document_id)
    hits = [hit_of(question, part, document, embedder) for part in winner.parts]
    passage = _put_together([hit.passage for hit in hits], document, embedder.fingerprint)
    entries = [part.entry for part in winner.parts]
    return replace(
        hits[0],
        passage=passage,
        citation=cite(document, passage.span),
        terms=tuple(dict.fromkeys(term for hit in hits for term in hit.terms)),
        highlights=highlights_of(question, entries, passage, document, embedder)
        if len(hits) > 1
        else hits[0].highlights,
        also_in=_citations([*(c.entry.passage for c in winner.copies), *winner.further], document_of, like=passage),
        more_places=winner.unlisted,
        parted=find_parted(document, passage.span),
        furniture=document.furniture_in(passage.span),
    )


def _put_together(parts: Sequence[Passage], document: Document, model: str) -> Passage:
    if len(parts) == 1:
        return parts[0]
    span = _hull(parts)
    sentences = tuple(sorted({sentence for part in parts for sentence in part.sentences}))
    text = span.of(document.text)
    return Passage(passage_id(document.info.id, span, text, model), document.info.id, span, sentences, text)


def _citations(copies: Sequence[Passage], document_of: DocumentOf, *, like: Passage) -> tuple[Citation, ...]:
    """Of the copies, those of parts that were put together put together too; their white space may take more room."""
    longest = len(like.span) + len(like.span) // 5
    groups = join(copies, document_of, within=len(copies), most_characters=longest)
    stretches = [[copies[position] for position in group] for group in groups]
    return tuple(cite(document_of(parts[0].document_id), _hull(parts)) for parts in stretches)


def _hull(parts: Sequence[Passage]) -> Span:
    return Span(min(part.span.start for part in parts), max(part.span.end for part in parts))
