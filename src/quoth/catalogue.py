"""What can be said of a list of documents: pure."""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Callable, Sequence

from quoth.errors import QuestionError
from quoth.records import DocumentInfo, Skipped, Source, State

FOREIGN_SHARE = 0.1
"""Of the documents: below it, another model for their sake is not worth embedding all of them anew."""


def choose(documents: Sequence[DocumentInfo], patterns: Sequence[str]) -> list[DocumentInfo]:
    """Those whose path matches one of the shell patterns; all for no pattern. Raises QuestionError for none."""
    if isinstance(patterns, str):
        raise QuestionError(f"sources is the text {patterns!r}; give a list of patterns, such as [{patterns!r}]")
    if not all(isinstance(pattern, str) for pattern in patterns):
        raise QuestionError(f"sources is {patterns!r}; give a list of patterns, such as ['letters/*']")
    chosen = [info for info in documents if not patterns or any(fnmatch.fnmatchcase(info.source, p) for p in patterns)]
    if patterns and not chosen:
        named = ", ".join(map(repr, patterns))
        advice = "`quoth status --documents` lists them all"
        raise QuestionError("no document matches {patterns}", advice=advice, patterns=named)
    return chosen


def skipped_of(documents: Sequence[DocumentInfo]) -> tuple[Skipped, ...]:
    """Those that are not, or not wholly, in the index."""
    return tuple(Skipped(d.source, d.state, d.reason) for d in documents if d.state is not State.READ)


def foreign_languages(documents: Sequence[DocumentInfo], known: frozenset[str] | None) -> tuple[str, ...]:
    """Languages that a model which knows `known` (None: all) does not know, most frequent first.

    Empty unless at least FOREIGN_SHARE of the documents with text are in them.
    """
    languages = Counter(info.language for info in documents if info.state.has_text)
    foreign = Counter({lang: n for lang, n in languages.items() if known is not None and lang not in known | {"und"}})
    is_many = foreign.total() >= FOREIGN_SHARE * languages.total()
    return tuple(language for language, _ in foreign.most_common()) if is_many else ()


def has_same_stat(info: DocumentInfo, source: Source, parser_version: int) -> bool:
    """Whether a file looks as it did when it was read, and would be read by the same parser."""
    return (info.size, info.mtime_ns, info.parser_version) == (source.size, source.mtime_ns, parser_version)


def stale_paths(
    sources: Sequence[Source], documents: Sequence[DocumentInfo], parser_version: Callable[[str], int]
) -> tuple[str, ...]:
    """What a build would read or remove. `parser_version`: of what reads the file of a path now."""
    known = {info.source: info for info in documents if info.file_sha256}
    fresh = {s.path for s in sources if s.path in known and has_same_stat(known[s.path], s, parser_version(s.path))}
    return tuple(sorted(({source.path for source in sources} | known.keys()) - fresh))
