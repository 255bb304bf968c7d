"""How much is read of one file. Chosen so that the parsing process stays well inside its memory limit."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 200_000_000
MAX_CHARACTERS: Final = 50_000_000
MAX_BLOCKS: Final = 2_000_000
MAX_ROWS: Final = 1_000_000
"""Of a delimited text."""
MAX_CELLS: Final = 1_000_000
"""Of a workbook, those that hold something."""
MAX_MEMBER_BYTES: Final = 100_000_000
"""One part of a zip archive, unpacked."""
MAX_ARCHIVE_BYTES: Final = 300_000_000
"""All parts of a zip archive, unpacked."""
TITLE_CHARACTERS: Final = 300
"""Longer titles, of documents and in outlines, are shortened; the text keeps them whole."""
