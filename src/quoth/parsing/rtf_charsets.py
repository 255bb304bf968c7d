"""Which encoding the bytes of an RTF file are in."""

from __future__ import annotations

import codecs
from typing import Final

DEFAULT: Final = "cp1252"
FAMILIES: Final = {"ansi": DEFAULT, "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""Control words at the beginning of a file."""
_PAGES: Final = {0: DEFAULT, 65001: "utf-8", 10000: "mac_roman", 10001: "cp932", 10007: "mac_cyrillic"}
_CHARSETS: Final = {
    0: "cp1252",
    2: "cp1252",
    77: "mac_roman",
    78: "cp932",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


def of_page(number: int) -> str | None:
    """Python's name of a Windows code page; None for one that it does not know."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def of_charset(number: int) -> str | None:
    """Of a font's character set; None for the file's own and for those that are not known."""
    return _CHARSETS.get(number)
