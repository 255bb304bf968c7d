"""Text to vectors: the only module that imports sentence_transformers for embedding."""

from __future__ import annotations

import logging
import platform
import threading
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from quoth.errors import ModelError
from quoth.models import ModelSource, check_bundled_weights, find_model, hub_answers, reason_of
from quoth.presets import Prompts, prompts_in
from quoth.protocols import Embedding, QuestionVectors
from quoth.settings import BUNDLED_MODEL, Precision
from quoth.signs import pack_signs

if TYPE_CHECKING:
    from quoth.protocols import Matrix

log = logging.getLogger(__name__)

__all__ = ["LazyEmbedder", "ModelSource", "SentenceTransformerEmbedder", "find_model", "load_embedder"]

_WHOLE = {"add_special_tokens": False, "truncation": False, "padding": False, "verbose": False}
_TOKENIZER_MARKS = "#▁Ġ"  # of word pieces, SentencePiece and byte-level BPE

BATCH_TOKENS = 2048
"""Padded tokens in one batch: enough to fill two to eight cores, small enough to stay in their caches."""


def load_embedder(source: ModelSource, precision: Precision = "auto") -> SentenceTransformerEmbedder:
    """Load the weights (seconds). A local model is loaded without asking any hub. Raises ModelError."""
    if source.name == BUNDLED_MODEL:
        check_bundled_weights(Path(source.location))
    kind = _resolve_precision(precision)
    log.info("loading %s in %s", source.name, kind)
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # "Loading weights" would be drawn over our own progress
    try:
        model = SentenceTransformer(
            source.location,
            device="cpu",
            local_files_only=source.is_local or not hub_answers(source.location),
            model_kwargs={"dtype": torch.bfloat16 if kind == "bfloat16" else torch.float32},
        )
    except Exception as error:  # whatever a foreign loader raises: missing files, bad JSON, no network
        raise ModelError(
            f"the model {source.name!r} cannot be loaded: {reason_of(error)}. Set `model` to a folder that holds a "
            f"sentence-transformers model, to a name the hub knows (with HF_HUB_OFFLINE=0 and a network, once), or to "
            f"{BUNDLED_MODEL!r}, which is installed."
        ) from error
    return SentenceTransformerEmbedder(model, source.fingerprint, source.prompts, source.languages)


class LazyEmbedder:
    """`Embedder` that loads its model when it is first asked to work: a build of unchanged files needs none."""

    def __init__(self, source: ModelSource, precision: Precision = "auto") -> None:
        self._source = source
        self._precision = precision
        self._lock = threading.Lock()
        self._loaded: SentenceTransformerEmbedder | None = None

    def load(self) -> SentenceTransformerEmbedder:
        """The embedder itself; the first call takes seconds. Raises ModelError."""
        with self._lock:
            if self._loaded is None:
                self._loaded = load_embedder(self._source, self._precision)
            return self._loaded

    @property
    def fingerprint(self) -> str:
        return self._source.fingerprint

    @property
    def dimension(self) -> int:
        return self.load().dimension

    @property
    def languages(self) -> frozenset[str] | None:
        return self._source.languages

    @property
    def budget_tokens(self) -> int:
        return self.load().budget_tokens

    def count_tokens(self, text: str) -> int:
        return self.load().count_tokens(text)

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        return self.load().embed_documents(texts)

    def embed_question(self, question: str) -> QuestionVectors:
        return self.load().embed_question(question)


class SentenceTransformerEmbedder:
    """`Embedder` on a sentence-transformers model. One thread encodes at a time; torch uses all cores for it."""

    def __init__(
        self, model: Any, fingerprint: str, prompts: Prompts | None = None, languages: frozenset[str] | None = None
    ) -> None:
        # Any: the library's own types end here
        self._model = model
        # Ours are passed with every call: the library would take an empty "document" before a "passage".
        self._prompts = prompts_in(model.prompts) if prompts is None else prompts
        self._fingerprint = fingerprint
        self._languages = languages
        self._lock = threading.Lock()
        names = ("cls", "sep", "bos", "eos", "pad")  # not the unknown token: it stands for text
        ids = [getattr(model.tokenizer, f"{name}_token_id", None) for name in names]
        self._frame_ids = [token_id for token_id in ids if token_id is not None]
        self._special_tokens = len(model.tokenizer("", verbose=False)["input_ids"])
        self._before_text = {prompt: self._prompt_tokens(prompt) for prompt in astuple(self._prompts)}
        self._behind_pooling = [module for module in model if _maps_sentences(module)]

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension())

    @property
    def languages(self) -> frozenset[str] | None:
        return self._languages

    @property
    def budget_tokens(self) -> int:
        # 256 word pieces including [CLS] and [SEP]: what is longer is cut in silence.
        return int(self._model.max_seq_length) - self._special_tokens - len(self._token_ids(self._prompts.passage))

    def count_tokens(self, text: str) -> int:
        with self._lock:
            return len(self._token_ids(text))

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        embeddings: dict[int, Embedding] = {}
        with self._lock:
            lengths = [len(ids) for ids in self._model.tokenizer(list(texts), **_WHOLE)["input_ids"]] if texts else []
            for rows in batches_by_tokens(lengths, BATCH_TOKENS):
                embeddings.update(zip(rows, self._encode([texts[row] for row in rows]), strict=True))
        return [embeddings[row] for row in range(len(texts))]

    def embed_question(self, question: str) -> QuestionVectors:
        with self._lock:
            output = self._model.encode_query(
                question, prompt=self._prompts.question, output_value=None, show_progress_bar=False
            )
            is_text = self._is_text(output, self._prompts.question)
            ids = output["input_ids"][is_text].tolist()
            pieces = [
                piece.strip(_TOKENIZER_MARKS).lower() for piece in self._model.tokenizer.convert_ids_to_tokens(ids)
            ]
            tokens = unit_rows(_to_numpy(self._in_sentence_space(output["token_embeddings"][is_text])))
        kept = [row for row, piece in enumerate(pieces) if any(character.isalnum() for character in piece)]
        return QuestionVectors(
            vector=unit_rows(_to_numpy(output["sentence_embedding"])[None, :])[0],
            tokens=tokens[kept],
            pieces=tuple(pieces[row] for row in kept),
        )

    def _encode(self, texts: list[str]) -> Iterator[Embedding]:
        import torch

        outputs = self._model.encode_document(
            texts, prompt=self._prompts.passage, output_value=None, batch_size=len(texts), show_progress_bar=False
        )
        vectors = unit_rows(_to_numpy(torch.stack([output["sentence_embedding"] for output in outputs])))
        # All texts of the batch at once: one call into torch each, not one for every text.
        masks = [self._is_text(output, self._prompts.passage) for output in outputs]
        tokens = torch.cat([output["token_embeddings"] for output in outputs])[torch.cat(masks)]
        signs = pack_signs((self._in_sentence_space(tokens) > 0).cpu().numpy())
        end = 0
        for vector, mask in zip(vectors, masks, strict=True):
            start, end = end, end + int(mask.sum()) * -(-self.dimension // 8)
            yield Embedding(vector, signs[start:end])

    def _is_text(self, output: dict[str, Any], prompt: str) -> Any:
        """(tokens,) mask of those that are neither padding nor special nor the prompt's."""
        is_text = output["attention_mask"].bool()
        for token_id in self._frame_ids:
            is_text &= output["input_ids"] != token_id
        return is_text & (is_text.cumsum(0) > self._before_text[prompt])

    def _prompt_tokens(self, prompt: str) -> int:
        """Tokens that a prompt adds before a text. The space it ends with can be a token, or melt into the text's."""
        pairs = zip(self._token_ids(prompt), self._token_ids(f"{prompt}a"), strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def _in_sentence_space(self, tokens: Any) -> Any:
        """(n, dimension) token vectors where those of sentences are: some models end in a linear layer behind pooling.

        A sentence's vector is then the layer of the mean of its tokens, which is the mean of the layer of each.
        """
        import torch

        with torch.inference_mode():
            for module in self._behind_pooling:
                weights = next(module.parameters())
                tokens = module({"sentence_embedding": tokens.to(weights.dtype)})["sentence_embedding"]
        return tokens

    def _token_ids(self, text: str) -> list[int]:
        ids: list[int] = self._model.tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)[
            "input_ids"
        ]
        return ids


def batches_by_tokens(lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    """Row numbers in batches of similar length, longest first, each at most `limit` tokens with its padding.

    Longest first, so that a model that is too large for the memory fails at once and not at the end.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > limit:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def unit_rows(matrix: Matrix) -> Matrix:
    """Rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)


def has_bfloat16() -> bool:
    """Whether this CPU multiplies in bfloat16 (AVX-512 BF16, AMX, Arm bf16); one that only emulates it is slower."""
    if platform.system() != "Linux":
        return False
    flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split())
    return bool(flags & {"avx512_bf16", "amx_bf16", "bf16"})


def _resolve_precision(precision: Precision) -> Literal["float32", "bfloat16"]:
    if precision == "auto":
        return "bfloat16" if has_bfloat16() else "float32"
    return precision


def _maps_sentences(module: Any) -> bool:
    """Whether it is a linear layer behind the pooling; some models have one on token vectors, before it."""
    named = getattr(module, "module_input_name", "sentence_embedding")
    return type(module).__name__ == "Dense" and named == "sentence_embedding"


def _to_numpy(tensor: Any) -> Matrix:
    array: Matrix = tensor.float().cpu().numpy()
    return array
