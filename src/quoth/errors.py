"""Every error that Quoth raises on purpose.

QuothError
├── SettingsError         a setting is unknown or has a value that cannot be used
├── SourceError           the folder of documents is missing, empty all of a sudden, or cannot be listed
├── ParseError            one file could not be read; carries its path and the reason
├── ModelError            the embedding model is missing, altered or cannot be loaded
├── StoreError            something is the matter with the index in the embeddings folder
│   ├── NoIndexError      nothing was built there yet
│   ├── IndexMismatchError  it was made with another model, or by a newer Quoth
│   ├── IndexBusyError    another process is writing to it
│   ├── DocumentGoneError a document was asked for that the index does not hold (any more); also a KeyError
│   └── IndexDamagedError the database itself cannot be read
├── BusyError             too much is asked for at once
├── QuestionError         the question is empty or names documents that are not there
├── QuestionFileError     a file of questions to evaluate has lines that cannot be used, or too few questions
├── CalibrationError      a calibration file is not one of Quoth's, or is for another model
└── CitationError         a citation file is not one of Quoth's
"""

from __future__ import annotations


class QuothError(Exception):
    """Base of all errors raised on purpose. The message says what to do next."""


class SettingsError(QuothError):
    """A setting is unknown or has a value that cannot be used."""


class SourceError(QuothError):
    """The folder of documents is missing, suddenly empty, or cannot be listed."""


class ParseError(QuothError):
    """One file could not be read. `path` is the file, `reason` one sentence for people."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ModelError(QuothError):
    """The embedding model is missing, altered or cannot be loaded."""


class StoreError(QuothError):
    """Something is the matter with the index in the embeddings folder."""


class NoIndexError(StoreError):
    """Nothing was built there yet."""


class IndexMismatchError(StoreError):
    """The index was made with another model, or written by a newer Quoth."""


class IndexBusyError(StoreError):
    """Another process is writing to the index."""


class DocumentGoneError(StoreError, KeyError):
    """The index does not hold (any more) a document that was asked for by its id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"the index holds no document {document_id!r} (any more); ask again")

    def __str__(self) -> str:  # KeyError would show the message in quotes
        return str(self.args[0])


class IndexDamagedError(StoreError):
    """The database of the index cannot be read."""


class BusyError(QuothError):
    """Too much is asked for at once; it can be asked again."""


class QuestionError(QuothError):
    """The question is empty, or names documents that are not in the index.

    `template` with `values` for its `{names}` is the message as the page says it, in the reader's language;
    `advice`, for whoever has a terminal, is told besides.
    """

    def __init__(self, template: str, *, advice: str = "", **values: str | int) -> None:
        written = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        said = template.format(**written) if values else template
        super().__init__(f"{said}; {advice}" if advice else said)
        self.template = template
        self.values = values


class QuestionFileError(QuothError):
    """A file of questions has lines that cannot be used, or too few questions for what is asked of it."""


class CalibrationError(QuothError):
    """A calibration file is not one that Quoth wrote, is for another model, or no threshold keeps the risk."""


class CitationError(QuothError):
    """A citation file is not one that Quoth wrote, or is incomplete."""
