"""Whether a question leans on earlier ones, and which of their words it needs. Pure; no word is made up.

What is carried are words of the last question and the title of the document that its best passage came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from quoth.analyze import analyze, analyze_spans, detect_language
from quoth.followup_words import FOLLOW_UP_WORDS, FollowUpWords
from quoth.records import Answer, CarriedTerm, Span

MOST_TERMS = 6
"""Carried at most, for one question."""
FEW_WORDS = 1
"""A question with no more words of its own is a fragment, unless it asks what something is."""

SHOWN = 5
"""Passages of the last answer whose words are looked at."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d[\d.,]*")
_END_OF_CLAUSE = re.compile(r"\s*(?:[?.!,;:)]|$)")
_END_OF_SENTENCE = re.compile(r"\s*[?.!:]")
_I = re.compile(r"I(?:['’]|$)")


class Leaning(StrEnum):
    """How a question needs the one before it."""

    ALONE = "alone"
    REFERS = "refers"
    """It refers back, goes on, or is a fragment."""
    NAMES_NOTHING = "names nothing"
    """No name and no number in it says what it is about."""


WEIGHTS = {Leaning.ALONE: 0.0, Leaning.REFERS: 0.4, Leaning.NAMES_NOTHING: 0.2}
"""Of what is carried in the question's vector, beside 1 - weight of the question itself.

Chosen on half of the conversations of inscit_dev, see docs/explanation/follow-ups.md.
"""


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier turns lend to a question."""

    terms: tuple[CarriedTerm, ...] = ()
    leaning: Leaning = Leaning.ALONE

    @property
    def weight(self) -> float:
        return WEIGHTS[self.leaning]

    @property
    def text(self) -> str:
        return ", ".join(term.term for term in self.terms)


NOTHING_CARRIED = Carried()


def carry(
    question: str, history: Sequence[Answer | str], *, languages: Sequence[str] = (), drop: Sequence[str] = ()
) -> Carried:
    """What `question` needs of `history`, oldest first; of a turn given as text, only the question is known.

    `languages` are those of the documents, for a question too short to tell its own. Terms of `drop` are left out,
    whatever their case.
    """
    language = _language_of(question, languages)
    leaning = leaning_of(question, language) if history else Leaning.ALONE
    if leaning is Leaning.ALONE:
        return NOTHING_CARRIED
    known: set[str] = set(analyze(question, language))
    if leaning is Leaning.NAMES_NOTHING and not known & _words_of(history[-1], language):
        return NOTHING_CARRIED
    terms: list[CarriedTerm] = []
    unwanted = {term.casefold() for term in drop}
    for term in _terms_of(history[-1], leaning, languages):
        tokens = set(analyze(term.term, language))
        if tokens - known and term.term.casefold() not in unwanted:
            terms.append(term)
            known |= tokens
    return Carried(tuple(terms[:MOST_TERMS]), leaning) if terms else NOTHING_CARRIED


def _words_of(turn: Answer | str, language: str) -> set[str]:
    """Tokens of what was asked and of what was shown: a question that shares none of them is about something else."""
    texts = [turn] if isinstance(turn, str) else [turn.question, _title_of(turn), *(_shown(turn))]
    return {token for text in texts for token in analyze(text, language)}


def _shown(answer: Answer) -> list[str]:
    return [hit.passage.text for hit in answer.hits[:SHOWN]]


def leaning_of(question: str, language: str) -> Leaning:
    """Judged by words alone. In a language without a table in `followup_words`, every question stands alone."""
    words = FOLLOW_UP_WORDS.get(language)
    if words is None:
        return Leaning.ALONE
    own = [span.of(question) for _, span in analyze_spans(question, language)]
    if own and len(own) == len(_WORD.findall(question)):
        return Leaning.ALONE  # words to look for, not a sentence
    goes_on = question.lower().lstrip("¿¡ ").startswith(words.openings)
    if goes_on or _refers(question, language, words) or _is_fragment(question, own, words):
        return Leaning.REFERS
    has_names = not words.has_capital_names or any(True for _ in _names(question))
    return Leaning.ALONE if has_names else Leaning.NAMES_NOTHING


def _refers(question: str, language: str, words: FollowUpWords) -> bool:
    """Whether a pronoun stands there before any name that it could stand for."""
    first_name = next(_names(question), len(question)) if words.has_capital_names else len(question)
    for match in _WORD.finditer(question, 0, first_name):
        word = re.split("['’]", match[0].lower())[0]
        if word in words.references or (word in words.closing and _END_OF_CLAUSE.match(question, match.end())):
            return True
        # "Quand est-elle née ?", but not "Quand la ville est-elle née ?", which names her.
        if not words.references.isdisjoint(word.split("-")) and not analyze(question[: match.start()], language):
            return True
    return False


def _is_fragment(question: str, own: Sequence[str], words: FollowUpWords) -> bool:
    """`own`: the words that are no stop words."""
    telling = [word for word in own if word.lower() not in words.asking]
    is_whole = question.lower().startswith(words.defining) or any(True for _ in _names(question))
    return len(telling) < FEW_WORDS if is_whole else len(telling) <= FEW_WORDS


def _names(question: str) -> Iterator[int]:
    """Offsets of words with a capital inside a sentence, and of numbers."""
    begins_sentence = True
    for match in _WORD.finditer(question):
        is_name = match[0][0].isupper() and not begins_sentence and not _I.match(match[0])
        if is_name or match[0][0].isdigit():
            yield match.start()
        begins_sentence = bool(_END_OF_SENTENCE.match(question, match.end()))


def _terms_of(turn: Answer | str, leaning: Leaning, languages: Sequence[str]) -> Iterator[CarriedTerm]:
    """What the turn is about, the most telling first."""
    question = turn if isinstance(turn, str) else turn.question
    title = "" if isinstance(turn, str) else _title_of(turn)
    if title:
        yield CarriedTerm(title, "title", question)
    if leaning is Leaning.REFERS or not title:
        yield from (CarriedTerm(phrase, "question", question) for phrase in _phrases(question, languages))
    if not isinstance(turn, str) and not title:
        yield from turn.searched_for


def _title_of(answer: Answer) -> str:
    """Of the best passage's document, without suffix where the file name stands in for a title."""
    if not answer.hits:
        return ""
    citation = answer.hits[0].citation
    path = PurePosixPath(citation.source)
    return path.stem if citation.title in (path.name, str(path)) else citation.title


def _phrases(question: str, languages: Sequence[str]) -> list[str]:
    """The names in `question`, else all runs of words that are neither stop words nor ways to ask; in order."""
    language = _language_of(question, languages)
    words = FOLLOW_UP_WORDS.get(language)
    ignored = words.asking | words.references | words.closing if words else frozenset()
    spans = [span for _, span in analyze_spans(question, language) if span.of(question).lower() not in ignored]
    names = [span for span in spans if span.of(question)[0].isupper() or span.of(question)[0].isdigit()]
    return [run.of(question) for run in _join(names or spans, question)]


def _join(spans: Sequence[Span], text: str) -> list[Span]:
    """Spans with nothing but white space between them become one."""
    runs: list[Span] = []
    for span in sorted(spans):
        if runs and not text[runs[-1].end : span.start].strip():
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    return runs


def _language_of(question: str, languages: Sequence[str]) -> str:
    found = detect_language(question)
    if found in FOLLOW_UP_WORDS:
        return found
    return next((language for language in languages if language in FOLLOW_UP_WORDS), found)
