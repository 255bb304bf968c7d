"""Whether an index can be used by this version of Quoth and with this model."""

from __future__ import annotations

from quoth.analyze import ANALYZER_VERSION
from quoth.errors import IndexMismatchError
from quoth.store.database import FORMAT, Database


def check_meta(database: Database, model: str, *, words_may_be_outdated: bool = False) -> None:
    """Raises IndexMismatchError."""
    meta, remedy = database.meta, "run `quoth build --all`"
    if int(meta["format"]) > FORMAT:
        raise IndexMismatchError(
            f"{database.path} was written by a newer Quoth (format {meta['format']}, this one knows {FORMAT}); "
            f"update Quoth or {remedy}"
        )
    for name, value in {"format": str(FORMAT), "model": model}.items():
        if meta[name] != value:
            raise IndexMismatchError(f"the index was made with {name} {meta[name]}, settings ask for {value}; {remedy}")
    if meta["analyzer"] != ANALYZER_VERSION and not words_may_be_outdated:
        raise IndexMismatchError(
            f"the index was made with word analysis {meta['analyzer']}, this Quoth needs {ANALYZER_VERSION}; "
            "run `quoth build`, which reads the files again and keeps what is embedded"
        )
