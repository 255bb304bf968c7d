"""The page over a real library with a folder of its own, which can be changed from the page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.serving import serving

from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.ui.terms import Terms


class SlowEmbedder(HashEmbedder):
    """Waits for the test before it embeds what holds the word "slowly"."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    def embed_documents(self, texts: Any) -> Any:
        if any("slowly" in text for text in texts):
            assert self.go_on.wait(60)
        return super().embed_documents(texts)


class Room:
    """The page over a folder of its own."""

    def __init__(self, place: Path) -> None:
        self.place, self.folder, self.embedder = place, place / "documents", SlowEmbedder()
        for name, text in {
            "letters/1911/anna.txt": "The ferry left at nine.",
            "letters/ottilie.txt": "The lighthouse went dark on Tuesday.",
            "ledger.txt": "The ferry crossed with seven passengers.",
            "map.xlsx": "no map",
        }.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, "utf-8")

    def open(self) -> Library:
        return Library(self.place / "index", Settings(folder=str(self.folder)), self.embedder)

    @contextmanager
    def served(self, **terms: Any) -> Iterator[str]:
        with self.open() as library:
            library.build()
            with serving(library, Terms(keeps=library, **terms)) as address:
                yield f"{address}/?view=documents"
