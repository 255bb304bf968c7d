"""Files to exact text and locators."""

from quoth.parsing.plain import without_mark
from quoth.parsing.scan import ScanResult, locate, scan
from quoth.parsing.table import PARSER_VERSION, PARSERS, parse_file
from quoth.parsing.worker import ParsingWorker

__all__ = ["PARSERS", "PARSER_VERSION", "ParsingWorker", "ScanResult", "locate", "parse_file", "scan", "without_mark"]
