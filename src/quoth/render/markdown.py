"""An answer as Markdown (CommonMark, GitHub's too): quotes as block quotes that read as the document was typed."""

from __future__ import annotations

import re
from pathlib import PurePath

from quoth.records import Answer, Hit, Verdict
from quoth.render.passages import Stretch, lines_of
from quoth.render.visible import one_line, visible
from quoth.render.words import (
    also_in_lines,
    carried_line,
    conditions_line,
    count,
    interrupted_line,
    named_line,
    place_to_check,
    unread_lines,
    verdict_line,
)

# What CommonMark 0.31, GitHub (tables, strikethrough, addresses, mentions, formulas) and pandoc give a meaning.
_PUNCTUATION = re.compile(r"([\\`*_\[\]<>#+.!|~=&$@:)^{}-])")
_LINE_END = re.compile(r"\r\n|\r|\n")
_EDGE_SPACE = re.compile(r"^\s|\s$")


def answer_markdown(answer: Answer, folder: PurePath) -> str:
    """`folder`: where the documents lie, to say where each quote can be checked."""
    parts = [f"**{escape(one_line(answer.question))}**", escape(verdict_line(answer))]
    parts += [
        escape(one_line(line)) for line in (conditions_line(answer), named_line(answer), carried_line(answer)) if line
    ]
    if answer.coverage.interrupted:
        parts.append(escape(interrupted_line()))
    if answer.verdict is not Verdict.ANSWERS and answer.coverage.unread:
        parts.append("\n".join(f"- {escape(line)}" for line in unread_lines(answer.coverage)))
    for hit in answer.hits:
        places = also_in_lines(hit, folder)
        if hit.more_places:
            places.append(f"and in {count(hit.more_places, 'more place')}")
        also_in = "".join(f"\n>\n> {escape(one_line(line))}" for line in places)
        parts.append(f"{_block_quote(hit)}\n>\n> — {_citation_line(hit, folder)}{also_in}")
    return "\n\n".join(parts)


def escape(text: str) -> str:
    """Text that Markdown shows as it is typed, within a line."""
    return _PUNCTUATION.sub(r"\\\1", visible(text))


def hard_lines(text: str) -> list[str]:
    """One paragraph that shows `text` line by line, each line end as a hard break, and no more than that."""
    lines = _LINE_END.split(text)
    while len(lines) > 1 and not lines[-1]:  # a break at the end of a paragraph would be a backslash
        lines[-2:] = [f"{lines[-2]}\n"]
    *broken, last = lines
    end = "&#10;" * (len(last) - len(last.rstrip("\n")))
    return [*(f"{_keep_edges(escape(line))}\\" for line in broken), _keep_edges(escape(last.rstrip("\n"))) + end]


def _block_quote(hit: Hit) -> str:
    return "\n".join(f"> {_line(stretches)}".rstrip() for stretches in lines_of(hit))


def _line(stretches: list[Stretch]) -> str:
    # <strong>, because ** fails between a full stop and a letter: in Chinese or Japanese that is every sentence.
    line = "".join(
        f"<strong>{escape(stretch.text)}</strong>" if stretch.is_highlighted else escape(stretch.text)
        for stretch in stretches
    )
    return _keep_edges(line)


def _keep_edges(line: str) -> str:
    # White space at the edges of a line is dropped or makes a code block; a character reference is neither.
    return _EDGE_SPACE.sub(lambda match: f"&#{ord(match.group())};", line)


def _citation_line(hit: Hit, folder: PurePath) -> str:
    return f"{escape(one_line(hit.citation.label))} ({escape(one_line(place_to_check(hit.citation, folder)))})"
