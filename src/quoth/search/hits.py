"""A candidate as the user sees it: cited, with the sentence that answers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from quoth.analyze import analyze
from quoth.chunk import embedding_text
from quoth.citing import cite
from quoth.highlight import answering_sentences, rows_of_sentences
from quoth.protocols import Embedder, Entry
from quoth.rank import best_matches, in_context, weighted_mean
from quoth.records import Document, Hit, Span
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
        highlights=with_phrases(
            question,
            _answering_sentences(question, candidate.entry, document, embedder.count_tokens),
            passage,
            document,
        ),
    )


def _answering_sentences(
    question: Question, entry: Entry, document: Document, count_tokens: Callable[[str], int]
) -> tuple[Span, ...]:
    sentences = entry.passage.sentences
    texts = [embedding_text((), span.of(document.text)) for span in sentences]
    tokens = unpack_signs(entry.token_signs, len(entry.vector))
    rows = rows_of_sentences([count_tokens(text) for text in texts], len(tokens))
    matches = [best_matches(question.vectors.tokens, tokens[part]) for part in rows]
    nothing = np.full(len(question.vectors.tokens), -1.0)
    late = [
        weighted_mean(in_context(own, before, nothing), question.weights)
        for own, before in zip(matches, [nothing, *matches], strict=False)
    ]
    word_shares = [word_share(question, analyze(text, document.info.language)) for text in texts]
    return tuple(sentences[position] for position in answering_sentences(late, word_shares))
