"""One question to its answer: search both ways, rank, judge, highlight, cite."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.protocols import Embedder, Filter, IndexStore, Reranker
from quoth.records import Answer, Coverage, Verdict
from quoth.search.crossing import cross_rank
from quoth.search.hits import hit_of
from quoth.search.question import Question
from quoth.search.ranking import rank, signals_of
from quoth.search.retrieval import CANDIDATES, retrieve
from quoth.verdict import judge, probability_of_answer


@dataclass(frozen=True, slots=True)
class Options:
    k: int
    where: Filter | None
    rerank: bool
    reranker: Reranker | None = None


def answer(
    question: Question, store: IndexStore, embedder: Embedder, *, coverage: Coverage, options: Options
) -> Answer:
    """At most `options.k` passages, best first, and whether the first one answers."""
    found = retrieve(question, store, options.where, k=max(CANDIDATES, options.k))
    ranked = rank(question, found, with_late_interaction=options.rerank)
    if options.reranker is not None and ranked:
        ranked = cross_rank(question.text, ranked, options.reranker)
    probability = probability_of_answer(signals_of(question, ranked[0])) if ranked else 0.0
    verdict = judge(probability)
    if ranked and question.phrases and verdict is Verdict.NOTHING:
        verdict = Verdict.CLOSEST  # the words that were asked for stand there
    shown = [] if verdict is Verdict.NOTHING else ranked[: options.k]
    ids = dict.fromkeys(candidate.entry.passage.document_id for candidate in shown)
    documents = {document_id: store.document(document_id) for document_id in ids}
    hits = tuple(hit_of(question, one, documents[one.entry.passage.document_id], embedder) for one in shown)
    return Answer(
        question.asked,
        verdict,
        probability,
        hits,
        coverage,
        phrases=question.phrases,
        excluded=question.excluded,
    )
