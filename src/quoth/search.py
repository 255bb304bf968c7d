"""One question to its answer: embed, search both ways, fuse, rerank, judge, highlight, cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quoth.analyze import analyze, analyze_question, analyze_spans
from quoth.chunk import embedding_text
from quoth.citing import cite
from quoth.highlight import best_sentence, rows_of_sentences
from quoth.protocols import Embedder, Entry, Filter, IndexStore, PassageStore, QuestionVectors
from quoth.rank import Signals, fuse, judge, late_interaction, order, probability_of_answer, rerank
from quoth.records import Answer, Coverage, Document, Hit, Span, Verdict
from quoth.signs import unpack_signs
from quoth.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from quoth.rank import Scores

CANDIDATES = 50
"""From each of the two searches. More changed no figure in benchmarks/results.md."""
RERANKED = 30
"""Candidates that late interaction looks at."""
STOP_WORD_WEIGHT = 0.3
"""Of a question's function words in late interaction; 1 for the others. Chosen on three sets, see docs/explanation."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the forms that the searches and the ranking read."""

    text: str
    vectors: QuestionVectors
    weights: Scores
    """(t,) of `vectors.tokens` in late interaction."""
    words: dict[str, str]
    """Token that word search looks for -> the word as asked. Holds the forms of all languages of the index."""


@dataclass(frozen=True, slots=True)
class Options:
    k: int
    where: Filter | None
    rerank: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with the reasons that speak for it."""

    entry: Entry
    cosine: float
    word_score: float
    late_score: float | None = None
    score: float = 0.0


def prepare(text: str, embedder: Embedder, languages: Sequence[str]) -> Question:
    """Embed and analyse the question, once."""
    vectors = embedder.embed_question(text)
    stop_words = frozenset(word for language in languages for word in STOP_WORDS.get(language, ()))
    weights = np.array([STOP_WORD_WEIGHT if piece in stop_words else 1.0 for piece in vectors.pieces])
    asked = {token: span.of(text) for language in languages for token, span in analyze_spans(text, language)}
    words = {token: asked[token] for token in analyze_question(text, languages) if token in asked}
    return Question(text, vectors, weights, words)


def answer(
    question: Question, store: IndexStore, embedder: Embedder, *, coverage: Coverage, options: Options
) -> Answer:
    """At most `options.k` passages, best first, and whether the first one answers."""
    found = retrieve(question, store, options.where, k=max(CANDIDATES, options.k))
    ranked = rank(question, found, with_late_interaction=options.rerank)
    probability = probability_of_answer(signals_of(question, ranked[0])) if ranked else 0.0
    verdict = judge(probability)
    shown = [] if verdict is Verdict.NOTHING else ranked[: options.k]
    ids = dict.fromkeys(candidate.entry.passage.document_id for candidate in shown)
    documents = {document_id: store.document(document_id) for document_id in ids}
    hits = tuple(hit_of(question, one, documents[one.entry.passage.document_id], embedder) for one in shown)
    return Answer(question.text, verdict, probability, hits, coverage)


def retrieve(question: Question, store: PassageStore, where: Filter | None, *, k: int = CANDIDATES) -> list[Candidate]:
    """The union of the k nearest passages and the k that word search finds best, each with both scores.

    A passage that is not among the k of word search counts as having no word score.
    """
    nearest = store.search(vector=question.vectors.vector, k=k, where=where)
    worded = store.search(tokens=tuple(question.words), k=k, where=where) if question.words else []
    word_scores = {match.passage_id: match.score for match in worded}
    entries = store.get(sorted({match.passage_id for match in (*nearest, *worded)}))
    return [
        Candidate(entry, float(entry.vector @ question.vectors.vector), word_scores.get(passage_id, 0.0))
        for passage_id, entry in sorted(entries.items())
    ]


def rank(question: Question, candidates: Sequence[Candidate], *, with_late_interaction: bool) -> list[Candidate]:
    """Candidates, best first."""
    fused = _ordered(
        candidates,
        fuse(_scores(candidate.cosine for candidate in candidates), _scores(c.word_score for c in candidates)),
    )
    if not with_late_interaction:
        return fused
    best = [replace(candidate, late_score=_late_score(question, candidate.entry)) for candidate in fused[:RERANKED]]
    scores = rerank(_scores(c.score for c in best), _scores(c.late_score or 0.0 for c in best))
    # Fused scores are at most 1, reranked ones at least 0: less 1, no rest stands above a reranked one.
    return _ordered(best, scores) + [replace(rest, score=rest.score - 1.0) for rest in fused[RERANKED:]]


def signals_of(question: Question, best: Candidate) -> Signals:
    """What speaks for the best candidate being an answer, for `rank.probability_of_answer`."""
    return Signals(
        cosine=best.cosine,
        late=_late_score(question, best.entry) if best.late_score is None else best.late_score,
        coverage=_word_share(question, best.entry.tokens),
    )


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
        terms=tuple(dict.fromkeys(word for token, word in question.words.items() if token in found)),
        highlights=(_answering_sentence(question, candidate.entry, document, embedder.count_tokens),),
    )


def _answering_sentence(
    question: Question, entry: Entry, document: Document, count_tokens: Callable[[str], int]
) -> Span:
    passage = entry.passage
    if len(passage.sentences) == 1:
        return passage.sentences[0]
    texts = [embedding_text((), span.of(document.text)) for span in passage.sentences]
    tokens = unpack_signs(entry.token_signs, len(entry.vector))
    rows = rows_of_sentences([count_tokens(text) for text in texts], len(tokens))
    late = [late_interaction(question.vectors.tokens, question.weights, tokens[part]) for part in rows]
    word_shares = [_word_share(question, analyze(text, document.info.language)) for text in texts]
    return passage.sentences[best_sentence(late, word_shares)]


def _late_score(question: Question, entry: Entry) -> float:
    tokens = unpack_signs(entry.token_signs, len(entry.vector))
    return late_interaction(question.vectors.tokens, question.weights, tokens)


def _word_share(question: Question, tokens: Sequence[str]) -> float:
    """Share of the question's words that stand among `tokens` in some form, 0 to 1."""
    wanted = set(question.words.values())
    found = {question.words[token] for token in tokens if token in question.words}
    return len(found) / len(wanted) if wanted else 0.0


def _ordered(candidates: Sequence[Candidate], scores: Scores) -> list[Candidate]:
    ids = [candidate.entry.passage.id for candidate in candidates]
    return [replace(candidates[position], score=float(scores[position])) for position in order(scores, ids)]


def _scores(values: Iterable[float]) -> Scores:
    return np.fromiter(values, dtype=np.float64)
