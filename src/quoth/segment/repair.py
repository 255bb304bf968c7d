"""Which of the boundaries that the engine found are none. Only ever joins, so it fits behind any engine."""

from __future__ import annotations

import re

from quoth.segment.marks import CLOSERS, OPENERS

_REACH = 40
"""Characters looked at on either side of a boundary."""
_BELONGS_BEFORE = re.compile(rf"[{re.escape(CLOSERS)}\u0300-\u036f\u200d\ufe0e\ufe0f]+")
_BELONGS_AFTER = re.compile(rf"(?<=\s)[{re.escape(OPENERS)}\"']+\s*$")
_TITLES = (
    "Mr Mrs Ms Dr Drs Prof St Rev Gen Col Sgt Capt Lt Cmdr Adm Hon Sen Rep Gov Messrs vs viz cf approx "
    "e.g i.e al Sr Sra Srta Dra Ud Uds Hr Fr bzw ggf vgl sog inkl z.B z.\u00a0B d.h u.a z M MM Mme Mlle Mgr Me p.ex d"
)
_BEFORE_NUMBERS = (
    "No Nos no nos Nr Fig Figs fig figs Eq Eqs eq Sec sec Sect Ch ch Chap Vol vol vols p pp P Pp Art art arts Arts núm "
    "núms Núm pág págs cap Cap Abs Abb Tab Kap Bd S Z Rn c ca circa n nn § v ver Jan Feb Mar Apr Jun Jul Aug Sep Sept "
    "Oct Nov Dec"
)


def _ends_with_any(abbreviations: str) -> re.Pattern[str]:
    listed = "|".join(re.escape(short) for short in sorted(abbreviations.split(" "), key=len, reverse=True))
    return re.compile(rf"(?:^|[\s(\[“\"'«„])(?:{listed})\.$")


_TITLE = _ends_with_any(_TITLES)
_BEFORE_NUMBER = _ends_with_any(_BEFORE_NUMBERS)
_SPACED = re.compile(r"(?:^|\s)(?:z\. ?B|d\. ?h|u\. ?a|p\. ?ej|p\. ?ex|EE\. ?UU)\.$")
_ARABIC = re.compile(r"(?:^|\s)[دأمص]\.$")
_NUMBER_ALONE = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)\]]")
_INITIAL = re.compile(r"(?:^|[\s(\-“\"])[A-HJ-ZÀ-Þ]\.$")
_STARTERS = re.compile(
    r"(?:The|He|She|It|They|This|That|These|Those|We|You|But|And|Then|There|His|Her|In|On|At|An|If|When|Er|Sie|Es|Der"
    r"|Die|Das|El|La|Los|Las|Il|Elle|Ils|Le|Les)\b"
)
_GERMAN_ORDINAL = re.compile(
    r"(?:\b(?:am|zum|im|der|des|dem|den|vom|das|die|ab|bis|seit)|[–-])\s*\d{1,2}\.$", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?:^|\D)\d{1,2}\.$")
_COUNTED = re.compile(
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|Jahrtausend"
    r"|Lebensjahr|Auflage|Kapitel|Platz|Mal|Weltkrieg)"
)
_LOWER_WORD = re.compile(r"[\"“„«‘'(\[]?[^\W\d_]+")


def settle(clean: str, cut: int) -> int:
    """`cut` moved past closing marks that belong to the sentence before, or before opening ones of the next."""
    closing = _BELONGS_BEFORE.match(clean, cut)
    if closing:
        return closing.end()
    opening = _BELONGS_AFTER.search(clean[max(0, cut - _REACH) : cut])
    return cut - len(opening.group()) if opening else cut


def is_boundary(clean: str, start: int, cut: int, *, german: bool, informal: bool) -> bool:
    """Whether a sentence that began at `start` ends at `cut`. `informal` = sentences may begin in lower case."""
    left = clean[max(start, cut - _REACH) : cut].rstrip()
    right = clean[cut : cut + _REACH].lstrip()
    if not left or not right or not any(character.isalnum() for character in left):
        return False
    if not informal and _goes_on_in_lower_case(right):
        return False
    return not (_is_shortened(left, right) or _is_number(left, right, german) or _NUMBER_ALONE.fullmatch(left.strip()))


def _goes_on_in_lower_case(right: str) -> bool:
    word = _LOWER_WORD.match(right)
    return word is not None and word.group().islower()


def _is_shortened(left: str, right: str) -> bool:
    if _TITLE.search(left) or _SPACED.search(left) or _ARABIC.search(left):
        return True
    if _BEFORE_NUMBER.search(left):
        return right[0].isdigit() or right[0] in "IVXLC"
    return _INITIAL.search(left) is not None and right[0].isupper() and _STARTERS.match(right) is None


def _is_number(left: str, right: str, german: bool) -> bool:
    if _ORDINAL.search(left) and _COUNTED.match(right):
        return True
    return german and _GERMAN_ORDINAL.search(left) is not None
