"""Which index a build writes to, and whether it may: nothing that should stay is taken away."""

from __future__ import annotations

import os
from pathlib import Path

from quoth.build.plan import check_not_emptied
from quoth.errors import NoIndexError, SourceError, StoreError
from quoth.parsing import ScanResult
from quoth.protocols import Embedder
from quoth.store import EmbeddedStore

FOLDER = "folder"
"""Name of the note that says which folder the index was built from, relative to the embeddings folder."""


def store_to_build(
    embeddings: Path, folder: Path, found: ScanResult, embedder: Embedder, *, rebuild_all: bool
) -> EmbeddedStore:
    """The index to write to. Raises SourceError where that would take away what should stay."""
    model = embedder.fingerprint
    try:
        current = EmbeddedStore.open(embeddings, model=model, words_may_be_outdated=True)
    except NoIndexError:
        store = EmbeddedStore.create(embeddings, model=model, dimension=embedder.dimension)
        store.publish()  # a first build that is stopped goes on where it was
        return store
    except StoreError:
        if not rebuild_all:
            raise
        check_not_emptied(folder, found)
    else:
        if not rebuild_all:
            return current
        with current:
            check_not_emptied(folder, found, known=current.documents())
    return EmbeddedStore.create(embeddings, model=model, dimension=embedder.dimension)


def check_same_folder(embeddings: Path, folder: Path, current: EmbeddedStore) -> None:
    """Raises SourceError when the index is that of another folder that is still there."""
    noted = current.recall(FOLDER)
    other = Path(os.path.normpath(embeddings / noted)) if noted else folder
    if other != folder and other.is_dir() and current.documents():
        raise SourceError(
            f"{embeddings} holds the index of {other}; building {folder} into it would remove its documents. "
            "Name another place for the index with --embeddings, or replace it with --all."
        )
