"""Files to exact text and locators."""

from quoth.parsing.page_wire import PageRequest, load_lines
from quoth.parsing.pdf_boxes import SCALE, PlacedLine, boxes_of
from quoth.parsing.plain import without_mark
from quoth.parsing.scan import ScanResult, locate, scan
from quoth.parsing.table import PARSER_VERSION, PARSERS, parse_file
from quoth.parsing.worker import ParsingWorker

__all__ = [
    "PARSERS",
    "PARSER_VERSION",
    "SCALE",
    "PageRequest",
    "ParsingWorker",
    "PlacedLine",
    "ScanResult",
    "boxes_of",
    "load_lines",
    "locate",
    "parse_file",
    "scan",
    "without_mark",
]
