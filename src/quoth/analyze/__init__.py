"""Text to the tokens that word search matches: the same for every engine, for passages and for questions. Pure.

A token is a word that is no stop word: in lower case, cut to its Snowball stem, without diacritics. Scripts without
spaces between words (Chinese, Japanese, Thai, ...) and Korean, which glues particles on, give pairs of characters.
Parts of words are found as well, with less weight: they join "Ostanatolien" to "Anatolien".
"""

from quoth.analyze.language import detect_language
from quoth.analyze.script import ELIDING, UNSPACED
from quoth.analyze.stems import ANALYZER_VERSION, UNKNOWN
from quoth.analyze.tokens import (
    analyze,
    analyze_passage,
    analyze_question,
    analyze_spans,
    parts_of_question,
)

__all__ = [
    "ANALYZER_VERSION",
    "ELIDING",
    "UNKNOWN",
    "UNSPACED",
    "analyze",
    "analyze_passage",
    "analyze_question",
    "analyze_spans",
    "detect_language",
    "parts_of_question",
]
