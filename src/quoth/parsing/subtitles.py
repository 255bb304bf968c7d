"""Subtitles, SubRip and WebVTT: the text is the file, what is said in it stands in blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from quoth.parsing.outcome import UnreadError
from quoth.parsing.plain import fit, read_text, without_mark
from quoth.records import Block, Heading, Locator, Parsed, Run, Span, State

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?=\s|$)")
_NUMBER = re.compile(r"[ \t]*\d{1,9}[ \t]*")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?=\s|$)")
"""WebVTT 4.1: what begins a block that nobody sees."""
_TAG = re.compile(r"</?(?!v[. \t])[A-Za-z][^<>\r\n]*>|<\d[\d:.]*>|\{\\[^{}\r\n]*\}")
"""Marks of style and time inside the words; not the name of who speaks, "<v Anna>"."""
_WORD_TIME = re.compile(r"<\d\d:\d\d[\d:.]*>")
_SPEAKER = re.compile(r"<v[. \t]|[-‐–—] ?(?![\s-])(?![a-zß-ÿ])")
_FINAL = re.compile(r"[.!?…。．！？؟।][\"'”’»」』)\]♪ ]*$")
_PAUSE_MS: Final = 3_000
"""After so long a silence something else is said."""
_SILENCE_MS: Final = 10_000
"""Nobody quotes over one that is longer."""
_BREATH_MS: Final = 1_000
"""After so long, what begins with a capital letter is a new sentence."""
_UNMARKED_CHARACTERS: Final = 200
"""Captions that a machine wrote have no final marks: their text is parted after as much."""
_BLOCK_CHARACTERS: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Line:
    """`span` is without its end and the white space at its edges."""

    span: Span
    words: str
    """Without marks."""
    is_first: bool
    """Of a paragraph."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """`start` is where its number stands, or its times where it has none."""

    start: int
    label: str
    """The line above its times; "" without one."""
    begin_ms: int
    until_ms: int
    lines: list[_Line]


@dataclass(frozen=True, slots=True)
class _Track:
    """What the lines of a file are."""

    cues: list[_Cue]
    loose: list[_Line]
    """Words before the first cue."""
    hidden: list[Span]
    """Numbers, times, notes and styles."""


def parse_subtitles(path: Path) -> Parsed:
    """A block goes on over cues, whose numbers and times are furniture. Without any times, it is plain text."""
    decoded = read_text(path)
    text, reason = fit(decoded)
    shown = without_mark(text)
    is_vtt = shown.lstrip(" ").startswith("WEBVTT")
    track = _read_track(shown, is_vtt)
    repeated = _repeated(track.cues) if _WORD_TIME.search(shown) else frozenset()
    said = [(cue, line) for cue in track.cues for line in cue.lines if line.span not in repeated]
    if (track.cues or is_vtt) and not said and not track.loose:
        raise UnreadError(
            State.EMPTY, "no words are said in it; nothing can be quoted from it, remove it or get another copy"
        )
    tags = [Span(*tag.span()) for _, line in said for tag in _TAG.finditer(shown, line.span.start, line.span.end)]
    loose = [Block(line.span) for line in track.loose] if track.cues else []
    return Parsed(
        kind="vtt" if is_vtt else "srt",
        text=text,
        runs=_runs(track.cues),
        blocks=(*loose, *_blocks(said)),
        outline=_scenes(track.cues),
        furniture=tuple(sorted({*track.hidden, *repeated, *tags})) if track.cues else (),
        is_file_text=True,
        encoding=decoded.encoding,
        state=State.PARTLY_READ if reason else State.READ,
        reason=reason,
    )


def _read_track(text: str, is_vtt: bool) -> _Track:
    track = _Track([], [], [])
    current = track.loose
    is_aside, is_first, before = False, True, 0
    for found in _LINE.finditer(text):
        line = _line(text, found.start(), found.end(1), is_first)
        times = _TIMES.match(text, found.start(), found.end(1))
        if times:
            label = _take_label(current, before, text, track.cues, is_vtt=is_vtt)
            current = []
            track.cues.append(_cue(line, label, text, times, current))
            track.hidden.extend([label.span, line.span] if label else [line.span])
            is_aside = False
        elif is_vtt and is_first and _ASIDE.match(text, line.span.start, line.span.end):
            is_aside = True
        if (is_aside or not line.words) and not times and len(line.span):
            track.hidden.append(line.span)
        elif line.words and not times:
            current.append(line)
        is_first = not len(line.span)
        is_aside = is_aside and not is_first
        before = found.start()
    return track


def _line(text: str, start: int, end: int, is_first: bool) -> _Line:
    raw = text[start:end]
    words = raw.strip()
    start += len(raw) - len(raw.lstrip()) if words else 0
    return _Line(Span(start, start + len(words)), " ".join(_TAG.sub("", words).split()), is_first)


def _take_label(lines: list[_Line], before: int, text: str, cues: Sequence[_Cue], *, is_vtt: bool) -> _Line | None:
    """The line right above the times, out of `lines`: a number, or any name of a WebVTT cue.

    Without an empty line above it, only the number that comes next: any other may have been said.
    """
    if not lines or lines[-1].span.start < before:
        return None
    line = lines[-1]
    written = line.span.of(text)
    if line.is_first:
        is_label = is_vtt or _NUMBER.fullmatch(written) is not None
    else:
        is_label = _NUMBER.fullmatch(written) is not None and int(written) == _last_number(cues) + 1
    return lines.pop() if is_label else None


def _last_number(cues: Sequence[_Cue]) -> int:
    """As written, or counted where the last cue has none."""
    label = cues[-1].label if cues else ""
    return int(label) if _NUMBER.fullmatch(label) else len(cues)


def _cue(times_line: _Line, label: _Line | None, text: str, times: re.Match[str], lines: list[_Line]) -> _Cue:
    fields = times.groups()
    return _Cue(
        (label or times_line).span.start,
        label.span.of(text) if label else "",
        _milliseconds(fields[:4]),
        _milliseconds(fields[4:]),
        lines,
    )


def _milliseconds(fields: Sequence[str | None]) -> int:
    hours, minutes, seconds = (int(field or 0) for field in fields[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((fields[3] or "").ljust(3, "0"))


def _clock(milliseconds: int) -> str:
    """As in "00:01:02.500"."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _runs(cues: Sequence[_Cue]) -> tuple[Run, ...]:
    """Numbers are those of the file where all cues have one and they rise, else they are counted."""
    written = [int(cue.label) if _NUMBER.fullmatch(cue.label) else 0 for cue in cues]
    rises = all(first < second for first, second in pairwise([0, *written]))
    return tuple(
        Run(cue.start, Locator(unit="cue", number=number, begin=_clock(cue.begin_ms), until=_clock(cue.until_ms)))
        for cue, number in zip(cues, written if rises else range(1, len(cues) + 1), strict=True)
    )


def _scenes(cues: Sequence[_Cue]) -> tuple[Heading, ...]:
    """A section without a name for what follows a long silence, so that no passage goes on over it."""
    return tuple(
        Heading(cue.start, 1, "", is_in_text=False)
        for before, cue in pairwise(cues)
        if cue.begin_ms - before.until_ms >= _SILENCE_MS
    )


def _repeated(cues: Sequence[_Cue]) -> frozenset[Span]:
    """Lines that a rolling caption shows a second time, above the new one."""
    repeated = set()
    last = ""
    for cue in cues:
        if cue.lines and cue.lines[0].words == last:
            repeated.add(cue.lines[0].span)
        last = cue.lines[-1].words if cue.lines else last
    return frozenset(repeated)


def _blocks(said: Sequence[tuple[_Cue, _Line]]) -> Iterator[Block]:
    """Parted where somebody else speaks and after a silence; long ones where a cue ends a sentence, or after all."""
    start, previous, before, unmarked = 0, None, None, 0
    for cue, line in said:
        if previous is None or before is None:
            start = line.span.start
        elif _SPEAKER.match(line.words) or (cue is not before and _parts(before, cue, start, unmarked)):
            yield Block(Span(start, previous.span.end))
            start, unmarked = line.span.start, 0
        unmarked = 0 if _FINAL.search(line.words) else unmarked + len(line.words)
        previous, before = line, cue
    if previous is not None:
        yield Block(Span(start, previous.span.end))


def _parts(before: _Cue, cue: _Cue, start: int, unmarked: int) -> bool:
    last, first = before.lines[-1], cue.lines[0]
    pause_ms = cue.begin_ms - before.until_ms
    is_long = last.span.end - start >= _BLOCK_CHARACTERS and not unmarked
    is_breath = pause_ms >= _BREATH_MS and first.words[0].isupper() and not last.words.endswith((",", ";", "-", "–"))
    return is_long or is_breath or pause_ms >= _PAUSE_MS or unmarked >= _UNMARKED_CHARACTERS
