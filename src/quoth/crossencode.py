"""Question and passage read together: the only module that loads a cross-encoder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from quoth.errors import ModelError
from quoth.models import find_folder, hub_answers, reason_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

BATCH_PAIRS = 32


class LazyCrossEncoder:
    """`Reranker` that loads its model when it is first asked to score. One thread scores at a time."""

    def __init__(self, name: str, location: str) -> None:
        self.name = name
        self._location = location
        self._lock = threading.Lock()
        self._model: Any = None  # the library's own type ends here

    @classmethod
    def find(cls, name: str) -> LazyCrossEncoder:
        """By folder, or by a name for the hub. Reads no weights and imports no torch.

        Raises ModelError when a folder is named that is not there or holds no model.
        """
        folder = find_folder(name, "cross_encoder")
        if folder and not (folder / "config.json").is_file():
            raise _unusable(name, "the folder holds no config.json")
        return cls(name, str(folder or name))

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """(n,) of 0 to 1. What is longer than the model reads is cut at the passage's end. Raises ModelError."""
        with self._lock:
            if self._model is None:
                self._model = _load(self.name, self._location)
            if not passages:
                return np.zeros(0)
            pairs = [(question, passage) for passage in passages]
            logits = self._model.predict(pairs, batch_size=BATCH_PAIRS, show_progress_bar=False)
        # Sigmoid in float64: in float32, two sure passages would both get 1.0.
        return np.asarray(1 / (1 + np.exp(-logits.astype(np.float64))))


def _load(name: str, location: str) -> Any:
    log.info("loading the cross-encoder %s", name)
    import torch
    from sentence_transformers import CrossEncoder
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    try:
        model = CrossEncoder(
            location,
            device="cpu",
            local_files_only=Path(location).is_dir() or not hub_answers(location),
            activation_fn=torch.nn.Identity(),
        )
        labels = int(model.num_labels)
    except Exception as error:  # whatever a foreign loader raises: missing files, bad JSON, no network
        raise _unusable(name, reason_of(error)) from error
    if labels != 1:
        raise _unusable(name, f"it gives {labels} figures for a pair, not one: it was not trained for ranking")
    if not _was_trained_so(model):
        raise _unusable(name, "it is a model of another kind, such as one for embedding, without weights for scoring")
    return model


def _was_trained_so(model: Any) -> bool:
    """Whether the weights are those of the class they were put into.

    The library makes a cross-encoder out of an embedding model too, with random numbers for what is missing.
    """
    from transformers import PreTrainedModel

    networks = [module for module in model.modules() if isinstance(module, PreTrainedModel)]
    trained_as = networks[0].config.architectures if networks else None
    return not trained_as or type(networks[0]).__name__ in trained_as


def _unusable(name: str, reason: str) -> ModelError:
    return ModelError(
        f"the cross-encoder {name!r} cannot be loaded: {reason}. Set `cross_encoder` to a folder that holds one, to a "
        'name the hub knows (with HF_HUB_OFFLINE=0 and a network, once), or to "" to do without.'
    )
