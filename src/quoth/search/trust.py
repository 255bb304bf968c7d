"""How far the embedding model is trusted beside the words, by the language of question and documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quoth.analyze import UNKNOWN, detect_language
from quoth.verdict import BUNDLED, OTHER_SCRIPTS, Calibration


@dataclass(frozen=True, slots=True)
class Trust:
    """Weights in `rank.fuse` and `rank.rerank`."""

    dense: float
    """Of the cosine, 0 to 1; the rest is the weight of the words."""
    late: float
    """Of late interaction."""
    spelling: float = 0.0
    """Of how words are spelt, beside the words themselves."""


KNOWN = Trust(0.5, 2.0)
SAME_SCRIPT = Trust(0.1, 1.0, spelling=1.0)
"""For a language in Latin script that the model does not know: names, numbers and shared word stems still match."""
OTHER_SCRIPT = Trust(0.1, 0.25)
"""For a language in a script that the model reads letter by letter. Figures: docs/explanation/ranking.md."""


def trust_in(model_languages: frozenset[str] | None, question: str, languages: Sequence[str]) -> Trust:
    """`model_languages`: what the model knows, None for any language; `languages`: those of the documents."""
    if model_languages is None or not _is_foreign(model_languages, question, languages):
        return KNOWN
    return SAME_SCRIPT if _is_mostly_latin(question) else OTHER_SCRIPT


def calibration_for(trust: Trust, given: Calibration) -> Calibration:
    """`given`, unless it is the bundled one and the script another than it was fitted on."""
    return OTHER_SCRIPTS if given == BUNDLED and trust == OTHER_SCRIPT else given


def _is_foreign(known: Collection[str], question: str, languages: Sequence[str]) -> bool:
    told = [language for language in languages if language != UNKNOWN]
    foreign = [language for language in told if language not in known]
    if not foreign or len(foreign) == len(told):
        return bool(foreign)
    return detect_language(question) in foreign


def _is_mostly_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return 2 * latin >= len(letters)
