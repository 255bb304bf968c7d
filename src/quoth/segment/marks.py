"""What the characters at the edges of a line say: sentence ended, sentence open, list item."""

from __future__ import annotations

import re

FINAL_MARKS = ".!?…。．！？｡؟۔।॥‽"
CLOSERS = ")]}»›”’」』】）》〉〕"
"""Brackets and quotes that close in every language that closes with them at all; straight quotes do both."""
OPENERS = "([{«‹“‘„‚「『【（《〈〔¿¡"

_AFTER_FINAL = re.escape(CLOSERS + "“‘\"'*†‡⁰¹²³⁴⁵⁶⁷⁸⁹")
_FINAL = re.compile(rf"[{re.escape(FINAL_MARKS)}][{_AFTER_FINAL}]*(?:\[\d{{1,3}}\]|\d{{1,3}})?$")
_SHORTENED = re.compile(
    r"(?:^|[\s(\[“\"'«])(?:[A-ZÀ-Þ]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Sra|Mme|Mlle|Hr|Fr|vs|No|Nr|Fig|Vol|pp?|cf|ca|e\.g|i\.e"
    r"|art|núm|pág|Abs|Abb|Bd|bzw)\.$"
)
_OPEN = re.compile(r"[,;\-‐‑–—、，；؛،(\[{（「『“„«]$")
_BULLET = r"[•‣◦▪▫●○■□◆–—*+\-·]"
# "M. Olsen" is a name: capitals count items only before a bracket.
_NUMBER = r"\(?(?:(?:\d{1,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[.)、）]|[A-Z]\))"
_ITEM = re.compile(rf"(?:{_BULLET}|{_NUMBER})[ \t\u3000]+\S")
# Tried from the first letter of a word only: the time for a long one would grow with the square.
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
_FUNCTION_WORD = re.compile(
    # English
    r"(?:an?|the|and|or|but|nor|of|to|in|on|at|by|for|from|with|as|than|that|which|who|whose|into|about|between"
    r"|through|his|her|its|their|our|your|this|these|is|are|was|were|be|has|have|had|not"
    # Spanish, Portuguese, Italian
    r"|el|las?|los|unas?|unos?|y|o|del?|al|en|con|por|para|que|sus?|como|sin|sobre|entre|es|e|os|do|dos|em|na|no|nas"
    r"|nos|ao|à|uma?|il|lo|gli|di|da|nel|della|delle|dei|che|per"
    # German
    r"|der|die|das|den|dem|des|eine?|einen|einem|einer|und|oder|von|zu|zum|zur|im|am|mit|für|auf|aus|bei|nach|über|dass"
    # French
    r"|les?|et|ou|du|dans|par|pour|avec|sur|une|qui|ne|sans|ce|cette|aux)",
    re.IGNORECASE,
)
"""Words that no sentence ends with."""


def ends_sentence(line: str) -> bool:
    """Whether a sentence may end with this line: a final mark, whatever closing quotes and note marks follow it."""
    return _FINAL.search(line) is not None and _SHORTENED.search(line) is None


def ends_open(line: str) -> bool:
    """Whether something must follow: after a comma, an opening bracket, a hyphen, or a word that ends no sentence."""
    if _OPEN.search(line):
        return True
    word = _LAST_WORD.search(line)
    return word is not None and _FUNCTION_WORD.fullmatch(word.group()) is not None


def begins_item(line: str) -> bool:
    """Whether the line begins with a bullet or with the number of a list item."""
    return _ITEM.match(line) is not None
