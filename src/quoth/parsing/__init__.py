"""Files to exact text and locators."""

from quoth.parsing.ignoring import is_ignored
from quoth.parsing.page_wire import PageRequest, load_lines
from quoth.parsing.pdf_boxes import SCALE, PlacedLine, boxes_of
from quoth.parsing.plain import without_mark
from quoth.parsing.scan import DROPPINGS, ScanResult, locate, scan
from quoth.parsing.table import PARSER_VERSION, PARSERS, installed_parser, parse_file, readable_endings
from quoth.parsing.worker import ParsingWorker

__all__ = [
    "DROPPINGS",
    "PARSERS",
    "PARSER_VERSION",
    "SCALE",
    "PageRequest",
    "ParsingWorker",
    "PlacedLine",
    "ScanResult",
    "boxes_of",
    "installed_parser",
    "is_ignored",
    "load_lines",
    "locate",
    "parse_file",
    "readable_endings",
    "scan",
    "without_mark",
]
