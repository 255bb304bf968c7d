"""Files to exact text and locators."""

from quoth.parsing.ignoring import is_ignored
from quoth.parsing.names import DROPPINGS
from quoth.parsing.ocr import OFF, Ocr, find_ocr, say_ocr
from quoth.parsing.opening import Copies, Opened, archive_of, exists, opened
from quoth.parsing.outcome import UnreadError
from quoth.parsing.page_wire import PageRequest, load_lines
from quoth.parsing.pdf_boxes import SCALE, PlacedLine, boxes_of
from quoth.parsing.plain import without_mark
from quoth.parsing.scan import ScanResult, locate, scan
from quoth.parsing.table import (
    PARSER_VERSION,
    PARSERS,
    PICTURES,
    installed_parser,
    is_for_ocr,
    parse_file,
    readable_endings,
)
from quoth.parsing.worker import ParsingWorker
from quoth.parsing.zipped import is_archive, unpacked_sizes

__all__ = [
    "DROPPINGS",
    "OFF",
    "PARSERS",
    "PARSER_VERSION",
    "PICTURES",
    "SCALE",
    "Copies",
    "Ocr",
    "Opened",
    "PageRequest",
    "ParsingWorker",
    "PlacedLine",
    "ScanResult",
    "UnreadError",
    "archive_of",
    "boxes_of",
    "exists",
    "find_ocr",
    "installed_parser",
    "is_archive",
    "is_for_ocr",
    "is_ignored",
    "load_lines",
    "locate",
    "opened",
    "parse_file",
    "readable_endings",
    "say_ocr",
    "scan",
    "unpacked_sizes",
    "without_mark",
]
