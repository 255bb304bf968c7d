"""Which characters make words, and where a text has them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

ELIDING = frozenset({"ca", "fr", "it"})  # "l'eau", "dell'arte": the apostrophe ends a word there

APOSTROPHES = "'’ʼ＇"
HYPHENS = "\\-\u2010\u2011\u2013"
JOINERS = "\u00ad\u200c\u200d"  # soft hyphen and zero-width (non-)joiners stand inside words
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
UNSPACED = (
    "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    f"{HAN}"
    "\uac00-\ud7a3\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3"  # Hangul, Thai, Lao, Burmese, Khmer
)


@cache
def marks() -> str:
    """Combining marks, to be put into a character class: `isalnum` leaves them out, which would cut Hindi words."""
    return "".join(chr(code) for code in range(0x300, 0x11000) if unicodedata.category(chr(code))[0] == "M")


@cache
def word_pattern() -> re.Pattern[str]:
    """Matches a run of an unspaced script, a number with separators, or a word with its hyphens, in named groups."""
    letter = f"[^\\W_{UNSPACED}]"
    word = f"{letter}(?:{letter}|[{marks()}{JOINERS}]|[{APOSTROPHES}](?={letter}))*"
    group = "\\d{1,3}(?:%s\\d{3})+"
    comma, dot, space = (group % separator for separator in (r"[,\u00a0\u2009\u202f]", r"\.", " "))
    # A dot between groups of three is a decimal point in some languages, unless there are two; see `numbers`.
    number = rf"(?:{comma}(?:\.\d+)?|{dot}(?:,\d+)?|\d+[.,]\d+|{space}(?:[.,]\d+)?(?![ ]?\d))"
    # "2.4m", "2.4万": see `numbers`.
    number += rf"(?![.,]?(?!(?:[kKmM]|[mMbB]n)\b)[^\W{UNSPACED}])"
    # A hyphen at the end of a line: the word may go on in the next.
    return re.compile(
        f"(?P<unspaced>[{UNSPACED}][{UNSPACED}{marks()}]*)"
        rf"|(?P<number>(?<![\w.,])(?<!\d[ ]){number})"
        f"|{word}(?:(?:[{HYPHENS}]|[{HYPHENS}\u00ad]\r?\n[ \t]*){word})*"
    )


@cache
def part_pattern(is_eliding: bool) -> re.Pattern[str]:
    """Matches one word of a compound."""
    letter = f"[^\\W_{UNSPACED}]"
    inside = "" if is_eliding else f"|[{APOSTROPHES}](?={letter})"
    return re.compile(f"{letter}(?:{letter}|[{marks()}{JOINERS}]{inside})*")


@cache
def character_pattern() -> re.Pattern[str]:
    """Matches a character of an unspaced script with its marks."""
    return re.compile(f".[{marks()}\uff9e\uff9f]*", re.DOTALL)


@cache
def han_pattern() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")
