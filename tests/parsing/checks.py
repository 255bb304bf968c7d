"""What holds for every document that was parsed."""

from __future__ import annotations

from pathlib import Path

from quoth.parsing import parse_file
from quoth.records import Parsed


def parse_bytes(folder: Path, name: str, content: bytes) -> Parsed:
    path = folder / name
    path.write_bytes(content)
    parsed = parse_file(path, name)
    assert_sound(parsed)
    return parsed


def assert_sound(parsed: Parsed) -> None:
    """Spans in range and in order, text that can be stored, a reason for every trouble."""
    parsed.text.encode("utf-8")
    assert "\0" not in parsed.text
    assert bool(parsed.text.strip()) == parsed.state.has_text
    assert (parsed.state == "read") == (parsed.reason == "")
    end = 0
    for block in parsed.blocks:
        assert end <= block.span.start < block.span.end <= len(parsed.text)
        assert block.span.of(parsed.text).strip()
        assert (block.level > 0) == (block.kind == "heading")
        end = block.span.end
    for starts in ([run.start for run in parsed.runs], [heading.start for heading in parsed.outline]):
        assert starts == sorted(starts)
        assert all(0 <= start <= len(parsed.text) for start in starts)


def shown(parsed: Parsed) -> list[tuple[str, str]]:
    """(kind, text) of each block; headings as "h1" to "h6"."""
    return [
        (f"h{block.level}" if block.kind == "heading" else block.kind, block.span.of(parsed.text))
        for block in parsed.blocks
    ]


def uncovered(parsed: Parsed) -> str:
    """The text that lies in no block and is no furniture, without blanks."""
    rest = list(parsed.text)
    for span in (*(block.span for block in parsed.blocks), *parsed.furniture):
        rest[span.start : span.end] = " " * len(span)
    return "".join("".join(rest).split())
