"""Which parser reads which file.

Another package adds a format with an entry point of the group "quoth.parsers": its name is the ending without the dot,
its value a `protocols.Parser`, "package.module:function". The built-in endings cannot be replaced.
"""

from __future__ import annotations

import errno
import importlib.metadata
import stat
import sys
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final, cast

from quoth.parsing.limits import MAX_FILE_BYTES
from quoth.parsing.ocr_run import OcrRun
from quoth.parsing.outcome import NO_TEXT, OUT_OF_MEMORY, UnreadError, unread
from quoth.parsing.sniff import sniff
from quoth.protocols import Parser
from quoth.records import Parsed, State

PARSER_VERSION: Final = 2
"""Part of what fixes a document's text: raised whenever a parser makes another text of the same file."""

_PLAIN = "quoth.parsing.plain:parse_plain"
_MARKDOWN = "quoth.parsing.markdown:parse_markdown"
_HTML = "quoth.parsing.html:parse_html"
_PDF = "quoth.parsing.pdf:parse_pdf"
_DOCX = "quoth.parsing.docx:parse_docx"
_ODT = "quoth.parsing.odt:parse_odt"
_RTF = "quoth.parsing.rtf:parse_rtf"
_EPUB = "quoth.parsing.epub:parse_epub"
_CSV = "quoth.parsing.csv_text:parse_csv"
_MAIL = "quoth.parsing.mail:parse_mail"
_SLIDES = "quoth.parsing.slides:parse_slides"
_WORKBOOK = "quoth.parsing.workbook:parse_workbook"
_MAILBOX = "quoth.parsing.mailbox:parse_mailbox"
_WEB_ARCHIVE = "quoth.parsing.web_archive:parse_web_archive"
_SUBTITLES = "quoth.parsing.subtitles:parse_subtitles"
_NOTEBOOK = "quoth.parsing.notebook:parse_notebook"

PARSERS: Final = MappingProxyType(
    {
        **dict.fromkeys(("txt", "text", "log"), _PLAIN),
        **dict.fromkeys(("md", "markdown"), _MARKDOWN),
        **dict.fromkeys(("html", "htm", "xhtml"), _HTML),
        "pdf": _PDF,
        "docx": _DOCX,
        "rtf": _RTF,
        "epub": _EPUB,
        **dict.fromkeys(("csv", "tsv"), _CSV),
        **dict.fromkeys(("odt", "ott", "fodt"), _ODT),
        "eml": _MAIL,
        **dict.fromkeys(("xlsx", "xlsm"), _WORKBOOK),
        **dict.fromkeys(("pptx", "pptm", "ppsx"), _SLIDES),
        **dict.fromkeys(("srt", "vtt"), _SUBTITLES),
        "ipynb": _NOTEBOOK,
        **dict.fromkeys(("mht", "mhtml"), _WEB_ARCHIVE),
        "mbox": _MAILBOX,
    }
)
"""Ending of the file name, lower case, to the parser's import path: a parser's libraries are imported when needed."""

_OF_CONTENT: Final = (None, errno.EINVAL)
"""Codes of errors that come of what a file says, such as a place before its beginning, and not of its disk."""
PICTURES: Final = ("jpeg", "jpg", "png", "tif", "tiff")
"""Endings, lower case, of files that nothing but OCR reads."""
_WITH_OCR: Final = frozenset({"pdf", *PICTURES})


def parse_file(path: Path, source: str, ocr: OcrRun | None = None) -> Parsed:
    """Never raises for a bad file: it ends in a state with a reason. `source` names it; its ending decides.

    `ocr`: None for without.
    """
    suffix = _suffix(source)
    known = suffix or "unknown"
    try:
        _check(path)
        kind = suffix if installed_parser(source) else sniff(path, suffix)
        return _judge(_read_with_ocr(path, kind, ocr or OcrRun()) if kind in _WITH_OCR else _load(kind)(path))
    except UnreadError as error:
        return unread(known, error.state, error.reason)
    except OSError as error:
        if error.errno in _OF_CONTENT:
            return _damaged(suffix, error)
        why = error.strerror or str(error)
        return unread(known, State.UNREADABLE, f"the file cannot be opened: {why}; check its permissions")
    except (MemoryError, RecursionError):
        return unread(known, State.TOO_BIG, OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001  foreign parsers raise anything on a damaged file
        return _damaged(suffix, error)


def readable_endings() -> tuple[str, ...]:
    """Of file names, lower case, without the dot; those of installed parsers included. Sorted."""
    return tuple(sorted({*PARSERS, *PICTURES, *_installed(tuple(sys.path))}))


def installed_parser(source: str) -> str:
    """Name and version of the package whose parser reads a file of that name; "" for built-in ones, and for none."""
    suffix = _suffix(source)
    return "" if suffix in PARSERS or suffix in PICTURES else _installed(tuple(sys.path)).get(suffix, "")


def is_for_ocr(source: str) -> bool:
    """Whether a file of that name may be read by OCR: one whose ending says nothing is taken for what it is."""
    suffix = _suffix(source)
    return suffix in _WITH_OCR or suffix not in PARSERS


def _read_with_ocr(path: Path, kind: str, ocr: OcrRun) -> Parsed:
    if kind == "pdf":
        from quoth.parsing.pdf import parse_pdf

        return parse_pdf(path, ocr)
    from quoth.parsing.picture import parse_picture

    return parse_picture(path, ocr)


@lru_cache(maxsize=4)  # looking through all packages takes 10 ms, and is done for every file
def _installed(_: tuple[str, ...]) -> dict[str, str]:
    """Ending to package and version."""
    entries = importlib.metadata.entry_points(group="quoth.parsers")
    return {entry.name: f"{entry.value} {entry.dist.name} {entry.dist.version}" for entry in entries if entry.dist}


def _suffix(source: str) -> str:
    return PurePosixPath(source).suffix.lower().removeprefix(".")


def _check(path: Path) -> None:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise UnreadError(State.UNREADABLE, "not a file but a folder, pipe, socket or device; remove it")
    if found.st_size == 0:
        raise UnreadError(State.EMPTY, "the file is empty; if it should not be, get another copy")
    if found.st_size > MAX_FILE_BYTES:
        megabytes = MAX_FILE_BYTES // 1_000_000
        raise UnreadError(State.TOO_BIG, f"the file is larger than {megabytes} MB; split it into parts")


def _load(suffix: str) -> Parser:
    if suffix in PARSERS:
        entry = importlib.metadata.EntryPoint(suffix, PARSERS[suffix], "quoth.parsers")
        return cast(Parser, entry.load())
    for entry in importlib.metadata.entry_points(group="quoth.parsers", name=suffix):
        return cast(Parser, entry.load())
    shown = f'"{suffix}" files' if suffix else "files without an ending"
    raise UnreadError(State.UNSUPPORTED, f"{shown} cannot be read; save it as one of {', '.join(sorted(PARSERS))}")


def _judge(parsed: Parsed) -> Parsed:
    """No text is never `read`."""
    if parsed.state.has_text and not parsed.text.strip():
        return unread(parsed.kind, State.EMPTY, parsed.reason or NO_TEXT)
    return parsed


def _damaged(suffix: str, error: Exception) -> Parsed:
    reason = f"the file is damaged ({_summary(error)}); save it again or get another copy"
    return unread(suffix, State.DAMAGED, reason)


def _summary(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:120]
