"""LangChain: the same passages, BM25 and FAISS joined by EnsembleRetriever, half and half as in its documentation."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings

from benchmarks.peers.workers.langchain_faiss import PACKAGES, split, to_passages
from benchmarks.peers.workers.serving import Passage, serve


class LangChainEnsemble:
    def __init__(self, model: str) -> None:
        self._embeddings = HuggingFaceEmbeddings(model_name=model, model_kwargs={"device": "cpu"})
        self._vectors: Any = None  # LangChain has no types that our environment could know
        self._words: dict[str | None, Any] = {}
        """For the file that is asked of; for all files under None."""
        self._count = 0

    def index(self, texts: dict[str, str], *, is_scoped: bool) -> int:
        chunks = split(texts)
        self._vectors = FAISS.from_documents(chunks, self._embeddings)
        self._words = {None: BM25Retriever.from_documents(chunks)}
        if is_scoped:  # BM25Retriever knows no filter
            for source in texts:
                of_source = [chunk for chunk in chunks if chunk.metadata["source"] == source]
                self._words[source] = BM25Retriever.from_documents(of_source)
        self._count = len(chunks)
        return self._count

    def search(self, question: str, k: int, source: str | None) -> Sequence[Passage]:
        options: dict[str, Any] = {"k": k}
        if source is not None:
            # It filters after the search: only with all passages as candidates none of the document is missed.
            options |= {"filter": {"source": source}, "fetch_k": self._count}
        words = self._words[source]
        words.k = k
        both = EnsembleRetriever(
            retrievers=[words, self._vectors.as_retriever(search_kwargs=options)], weights=[0.5, 0.5]
        )
        return to_passages(both.invoke(question))[:k]


if __name__ == "__main__":
    serve(LangChainEnsemble(sys.argv[1]), (*PACKAGES, "langchain-classic", "rank-bm25"))
