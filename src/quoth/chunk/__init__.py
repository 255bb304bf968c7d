"""Sentences to passages: runs of whole sentences of similar size, within what the model reads. Pure."""

from quoth.chunk.outline import embedding_text, headings_of, outline_of
from quoth.chunk.passages import Chunk, chunk

__all__ = ["Chunk", "chunk", "embedding_text", "headings_of", "outline_of"]
