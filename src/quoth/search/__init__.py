"""One question to its answer: embed, search both ways, fuse, rerank, judge, highlight, cite."""

from quoth.search.answer import Options, answer
from quoth.search.hits import hit_of
from quoth.search.leaning import Asked, lean, prepare_asked
from quoth.search.question import Question, prepare
from quoth.search.ranking import rank, signals_of
from quoth.search.retrieval import Candidate, retrieve

__all__ = [
    "Asked",
    "Candidate",
    "Options",
    "Question",
    "answer",
    "hit_of",
    "lean",
    "prepare",
    "prepare_asked",
    "rank",
    "retrieve",
    "signals_of",
]
