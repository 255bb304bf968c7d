"""One question to its answer: search both ways, rank, judge, fold, highlight, cite."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import cache, partial

from quoth.errors import QuestionError
from quoth.protocols import Embedder, Filter, IndexStore, Reranker
from quoth.records import Answer, Coverage, Verdict
from quoth.search.crossing import cross_rank
from quoth.search.question import Question
from quoth.search.ranking import put_below, rank, signals_of
from quoth.search.retrieval import CANDIDATES, conditions, retrieve
from quoth.search.trust import calibration_for
from quoth.search.winners import hit_of_winner, winners_of, with_all_copies
from quoth.verdict import BUNDLED, SIGNAL_NAMES, Calibration, judge, probability_of_answer

MOST_PASSAGES = 1_000


@dataclass(frozen=True, slots=True)
class Options:
    k: int
    where: Filter | None
    rerank: bool
    per_document: int = MOST_PASSAGES
    """Most passages of one document."""
    calibration: Calibration = BUNDLED
    reranker: Reranker | None = None
    is_named: bool = False
    """The question names the documents of `where`: what comes closest in them is shown, however far it is."""

    def __post_init__(self) -> None:
        for name, passages in (("k", self.k), ("per_document", self.per_document)):
            if type(passages) is not int or not 1 <= passages <= MOST_PASSAGES:
                raise QuestionError(f"{name} is {passages!r}; ask for 1 to {MOST_PASSAGES:,} passages")


def answer(
    question: Question, store: IndexStore, embedder: Embedder, *, coverage: Coverage, options: Options
) -> Answer:
    """At most `options.k` passages, best first, and whether the first one answers."""
    found = retrieve(question, store, options.where)
    ranked = rank(question, found, store.neighbours if options.rerank else None)
    read = cross_rank(question.text, ranked, options.reranker) if options.reranker and ranked else ranked
    signals = signals_of(question, ranked, read[0]) if ranked else None
    calibration = calibration_for(question.trust, options.calibration)
    probability = probability_of_answer(signals, calibration) if signals else 0.0
    verdict = judge(probability, calibration)
    is_calibrated = options.calibration.model == embedder.fingerprint
    has_reason = bool(question.phrases or question.carried.terms) or options.is_named
    if ranked and verdict is Verdict.NOTHING and (has_reason or not is_calibrated):
        # What was asked for stands there; or the question says too little by itself to rule it out; or the threshold,
        # which was chosen on scores of another model.
        verdict = Verdict.CLOSEST
    shown = [] if verdict is Verdict.NOTHING else read
    if shown and options.k > CANDIDATES:  # below what was judged, so that the verdict does not depend on k
        shown = put_below(shown, question, retrieve(question, store, options.where, k=options.k))
    document_of = cache(store.document)
    winners = winners_of(shown, document_of, k=options.k, per_document=options.per_document)
    winners = with_all_copies(winners, partial(store.copies, where=conditions(question, options.where)))
    hits = tuple(hit_of_winner(question, winner, document_of, embedder) for winner in winners)
    return Answer(
        question.asked,
        verdict,
        probability,
        hits,
        coverage,
        signals=tuple(zip(SIGNAL_NAMES, astuple(signals), strict=True)) if signals else (),
        phrases=question.phrases,
        excluded=question.excluded,
        searched_for=question.carried.terms,
        is_calibrated=is_calibrated,
    )
