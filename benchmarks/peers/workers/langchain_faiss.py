"""LangChain: RecursiveCharacterTextSplitter(1000, 200) and FAISS, as in its retrieval tutorials."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.peers.workers.serving import Passage, check_slices, serve

PACKAGES = ("langchain-community", "langchain-huggingface", "langchain-text-splitters")
CHARACTERS, OVERLAP = 1000, 200


class LangChainFaiss:
    def __init__(self, model: str) -> None:
        self._embeddings = HuggingFaceEmbeddings(model_name=model, model_kwargs={"device": "cpu"})
        self._vectors: Any = None  # LangChain has no types that our environment could know
        self._count = 0

    def index(self, texts: dict[str, str], *, is_scoped: bool) -> int:
        del is_scoped  # the store takes a filter at any time
        chunks = split(texts)
        self._vectors = FAISS.from_documents(chunks, self._embeddings)
        self._count = len(chunks)
        return self._count

    def search(self, question: str, k: int, source: str | None) -> Sequence[Passage]:
        if source is None:
            return to_passages(self._vectors.similarity_search(question, k=k))
        # It filters after the search: only with all passages as candidates none of the document is missed.
        found = self._vectors.similarity_search(question, k=k, filter={"source": source}, fetch_k=self._count)
        return to_passages(found)


def split(texts: dict[str, str]) -> list[Any]:
    """LangChain documents, each with its file and its start in it. Raises ValueError when one is no slice."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP, add_start_index=True)
    chunks: list[Any] = splitter.create_documents(
        list(texts.values()), metadatas=[{"source": source} for source in texts]
    )
    check_slices(to_passages(chunks), texts)
    return chunks


def to_passages(chunks: Iterable[Any]) -> list[Passage]:
    return [
        Passage(
            chunk.metadata["source"],
            chunk.metadata["start_index"],
            chunk.metadata["start_index"] + len(chunk.page_content),
            chunk.page_content,
        )
        for chunk in chunks
    ]


if __name__ == "__main__":
    serve(LangChainFaiss(sys.argv[1]), PACKAGES)
