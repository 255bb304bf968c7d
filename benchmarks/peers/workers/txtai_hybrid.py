"""txtai: hybrid search over paragraphs, both as in its documentation."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from txtai.embeddings import Embeddings
from txtai.pipeline import Segmentation

from benchmarks.peers.workers.serving import Passage, check_slices, serve

PACKAGES = ("txtai",)


class TxtaiHybrid:
    def __init__(self, model: str, segment: Any) -> None:
        """`segment`: a txtai pipeline whose segments are slices of the text, in order."""
        # txtai has no types that our environment could know.
        self._embeddings: Any = Embeddings(path=model, hybrid=True, content=True)
        self._embeddings.transform("loads the model")
        self._segment = segment
        self._passages: list[Passage] = []

    def index(self, texts: dict[str, str], *, is_scoped: bool) -> int:
        del is_scoped  # the database takes a filter at any time
        self._passages = list(self._split(texts))
        check_slices(self._passages, texts)
        self._embeddings.index(
            (number, {"text": passage.text, "source": passage.source}) for number, passage in enumerate(self._passages)
        )
        return len(self._passages)

    def search(self, question: str, k: int, source: str | None) -> Sequence[Passage]:
        if source is None:
            found = self._embeddings.search(question, k)
        else:
            # It filters after the search: only with all passages as candidates none of the document is missed.
            query = "select id, score from txtai where similar(:question, :candidates) and source = :source"
            values = {"question": question, "candidates": len(self._passages), "source": source}
            found = self._embeddings.search(query, k, parameters=values)
        return [self._passages[int(entry["id"])] for entry in found]

    def _split(self, texts: dict[str, str]) -> Iterator[Passage]:
        for source, text in texts.items():
            position = 0
            for segment in self._segment(text):
                position = text.index(segment, position)
                if segment.strip():
                    yield Passage(source, position, position + len(segment), segment)
                position += len(segment)


if __name__ == "__main__":
    # Its cleaning only takes away spaces; without it every passage is a slice of its file.
    serve(TxtaiHybrid(sys.argv[1], Segmentation(paragraphs=True, cleantext=False)), PACKAGES)
