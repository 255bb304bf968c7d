"""Two settings to compare: what differs, and whether one index can serve both."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from quoth.errors import SettingsError, SourceError
from quoth.records import DocumentInfo
from quoth.settings import Settings

INDEX_IS_MADE_FROM = ("model", "passage_characters")
"""Settings that take effect with `quoth build --all` only."""


def read_assignments(assignments: Sequence[str]) -> dict[str, Any]:
    """`rerank=false` to {"rerank": False}: values as in TOML, quotes around texts may be left out."""
    values = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            raise SettingsError(f"{assignment!r} sets nothing; write name=value, such as rerank=false")
        try:
            values[name.strip()] = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            values[name.strip()] = value.strip()
    return values


def check_comparable(first: Settings, second: Settings) -> None:
    """Raise SettingsError when nothing differs, or when both name one index that cannot be made from both."""
    different = differences(first, second)
    if not different:
        raise SettingsError("the two settings are the same; change one of them")
    made_from = [name for name in INDEX_IS_MADE_FROM if name in different]
    if made_from and first.embeddings == second.embeddings:
        raise SettingsError(
            f"the index is made from {' and '.join(made_from)}, so the second settings need an index of their own: "
            'name its place in their file with embeddings = "…", run `quoth build --config` with that file, and '
            "name the file with --compare"
        )


def differences(first: Settings, second: Settings) -> tuple[str, ...]:
    """Names of the settings that differ."""
    return tuple(field.name for field in fields(Settings) if getattr(first, field.name) != getattr(second, field.name))


def check_same_documents(first: Sequence[DocumentInfo], second: Sequence[DocumentInfo]) -> None:
    """Raise SourceError unless both indexes were made from the same files."""
    one = {info.source: info.file_sha256 for info in first}
    other = {info.source: info.file_sha256 for info in second}
    different = sorted(source for source in one.keys() | other.keys() if one.get(source) != other.get(source))
    if different:
        raise SourceError(
            f"the two indexes are not of the same files ({different[0]} and {len(different) - 1:,} others differ); run "
            "`quoth build` for both"
        )
