"""What Quoth passes around: frozen values, standard library only."""

from quoth.records.answer import Answer, CarriedTerm, Coverage, Hit, Named, Verdict
from quoth.records.bare import BareText, blanked, spans_within, widened, with_space, without_furniture
from quoth.records.build import BuildReport, Ignored, Progress, Status
from quoth.records.citation import UNIT_NAMES, Citation, Verification, VerificationResult, label_of, place_of, shorten
from quoth.records.document import Document, DocumentInfo, Passage, Skipped, Source, heading_path
from quoth.records.hyphens import (
    HYPHENS,
    PartedWord,
    find_parted,
    in_one_piece,
    join_hyphens,
    parted_words,
    undo_hyphens,
)
from quoth.records.mentions import DocumentAnswer, DocumentMentions, EachAnswer, Mention, Mentions
from quoth.records.original import Original, PageBox
from quoth.records.reading import ReadingText, read_text
from quoth.records.text import TABLE_LEVEL, Block, BlockKind, Heading, Locator, Parsed, Run, Span, State, Unit

__all__ = [
    "HYPHENS",
    "TABLE_LEVEL",
    "UNIT_NAMES",
    "Answer",
    "BareText",
    "Block",
    "BlockKind",
    "BuildReport",
    "CarriedTerm",
    "Citation",
    "Coverage",
    "Document",
    "DocumentAnswer",
    "DocumentInfo",
    "DocumentMentions",
    "EachAnswer",
    "Heading",
    "Hit",
    "Ignored",
    "Locator",
    "Mention",
    "Mentions",
    "Named",
    "Original",
    "PageBox",
    "Parsed",
    "PartedWord",
    "Passage",
    "Progress",
    "ReadingText",
    "Run",
    "Skipped",
    "Source",
    "Span",
    "State",
    "Status",
    "Unit",
    "Verdict",
    "Verification",
    "VerificationResult",
    "blanked",
    "find_parted",
    "heading_path",
    "in_one_piece",
    "join_hyphens",
    "label_of",
    "parted_words",
    "place_of",
    "read_text",
    "shorten",
    "spans_within",
    "undo_hyphens",
    "widened",
    "with_space",
    "without_furniture",
]
