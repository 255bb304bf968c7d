"""One question to its answer: embed, search both ways, fuse, rerank, judge, highlight, cite."""

from quoth.search.answer import Options, answer
from quoth.search.each import MOST_DOCUMENTS, Part, answer_each
from quoth.search.hits import hit_of
from quoth.search.leaning import Asked, lean, prepare_asked
from quoth.search.mentions import find_mentions, show_mentions
from quoth.search.naming import find_named, named_before
from quoth.search.question import Question, prepare
from quoth.search.ranking import rank, signals_of
from quoth.search.retrieval import Candidate, retrieve
from quoth.search.trust import calibration_for, trust_in

__all__ = [
    "MOST_DOCUMENTS",
    "Asked",
    "Candidate",
    "Options",
    "Part",
    "Question",
    "answer",
    "answer_each",
    "calibration_for",
    "find_mentions",
    "find_named",
    "hit_of",
    "lean",
    "named_before",
    "prepare",
    "prepare_asked",
    "rank",
    "retrieve",
    "show_mentions",
    "signals_of",
    "trust_in",
]
