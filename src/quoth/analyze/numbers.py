"""Numbers written in different ways, for matching only: "2.4m", "2,400,000", "2,4 Mio." and "240万" are one."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from quoth.analyze.stems import ascii_digits

_SPACES = "\u0020\u00a0\u2009\u202f"
_DOT_GROUPS = frozenset({"da", "de", "el", "es", "id", "it", "nl", "pt", "ro", "tr"})
"""Languages in which "1.000" is a thousand."""

# Power of ten by the beginning of a word that follows a number. Billion and trillion are in `_power`.
_POWERS = {
    3: "k thousand tausend tsd mil mille mila duizend tusen bin тыс тысяч ألف آلاف 千",
    4: "万 萬",
    6: "m mn mio million milion milhã milhõ millón millon milj milyon миллион млн мільйон مليون ملايين 百万",
    8: "亿 億",
    9: "bn mrd milliard miliard miljard milyar bilhã bilhõ миллиард млрд мільярд مليار مليارات",
}
_WHOLE_WORDS = frozenset({"k", "m", "mn", "bn", "mil", "mila", "mille", "bin", "tsd", "mio", "mrd"})
_ATTACHED = frozenset({"k", "m"})  # "2.4m"; "100 m" are metres
_LONGEST = 40
"""Characters of a number or of the word after it."""


def plain_number(number: str, language: str) -> str:
    """16263 for "16,263" and for "16 263", 3.5 for "3,5"; 16263 for "16.263" too in languages that write so."""
    digits = re.sub(f"[{_SPACES}]", " ", ascii_digits(unicodedata.normalize("NFKC", number)))
    if re.fullmatch(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?", digits):
        return re.sub("[, ]", "", digits)
    if re.fullmatch(r"\d{1,3}(?: \d{3})+,\d+", digits):
        return digits.replace(" ", "").replace(",", ".")
    groups = "+" if language in _DOT_GROUPS else "{2,}"
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:\.\d{{3}}){groups}(?:,\d+)?", digits):
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", ".")


def value_at(text: str, start: int, end: int, language: str) -> tuple[str, int] | None:
    """The value of the number `text[start:end]` with the word for thousand, million, ... after it, and where that ends.

    None when no such word follows, or when the value is no whole number.
    """
    following = _following_pattern().match(text, end)
    number = plain_number(text[start:end], language)
    if following is None or end - start > _LONGEST or not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", number):
        return None
    word = following["word"].casefold()
    is_unit = word in _ATTACHED and following.start("word") > end
    power = 0 if is_unit else _power(word, language)
    value = Decimal(number).scaleb(power)
    if not power or value != value.to_integral_value():
        return None
    return format(value.to_integral_value(), "f"), following.end("word")


def _power(word: str, language: str) -> int:
    """0 for a word that is none."""
    # A billion is a million millions where a milliard lies between.
    if re.fullmatch("billi(?:on|ón).*", word) or word.startswith("billones"):
        return 9 if language == "en" else 12
    if word.startswith("trillion"):
        return 12 if language == "en" else 18
    if word == "mil millones":
        return 9
    for known, power in _beginnings():
        if word == known or (known not in _WHOLE_WORDS and word.startswith(known)):
            return power
    return 0


@cache
def _beginnings() -> tuple[tuple[str, int], ...]:
    """Longest first: "milliard" before "mil"."""
    found = [(word.casefold(), power) for power, words in _POWERS.items() for word in words.split()]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _following_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"[{_SPACES}]?(?P<word>百万|[千万萬亿億]|(?:mil millones)|[^\W\d_]{{1,{_LONGEST}}})", re.IGNORECASE
    )
