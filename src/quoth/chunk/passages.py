"""Blocks with their sentences to passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from quoth.chunk.balance import CROSSING, Piece, balance
from quoth.chunk.cut import cut_sentence
from quoth.chunk.outline import TITLE_CHARACTERS, HeadingPaths, embedding_text, outline_of
from quoth.records import Block, Heading, Span, shorten

Group = tuple[Block, Sequence[Span]]
"""A block and its sentences."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_PATH_SHARE = 4
"""The headings get at most a quarter of the budget."""
_SHORT = 6
"""Sentences under a sixth of the target don't stand alone."""
_MOST_CHARACTERS_A_TOKEN = 40
"""What is longer than this times the budget is cut without asking the tokenizer, whose time grows with the text."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage to be. `path`: the headings above it, cut where needed to fit the budget together with it."""

    span: Span
    sentences: tuple[Span, ...]
    """The first begins and the last ends with `span`. Parts of a sentence only where it alone is over the budget."""
    path: tuple[str, ...]


def chunk(
    text: str,
    groups: Sequence[Group],
    *,
    headings: Sequence[Heading] | None = None,
    count_tokens: Callable[[str], int],
    budget_tokens: int,
    target_characters: int = 230,
) -> tuple[Chunk, ...]:
    """Passages in order, of about `target_characters` each (half in Chinese, Japanese, Korean), of whole sentences.

    `headings`: as `headings_of` gives them; None for those among the blocks.
    `count_tokens(embedding_text(chunk.path, chunk.span.of(text)))` is at most `budget_tokens`; only a sentence that
    alone is over it gets cut. (A single character over the budget stays.) No passage crosses a heading or the beginning
    of a sheet, slide or chapter; the header of a table is in the paths of the passages that begin below it. A heading
    is in the path of what stands below; it is a passage only where nothing does, or where its title is cut in paths.
    `count_tokens` is called about once a passage and once a heading.
    """
    if budget_tokens < 1 or target_characters < 1:
        raise ValueError("budget and target of a passage are at least 1")
    if headings is None:
        headings = outline_of(text, [block for block, _ in groups])
    paths = HeadingPaths(headings)
    fitter = _Fitter(text, count_tokens, budget_tokens, paths)
    # A character of Chinese, Japanese or Korean says as much as two of Latin script.
    target = max(1, target_characters // 2) if _is_mostly_wide(text) else target_characters
    chunks: list[Chunk] = []
    for section in _sections(groups, paths):
        for run in balance(_pieces(text, section.groups, target), target):
            chunks.extend(fitter.fit(tuple(span for piece in run for span in piece.sentences), section.path))
    return tuple(chunks)


def _is_mostly_wide(text: str) -> bool:
    return not text.isascii() and 2 * len(_WIDE.findall(text)) > len(text)


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands between two headings, or a heading that needs a passage of its own.

    `path`: the headings above that heading; None where it depends on the place.
    """

    groups: Sequence[Group]
    path: tuple[str, ...] | None = None


def _sections(groups: Sequence[Group], paths: HeadingPaths) -> Iterator[_Section]:
    numbered = groupby(groups, key=lambda group: (paths.section(group[0].span.start), group[0].kind == "heading"))
    runs = [(section, is_heading, list(together)) for (section, is_heading), together in numbered]
    following = [section for section, _, _ in runs[1:]]
    for (section, is_heading, run), next_section in zip_longest(runs, following):
        if not is_heading:
            yield _Section(run)
            continue
        for (heading, sentences), below in zip(run, [*(block for block, _ in run[1:]), None], strict=True):
            has_text_below = below.level > heading.level if below else next_section == section
            if not has_text_below or len(heading.span) > TITLE_CHARACTERS:
                yield _Section([(heading, sentences)], paths.above(heading.span.start))


def _pieces(text: str, section: Sequence[Group], target: int) -> list[Piece]:
    pieces: list[Piece] = []
    before: Block | None = None
    for block, sentences in section:
        crossing = _crossing(text, before, block)
        for together in _gathered(sentences, target // _SHORT):
            pieces.append(Piece(together, crossing))
            crossing = 0.0
        before = block
    return pieces


def _gathered(sentences: Sequence[Span], shortest: int) -> list[tuple[Span, ...]]:
    """Sentences, very short ones together with the next, or at the end with the one before."""
    gathered: list[tuple[Span, ...]] = []
    open_since = 0
    for index, sentence in enumerate(sentences):
        if sentence.end - sentences[open_since].start >= shortest:
            gathered.append(tuple(sentences[open_since : index + 1]))
            open_since = index + 1
    if open_since < len(sentences):
        last = gathered.pop() if gathered else ()
        gathered.append((*last, *sentences[open_since:]))
    return gathered


def _crossing(text: str, before: Block | None, block: Block) -> float:
    """Items of a list and rows of a table belong together, and so do "as follows:" and what follows."""
    if before is None or (before.kind == block.kind and block.kind in ("list", "table")):
        return 0.0
    return 0.0 if text[before.span.end - 1] in ":：" else CROSSING


@dataclass(frozen=True, slots=True)
class _Fitter:
    text: str
    count_tokens: Callable[[str], int]
    budget: int
    paths: HeadingPaths
    fitted: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def fit_path(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Drops the outermost headings first; the last one is shortened before it goes."""
        if path not in self.fitted:
            self.fitted[path] = self._cut_path(path)
        return self.fitted[path]

    def _cut_path(self, path: tuple[str, ...]) -> tuple[str, ...]:
        while path and self.count_tokens(embedding_text(path, "")) > self.budget // _PATH_SHARE:
            width = len(path[-1]) * 2 // 3
            path = path[1:] if len(path) > 1 or width < 8 else (shorten(path[0], width),)
        return path

    def fit(self, sentences: tuple[Span, ...], above: tuple[str, ...] | None) -> Iterator[Chunk]:
        """One chunk when it fits, else several. `above`: as `_Section.path`."""
        span = Span(sentences[0].start, sentences[-1].end)
        path = self.fit_path(self.paths.at(span.start) if above is None else above)
        if self._fits(path, span):
            yield Chunk(span, sentences, path)
        elif len(sentences) > 1:
            middle = _middle(sentences)
            yield from self.fit(sentences[:middle], above)
            yield from self.fit(sentences[middle:], above)
        else:
            yield from self._fit_sentence(span, path, above)

    def _fit_sentence(self, span: Span, path: tuple[str, ...], above: tuple[str, ...] | None) -> Iterator[Chunk]:
        for dropped in range(1, len(path) + 1):
            if self._fits(path[dropped:], span):
                yield Chunk(span, (span,), path[dropped:])
                return
        parts = cut_sentence(self.text, span)
        if parts is None:
            yield Chunk(span, (span,), ())
            return
        for part in parts:
            yield from self.fit((part,), above)

    def _fits(self, path: Sequence[str], span: Span) -> bool:
        if len(span) > self.budget * _MOST_CHARACTERS_A_TOKEN:
            return False
        return self.count_tokens(embedding_text(path, span.of(self.text))) <= self.budget


def _middle(sentences: Sequence[Span]) -> int:
    """Index of the sentence that begins nearest to the middle of the text of them all; never 0."""
    middle = (sentences[0].start + sentences[-1].end) / 2
    return min(range(1, len(sentences)), key=lambda index: abs(sentences[index].start - middle))
