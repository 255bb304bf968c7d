"""Markdown: the text is the file; blocks leave out the marks at their edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quoth.parsing.limits import TITLE_CHARACTERS
from quoth.parsing.plain import fit, read_text, without_mark
from quoth.records import Block, BlockKind, Parsed, Span, State, shorten

_NEWLINE = re.compile(r"\r\n|\r|\n")
# A line "name: value" must follow: a document may also begin with a rule. "\r\n" is never taken apart (?>): each line
# would double the time until a matter that does not end is given up.
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?>\r\n?|\n)(?=[\w-]+[ \t]*:)(?:[^\r\n]*(?>\r\n?|\n))*?(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)
_FRONT_TITLE = re.compile(r"^title[ \t]*:([^\r\n]+)", re.MULTILINE)
_WORD = re.compile(r"\w")
_ROW_EDGES = "|> \t"


def parse_markdown(path: Path) -> Parsed:
    """CommonMark with tables. Blocks cover every line that holds a word; marks inside a block remain."""
    decoded = read_text(path)
    text, reason = fit(decoded)
    shown = without_mark(text)
    blocks, furniture = find_blocks(shown)
    return Parsed(
        kind="md",
        text=text,
        title=find_title(shown, blocks),
        blocks=blocks,
        furniture=furniture,
        is_file_text=True,
        encoding=decoded.encoding,
        state=State.PARTLY_READ if reason else State.READ,
        reason=reason,
    )


def find_blocks(text: str) -> tuple[tuple[Block, ...], tuple[Span, ...]]:
    """Blocks, and as furniture the ">" in front of the later lines of a quotation."""
    lines = _Lines.of(text)
    front = _FRONT_MATTER.match(text)
    first = lines.number_at(front.end()) + 1 if front else 0
    blocks = [Block(Span(*front.span()), "code")] if front else []
    furniture: list[Span] = []
    uncovered = [number >= first for number in range(len(lines.starts))]
    for leaf in _leaves(_tokens(text[lines.starts[first] :] if first < len(lines.starts) else ""), first):
        uncovered[leaf.first : leaf.end] = [False] * len(uncovered[leaf.first : leaf.end])
        block, marks = _place(leaf, lines)
        blocks += block
        furniture += marks
    blocks += [block for number, is_free in enumerate(uncovered) if is_free for block in _loose_line(number, lines)]
    return tuple(sorted(blocks, key=lambda block: block.span)), tuple(sorted(furniture))


@dataclass(frozen=True, slots=True)
class _Lines:
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """Without the newline."""

    @classmethod
    def of(cls, text: str) -> _Lines:
        breaks = [match.span() for match in _NEWLINE.finditer(text)]
        return cls(text, (0, *(end for _, end in breaks)), (*(start for start, _ in breaks), len(text)))

    def number_at(self, offset: int) -> int:
        return len(_NEWLINE.findall(self.text, 0, offset))

    def trimmed(self, first: int, end: int, edges: str | None = None) -> Span:
        """Lines first to end - 1 without blanks, or `edges`, at both edges."""
        start, stop = self.starts[first], self.ends[end - 1]
        whole = self.text[start:stop]
        start += len(whole) - len(whole.lstrip(edges))
        return Span(start, max(start, stop - (len(whole) - len(whole.rstrip(edges)))))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A block without blocks in it, on lines first to end - 1. `content` has the marks of the blocks around removed."""

    kind: BlockKind
    level: int
    first: int
    end: int
    content: Sequence[str] = ()


def _tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])  # what is inside a line does not matter, and takes longest
    return parser.parse(text)


def _leaves(tokens: Sequence[Token], shift: int) -> Iterator[_Leaf]:
    lists = 0
    for index, token in enumerate(tokens):
        lists += token.nesting if token.type in _LIST_TOKENS else 0
        if not token.map or token.nesting < 0:
            continue
        first, end = token.map[0] + shift, token.map[1] + shift
        if token.type in {"paragraph_open", "heading_open"}:
            kind: BlockKind = "heading" if token.type == "heading_open" else "list" if lists else "paragraph"
            content = tokens[index + 1].content.split("\n")
            yield _Leaf(kind, int(token.tag[1]) if kind == "heading" else 0, first, end, content)
        elif token.type == "tr_open":
            yield _Leaf("table", 0, first, end)
        elif token.type in {"fence", "code_block", "html_block", "hr"}:
            yield _Leaf("code", 0, first, end, _code_lines(token))


_LIST_TOKENS = {"bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"}


def _code_lines(token: Token) -> list[str]:
    lines = [] if token.type == "hr" else token.content.split("\n")
    # What stands behind the opening marks is mostly a language, but a sentence may begin there by mistake.
    return [token.info, *lines] if token.type == "fence" else lines


def _place(leaf: _Leaf, lines: _Lines) -> tuple[list[Block], list[Span]]:
    end = min(leaf.end, len(lines.starts))
    is_row = leaf.kind == "table"
    spans = [lines.trimmed(leaf.first, end, _ROW_EDGES)] if is_row else _content_spans(leaf, lines, end)
    spans = [span for span in spans if len(span)]
    if not spans:
        return [], []
    whole = Span(spans[0].start, spans[-1].end)
    marks = [_mark_before(span, lines) for span in spans[1:]]
    return [Block(whole, leaf.kind, leaf.level)], [mark for mark in marks if mark]


def _content_spans(leaf: _Leaf, lines: _Lines, end: int) -> list[Span]:
    """Where each line of the content stands in its line of the file."""
    spans = []
    for number, content in zip(range(leaf.first, end), leaf.content, strict=False):
        wanted = content.strip()
        start = lines.text.find(wanted, lines.starts[number], lines.ends[number]) if wanted else -1
        if start >= 0:
            spans.append(Span(start, start + len(wanted)))
        elif wanted:  # a tab that became spaces
            spans.append(lines.trimmed(number, number + 1))
    return spans


def _mark_before(span: Span, lines: _Lines) -> Span | None:
    line_start = max(lines.text.rfind("\n", 0, span.start), lines.text.rfind("\r", 0, span.start)) + 1
    before = lines.text[line_start : span.start]
    return Span(line_start, span.start) if ">" in before and not before.strip(" \t>") else None


def _loose_line(number: int, lines: _Lines) -> list[Block]:
    """Lines that make no block, such as link definitions, are text all the same."""
    span = lines.trimmed(number, number + 1, "> \t")
    return [Block(span)] if _WORD.search(lines.text, span.start, span.end) else []


def find_title(text: str, blocks: Sequence[Block]) -> str | None:
    """As the front matter has it, else the first of the highest headings."""
    front = _FRONT_MATTER.match(text)
    titled = _FRONT_TITLE.search(text, 0, front.end()) if front else None
    if titled and (title := _unquoted(titled.group(1).strip())):
        return shorten(title, TITLE_CHARACTERS)
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings:
        return None
    highest = min(headings, key=lambda block: block.level)
    return shorten(_without_marks(highest.span.of(text)), TITLE_CHARACTERS) or None


def _unquoted(value: str) -> str:
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _without_marks(heading: str) -> str:
    inline = MarkdownIt("commonmark").parseInline(heading)
    children = [child for token in inline for child in token.children or ()]
    return " ".join("".join(child.content or " " * child.type.endswith("break") for child in children).split())
