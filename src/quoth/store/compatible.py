"""Whether an index can be used by this version of Quoth and with this model."""

from __future__ import annotations

from quoth.analyze import ANALYZER_VERSION
from quoth.errors import IndexMismatchError
from quoth.store.database import FORMAT, Database


def check_meta(database: Database, model: str, *, words_may_be_outdated: bool = False) -> None:
    """Raises IndexMismatchError. Who reads outdated words anew gets a database of an older format upgraded as well."""
    if words_may_be_outdated:
        database.upgrade()
    meta, remedy = database.meta, "run `quoth build --all`"
    if int(meta["format"]) > FORMAT:
        raise IndexMismatchError(
            f"{database.path} was written by a newer Quoth (format {meta['format']}, this one knows {FORMAT}); "
            f"update Quoth or {remedy}"
        )
    if int(meta["format"]) < FORMAT:
        raise IndexMismatchError(
            f"{database.path} was written by an older Quoth (format {meta['format']}, this one knows {FORMAT}); "
            f"run `quoth build`, which keeps what is embedded, or {remedy}"
        )
    if meta["model"] != model:
        raise IndexMismatchError(f"the index was made with model {meta['model']}, settings ask for {model}; {remedy}")
    if meta["analyzer"] != ANALYZER_VERSION and not words_may_be_outdated:
        raise IndexMismatchError(
            f"the index was made with word analysis {meta['analyzer']}, this Quoth needs {ANALYZER_VERSION}; "
            "run `quoth build`, which reads the files again and keeps what is embedded"
        )
