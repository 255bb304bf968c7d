"""The question in the forms that searching and ranking read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quoth.analyze import analyze_question, analyze_spans, parts_of_question
from quoth.followup import NOTHING_CARRIED, Carried
from quoth.protocols import Embedder, QuestionVectors
from quoth.query import read_query
from quoth.search.trust import KNOWN, Trust, trust_in
from quoth.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from quoth.protocols import Vector
    from quoth.rank import Scores

STOP_WORD_WEIGHT = 0.3
"""Of a question's function words in late interaction; 1 for the others. Chosen on three sets, see docs/explanation."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the forms that the searches and the ranking read."""

    text: str
    """What is searched for: without quotation marks and without what is excluded."""
    vectors: QuestionVectors
    weights: Scores
    """(t,) of `vectors.tokens` in late interaction."""
    words: dict[str, str]
    """Token that word search looks for -> the word as asked. Holds the forms of all languages of the index."""
    asked: str = ""
    """The question as typed."""
    phrases: tuple[str, ...] = ()
    """Must stand in a passage as they are."""
    excluded: tuple[str, ...] = ()
    """Must not."""
    carried: Carried = NOTHING_CARRIED
    """What earlier turns lend."""
    carried_tokens: tuple[str, ...] = ()
    """Tokens of it that are none of the question's."""
    leaning_vector: Vector | None = None
    """Of the question and what it carries; None when it carries nothing."""
    parts: tuple[str, ...] = ()
    """Parts of the words, which word search looks for too."""
    trust: Trust = KNOWN
    """How far the embedding model is trusted beside the words."""

    @property
    def search_vector(self) -> Vector:
        return self.vectors.vector if self.leaning_vector is None else self.leaning_vector


def prepare(asked: str, embedder: Embedder, languages: Sequence[str]) -> Question:
    """Read, embed and analyse the question, once. Raises QuestionError for one that `read_query` refuses."""
    query = read_query(asked)
    text = query.text
    vectors = embedder.embed_question(text)
    stop_words = frozenset(word for language in languages for word in STOP_WORDS.get(language, ()))
    weights = np.array([STOP_WORD_WEIGHT if piece in stop_words else 1.0 for piece in vectors.pieces])
    typed = {token: span.of(text) for language in languages for token, span in analyze_spans(text, language)}
    words = {token: typed[token] for token in analyze_question(text, languages) if token in typed}
    parts = parts_of_question(text, languages)
    trust = trust_in(embedder.languages, text, languages)
    return Question(text, vectors, weights, words, asked, query.phrases, query.excluded, parts=parts, trust=trust)


def word_share(question: Question, tokens: Sequence[str]) -> float:
    """Share of the question's words that stand among `tokens` in some form, 0 to 1."""
    wanted = set(question.words.values())
    found = {question.words[token] for token in tokens if token in question.words}
    return len(found) / len(wanted) if wanted else 0.0
