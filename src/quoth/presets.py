"""What is known of embedding models before they are loaded. Plain data; sources in docs/how-to/models.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

PASSAGE_CHARACTERS = 230
"""Measured with all-MiniLM-L6-v2 (benchmarks/results.md); with the others it is a start, not a measurement."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model was trained to read before a question and before a passage."""

    question: str = ""
    passage: str = ""

    @property
    def fingerprint(self) -> str:
        """8 hexadecimal digits; "" without prompts."""
        texts = [self.question, self.passage]
        return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:8] if any(texts) else ""


@dataclass(frozen=True, slots=True)
class Preset:
    name: str
    """As the hub knows it."""
    dimension: int
    max_tokens: int
    """Special tokens and prompt included."""
    languages: frozenset[str]
    """ISO 639-1 codes."""
    prompts: Prompts = Prompts()
    passage_characters: int = PASSAGE_CHARACTERS

    @property
    def short_name(self) -> str:
        return self.name.rpartition("/")[2]


_ENGLISH = frozenset({"en"})
_SEARCH_QUESTION = Prompts(question="Represent this sentence for searching relevant passages: ")
_E5_CODES = (
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is it "
    "ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps pt ro ru sa sd si sk sl so sq "
    "sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh"
)

PRESETS = (
    Preset("sentence-transformers/all-MiniLM-L6-v2", 384, 256, _ENGLISH),
    Preset("MongoDB/mdbr-leaf-ir", 768, 512, _ENGLISH, _SEARCH_QUESTION),
    Preset("BAAI/bge-small-en-v1.5", 384, 512, _ENGLISH, _SEARCH_QUESTION),
    Preset("intfloat/multilingual-e5-small", 384, 512, frozenset(_E5_CODES.split()), Prompts("query: ", "passage: ")),
)


def find_preset(model: str) -> Preset | None:
    """By the last part of a name or folder: "intfloat/multilingual-e5-small", "models/multilingual-e5-small"."""
    last = PurePath(model).name.lower()
    return next((preset for preset in PRESETS if preset.short_name.lower() == last), None)


def prompts_in(config: Mapping[str, object]) -> Prompts:
    """Those among the `prompts` of a sentence-transformers configuration that are for questions and passages."""

    def first(*names: str) -> str:
        return next((text for name in names if isinstance(text := config.get(name), str) and text), "")

    return Prompts(question=first("query"), passage=first("document", "passage", "corpus"))
