"""Answers, reports and citations as text, Markdown and JSON; JSON back to citations. Strings in, strings out."""

from quoth.render.csv_writing import BYTE_ORDER_MARK, MENTION_COLUMNS, TABLE_COLUMNS, csv_lines, mentions_csv, table_csv
from quoth.render.json_reading import HOW_TO_GIVE, citations_from_json
from quoth.render.json_writing import answer_json, build_json, citation_json, status_json, verifications_json
from quoth.render.languages import language_advice, languages_line
from quoth.render.markdown import answer_markdown
from quoth.render.progress import Pace, percent, progress_line
from quoth.render.tables import mentions_json, mentions_text, table_json, table_text
from quoth.render.terminal import answer_text, build_text, status_text, verifications_text
from quoth.render.visible import visible

__all__ = [
    "BYTE_ORDER_MARK",
    "HOW_TO_GIVE",
    "MENTION_COLUMNS",
    "TABLE_COLUMNS",
    "Pace",
    "answer_json",
    "answer_markdown",
    "answer_text",
    "build_json",
    "build_text",
    "citation_json",
    "citations_from_json",
    "csv_lines",
    "language_advice",
    "languages_line",
    "mentions_csv",
    "mentions_json",
    "mentions_text",
    "percent",
    "progress_line",
    "status_json",
    "status_text",
    "table_csv",
    "table_json",
    "table_text",
    "verifications_json",
    "verifications_text",
    "visible",
]
