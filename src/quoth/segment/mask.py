"""Same-length stand-ins for a text, made only for the sentence finder: never stored, never shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoth.records import Span

_LINE_ENDS = str.maketrans(dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))
_DELIMITER = re.compile('["“”„«»‹›(){}\\[\\]（）【】「」『』《》〈〉〔〕]')
_SINGLE_QUOTE = re.compile(r"(?<!\w)['‘’‚]|['‘’‚](?!\w)")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "（": "）", "【": "】", "「": "」", "『": "』"} | {
    "《": "》", "〈": "〉", "〔": "〕", "“": "”", "„": "“", '"': '"'
}  # fmt: skip
_LONGEST_QUOTE = 400
"""Characters between a bracket or quote and its mate; farther apart they are taken for strays."""
_GLUED_DIGIT = re.compile(r"(?<=[。！？])\d")
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


def blank_out(text: str, span: Span, furniture: Sequence[Span]) -> str:
    """The characters of `span`, with furniture (sorted) and line ends turned to spaces."""
    shown = []
    at = span.start
    for hidden in furniture:
        start, end = max(hidden.start, at), min(hidden.end, span.end)
        if start < end:
            shown += [text[at:start], " " * (end - start)]
            at = end
    shown.append(text[at : span.end])
    return "".join(shown).translate(_LINE_ENDS)


def mask_for_engine(clean: str) -> str:
    """`clean` without what misleads sentencex 1.0, which takes everything inside quotes or brackets for one sentence.

    Stray quotes and brackets become spaces, "…" a full stop, and a digit right after "。" an ideograph, because
    no boundary is found before it.
    """
    masked = _NOT_UTF8.sub("?", clean).replace("…", ".")
    masked = _GLUED_DIGIT.sub("一", _SINGLE_QUOTE.sub(" ", masked))
    return _blank(masked, _strays(masked))


def mask_delimiters(masked: str) -> str:
    """Every quote and bracket gone, for sentences that are too long to be believed."""
    return _DELIMITER.sub(" ", masked)


def _strays(text: str) -> set[int]:
    """Positions of quotes and brackets without a mate within reach."""
    strays = set()
    waiting: list[tuple[int, str]] = []
    for found in _DELIMITER.finditer(text):
        at, mark = found.start(), found.group()
        if waiting and waiting[-1][1] == mark and at - waiting[-1][0] <= _LONGEST_QUOTE:
            waiting.pop()
        elif mark in _CLOSED_BY:
            waiting.append((at, _CLOSED_BY[mark]))
        else:
            strays.add(at)
    return strays | {at for at, _ in waiting}


def _blank(text: str, positions: set[int]) -> str:
    if not positions:
        return text
    characters = list(text)
    for at in positions:
        characters[at] = " "
    return "".join(characters)
