"""A candidate as the user sees it: cited, with the sentence that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from quoth.analyze import analyze
from quoth.chunk import embedding_text
from quoth.citing import cite
from quoth.highlight import answering_sentences, rows_of_sentences
from quoth.protocols import Embedder, Entry
from quoth.rank import best_matches, in_context, weighted_mean
from quoth.records import Document, Hit, Passage, Span, find_parted
from quoth.search.phrases import with_phrases
from quoth.search.question import Question, word_share
from quoth.search.retrieval import Candidate
from quoth.signs import unpack_signs


def hit_of(question: Question, candidate: Candidate, document: Document, embedder: Embedder) -> Hit:
    """The candidate as the user sees it: cited, with the sentence that answers and the reasons."""
    passage = candidate.entry.passage
    found = set(candidate.entry.tokens)
    return Hit(
        passage=passage,
        citation=cite(document, passage.span),
        score=candidate.score,
        cosine=candidate.cosine,
        word_score=candidate.word_score,
        late_score=candidate.late_score,
        cross_score=candidate.cross_score,
        terms=tuple(dict.fromkeys(word for token, word in question.words.items() if token in found)),
        highlights=highlights_of(question, [candidate.entry], passage, document, embedder),
        parted=find_parted(document, passage.span),
        furniture=document.furniture_in(passage.span),
    )


def highlights_of(
    question: Question, entries: Sequence[Entry], shown: Passage, document: Document, embedder: Embedder
) -> tuple[Span, ...]:
    """The sentence that answers, or two, of all `entries`, which make up what is shown; and the question's phrases."""
    scored = {span: scores for entry in entries for span, scores in _score(question, entry, document, embedder)}
    spans = sorted(scored)
    best = answering_sentences([scored[span][0] for span in spans], [scored[span][1] for span in spans])
    return with_phrases(question, [spans[position] for position in best], shown, document)


def _score(
    question: Question, entry: Entry, document: Document, embedder: Embedder
) -> Iterator[tuple[Span, tuple[float, float]]]:
    """Of each sentence: late interaction with it and the one before, and the share of the question's words in it."""
    sentences = entry.passage.sentences
    texts = [embedding_text((), span.of(document.text)) for span in sentences]
    tokens = unpack_signs(entry.token_signs, len(entry.vector))
    rows = rows_of_sentences([embedder.count_tokens(text) for text in texts], len(tokens))
    matches = [best_matches(question.vectors.tokens, tokens[part]) for part in rows]
    nothing = np.full(len(question.vectors.tokens), -1.0)
    for span, text, own, before in zip(sentences, texts, matches, [nothing, *matches], strict=False):
        late = weighted_mean(in_context(own, before, nothing), question.weights)
        yield span, (late, word_share(question, analyze(text, document.info.language)))
