"""Documents that were read lately: an answer asks for the same few again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict

from quoth.records import Document

MOST_CHARACTERS = 20_000_000
"""Of the texts that are kept together; a single longer text is not kept."""


class RecentDocuments:
    """Safe to share between threads. Holds documents of one generation of the index; another one empties it."""

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        self._most_characters = most_characters
        self._lock = threading.Lock()
        self._generation = -1
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0

    def get(self, document_id: str, generation: int) -> Document | None:
        with self._lock:
            if generation != self._generation or document_id not in self._documents:
                return None
            self._documents.move_to_end(document_id)
            return self._documents[document_id]

    def put(self, document: Document, generation: int) -> None:
        if len(document.text) > self._most_characters:
            return
        with self._lock:
            if generation != self._generation:
                self._documents.clear()
                self._generation, self._characters = generation, 0
            if document.info.id not in self._documents:
                self._documents[document.info.id] = document
                self._characters += len(document.text)
            while self._characters > self._most_characters:
                _, oldest = self._documents.popitem(last=False)
                self._characters -= len(oldest.text)
