"""Bytes to text, as an editor would show it: no newline translation, no normalisation."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Those that people's files are in. Left out: UTF-7 and EBCDIC, which short texts are mistaken for.
# fmt: off
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15", "koi8_r", "koi8_u",
    "mac_roman", "cp437", "cp850", "cp866", "cp874",
    "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949",
]
# fmt: on
_NEIGHBOURS = {"cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2"}
_DETECTION_BYTES = 200_000
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# Escape and backspace are left out: terminal logs and manual pages are full of them, and they are text.
_CONTROL = re.compile("[\0-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTE = re.compile(rb"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_COMMON = re.compile("[\n -~\u3000-\u303f]")
_UTF16_BYTES = 4096
_TEXT_ENCODING = re.compile(r"(utf-|iso8859|cp\d|koi8|mac|gb|hz|big5|euc|shift|iso2022|tis|johab)")
"""Python's names of those that hold text: "hex" and "unicode_escape" do not."""
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    """Without the byte order mark, so that offsets and columns are those an editor shows."""
    encoding: str
    """Python's name of the encoding."""
    invalid: int = 0
    """Places where the bytes are not valid in that encoding and U+FFFD stands instead."""
    controls: float = 0.0
    """Share of characters that no text holds, 0 to 1."""

    @property
    def is_binary(self) -> bool:
        """More than one in a hundred characters is none: every binary file tried lies above, every text below."""
        return self.controls > 0.01 or self.invalid > max(5, len(self.text) // 100)


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """By byte order mark, `declared` encoding, strict UTF-8, UTF-16 without mark, damaged UTF-8, then detection."""
    marked = _by_mark(content)
    if marked:
        return marked
    decoded = None
    for encoding in (declared, "utf-8"):
        text = encoding and _decode_strictly(content, encoding)
        decoded = _decoded(text, encoding) if encoding and text is not None else None
        # ASCII in UTF-16 is valid UTF-8, half of it NULs.
        if decoded and not decoded.is_binary:
            return decoded
    # Valid UTF-8 full of controls is either that or binary: no other encoding would be more than a guess.
    guess = _utf16_without_mark(content)
    if decoded and not guess:
        return decoded
    return _decode_leniently(content, guess or _damaged_utf8(content) or _detect(content))


def text_codec(charset: str) -> str | None:
    """Python's name of the encoding that a page or a mail says it is in; None where that is unknown or says nothing."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    if name in {"iso8859-1", "ascii"}:  # as browsers read them
        return "cp1252"
    return name if _TEXT_ENCODING.match(name) else None


def storable(text: str) -> str:
    """`text` with NUL and lone surrogates as U+FFFD, of the same length: SQLite and UTF-8 take neither."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def _by_mark(content: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_leniently(content[len(mark) :], encoding)
    return None


def _decode_strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_leniently(content: bytes, encoding: str) -> Decoded:
    text = _decode_strictly(content, encoding)
    if text is not None:
        return _decoded(text, encoding)
    text = content.decode(encoding, errors="replace")
    return _decoded(text, encoding, invalid=max(1, text.count(REPLACEMENT)))


def _decoded(text: str, encoding: str, invalid: int = 0) -> Decoded:
    controls = len(_CONTROL.findall(text)) / max(1, len(text))
    return Decoded(storable(text), codecs.lookup(encoding).name, invalid, controls)


def _utf16_without_mark(content: bytes) -> str | None:
    """Only where the single bytes hold controls that no text has: two bytes of "café" are a Chinese character too."""
    head = content[:_UTF16_BYTES]
    if len(content) % 2 or len(_CONTROL_BYTE.findall(head)) * 100 <= len(head):
        return None
    readings = {encoding: head.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be")}
    encoding = max(readings, key=lambda name: len(_COMMON.findall(readings[name])))
    return encoding if _looks_written(readings[encoding]) else None


def _looks_written(text: str) -> bool:
    strange = sum(unicodedata.category(char) in {"Cn", "Co", "Cs"} or char == REPLACEMENT for char in text)
    return (strange + len(_CONTROL.findall(text))) * 50 <= len(text)


def _damaged_utf8(content: bytes) -> str | None:
    """Many valid multi-byte characters beside a few bad bytes: one bad byte must not garble every accent."""
    valid = len(_MULTIBYTE.findall(content))
    invalid = content.decode("utf-8", errors="replace").count(REPLACEMENT) if valid >= 3 else valid
    return "utf-8" if valid >= 3 and invalid * 10 <= valid else None


def _detect(content: bytes) -> str:
    matches = from_bytes(content[:_DETECTION_BYTES], cp_isolation=_LEGACY)
    best = matches.best()
    if best is None:
        return "cp1252"
    # Western text is often taken for its neighbour when both decode it equally well.
    western = [match for match in matches if match.encoding == "cp1252" and match.chaos <= best.chaos]
    return "cp1252" if western and best.encoding in _NEIGHBOURS else best.encoding
