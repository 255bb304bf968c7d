"""Names of files: which are passed over, and how names of any bytes are shown."""

from __future__ import annotations

import os
import re

from quoth.errors import SourceError

DROPPINGS = re.compile(r"\.|~\$|__MACOSX$|thumbs\.db$|desktop\.ini$|#.*#$|.*~$", re.IGNORECASE | re.DOTALL)
"""Hidden files, and what editors and systems leave behind."""

# A name must neither break UTF-8 nor reorder or break the line it is shown on.
# A "%" that reads as an escape is escaped too.
_UNSHOWABLE = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|%(?=[0-9A-Fa-f]{2})"
)
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


def show_name(name: str) -> str:
    """A file name as it stands in `Source.path`: bytes that cannot be shown are written "%E9", as in a URL."""
    return _UNSHOWABLE.sub(lambda match: "".join(f"%{byte:02X}" for byte in os.fsencode(match.group())), name)


def read_name(shown: str) -> str:
    """The reverse of `show_name`."""
    try:
        content = os.fsencode(shown)
    except UnicodeEncodeError:
        raise SourceError(f"{shown!r} is not the path of a document") from None
    return os.fsdecode(_ESCAPE.sub(lambda match: bytes([int(match.group(1), 16)]), content))
