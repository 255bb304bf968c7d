"""Haystack: 200-word splits, BM25 and embedding retrievers joined by reciprocal rank fusion, documents in memory.

The components of its hybrid retrieval tutorial, run one after the other. No ranker: the other systems are measured
without a second model, too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.workers.serving import Passage, check_slices, serve

PACKAGES = ("haystack-ai", "sentence-transformers-haystack")
WORDS = 200


class HaystackHybrid:
    def __init__(self, model: str) -> None:
        self._document_embedder = SentenceTransformersDocumentEmbedder(model=model, progress_bar=False)
        self._question_embedder = SentenceTransformersTextEmbedder(model=model, progress_bar=False)
        self._document_embedder.warm_up()
        self._question_embedder.warm_up()
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")
        # Haystack has no types that our environment could know.
        self._words: Any = None
        self._vectors: Any = None

    def index(self, texts: dict[str, str], *, is_scoped: bool) -> int:
        del is_scoped  # the store takes a filter at any time
        whole = [Document(content=text, meta={"source": source}) for source, text in texts.items()]
        splits = DocumentSplitter(split_by="word", split_length=WORDS, split_overlap=0).run(documents=whole)
        check_slices(_to_passages(splits["documents"]), texts)
        store = InMemoryDocumentStore()
        store.write_documents(self._document_embedder.run(documents=splits["documents"])["documents"])
        self._words = InMemoryBM25Retriever(store)
        self._vectors = InMemoryEmbeddingRetriever(store)
        return int(store.count_documents())

    def search(self, question: str, k: int, source: str | None) -> Sequence[Passage]:
        options: dict[str, Any] = {"top_k": k}
        if source is not None:
            options["filters"] = {"field": "meta.source", "operator": "==", "value": source}
        embedding = self._question_embedder.run(text=question)["embedding"]
        by_words = self._words.run(query=question, **options)["documents"]
        by_vectors = self._vectors.run(query_embedding=embedding, **options)["documents"]
        return _to_passages(self._joiner.run(documents=[by_words, by_vectors], top_k=k)["documents"])


def _to_passages(documents: Sequence[Any]) -> list[Passage]:
    passages = []
    for document in documents:
        start = document.meta["split_idx_start"]
        passages.append(Passage(document.meta["source"], start, start + len(document.content), document.content))
    return passages


if __name__ == "__main__":
    serve(HaystackHybrid(sys.argv[1]), PACKAGES)
