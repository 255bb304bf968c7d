"""Plain text: the text is the file."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from pathlib import Path

from quoth.parsing.decoding import Decoded, decode
from quoth.parsing.limits import MAX_CHARACTERS
from quoth.parsing.outcome import TOO_MUCH_TEXT, UnreadError
from quoth.records import Locator, Parsed, Run, State

_MARK = "\ufeff"
_FORM_FEED = re.compile("\f(?=.)", re.DOTALL)


def parse_plain(path: Path) -> Parsed:
    """Runs tell the page where the file has form feeds; blocks are left to `segment`."""
    decoded = read_text(path)
    text, reason = fit(decoded)
    return Parsed(
        kind="txt",
        text=text,
        runs=_pages(text),
        is_file_text=True,
        encoding=decoded.encoding,
        state=State.PARTLY_READ if reason else State.READ,
        reason=reason,
    )


def read_text(path: Path) -> Decoded:
    """The decoded file, as Python reads it: the byte order mark of UTF-8 is its first character, that of others none.

    Raises UnreadError when it holds no text.
    """
    content = path.read_bytes()
    decoded = decode(content)
    if decoded.is_binary:
        raise UnreadError(State.DAMAGED, "the file holds binary data, not text; is the ending of its name right?")
    if content.startswith(codecs.BOM_UTF8) and decoded.text.strip():
        return replace(decoded, text=_MARK + decoded.text)
    return decoded


def without_mark(text: str) -> str:
    """`text` with a space in the place of a byte order mark: of the same length, for finding what stands where."""
    return f" {text[1:]}" if text.startswith(_MARK) else text


def fit(decoded: Decoded) -> tuple[str, str]:
    """The text within the limit, and why it is not the whole text; "" when it is."""
    if len(decoded.text) > MAX_CHARACTERS:
        return decoded.text[:MAX_CHARACTERS], TOO_MUCH_TEXT.format(count=MAX_CHARACTERS)
    if decoded.invalid:
        places = "one place" if decoded.invalid == 1 else f"{decoded.invalid:,} places"
        return decoded.text, f"{places} could not be decoded as {decoded.encoding} and are shown as �; save it as UTF-8"
    return decoded.text, ""


def _pages(text: str) -> tuple[Run, ...]:
    starts = [match.end() for match in _FORM_FEED.finditer(text)]
    return tuple(Run(start, Locator(page=page)) for page, start in enumerate([0, *starts], 1)) if starts else ()
