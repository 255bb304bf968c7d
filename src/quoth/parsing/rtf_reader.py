"""RTF 1.9.1: groups, control words and bytes to flows of paragraphs, in one pass without recursion."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quoth.parsing import rtf_charsets
from quoth.parsing.decoding import REPLACEMENT
from quoth.parsing.rtf_flow import Flow, Format, Paragraph, Row
from quoth.parsing.rtf_words import (
    CHARACTERS,
    ITEM_MARKS,
    OF_THE_DOCUMENT,
    READ_ASIDE,
    SETTINGS,
    SKIPPED,
    SYMBOLS,
    TEXT_SYMBOLS,
    TRANSPARENT,
)

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n\0]+)|[\r\n\0]+|\\", re.DOTALL
)
_LAST_CHARACTER = 0x10FFFF


@dataclass(slots=True)
class _State:
    """What holds until the group ends."""

    flow: Flow | None
    """None where text is skipped."""
    destination: str = ""
    font: int | None = None
    fallback: int = 1
    """Characters after one in Unicode that stand for it in programs that do not know it."""
    is_deleted: bool = False
    form: Format = field(default_factory=Format)

    def copied(self) -> _State:
        form = self.form
        form = Format(form.style, form.outline_level, form.is_item, form.is_in_table)
        return _State(self.flow, self.destination, self.font, self.fallback, self.is_deleted, form)


@dataclass(frozen=True, slots=True)
class Remark:
    author: str
    date: str
    parts: tuple[Paragraph | Row, ...]


@dataclass(slots=True)
class Contents:
    body: Flow = field(default_factory=Flow)
    footnotes: list[Paragraph | Row] = field(default_factory=list)
    endnotes: list[Paragraph | Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    styles: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    """Number to name and outline level from 0."""
    told: dict[str, str] = field(default_factory=dict)
    """Title, author and date."""
    is_whole: bool = False
    """The last group is closed."""


class RtfReader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._contents = Contents()
        self._state = _State(self._contents.body)
        self._above: list[_State] = []
        self._bytes = bytearray()
        self._is_starred = False
        self._left_to_skip = 0
        self._encoding = rtf_charsets.DEFAULT
        self._fonts: dict[int, str] = {}
        self._default_font = self._font_told = 0
        self._day: dict[str, int] = {}
        self._remark = {"atnauthor": "", "atndate": ""}

    def read(self) -> Contents:
        """All of it, up to the end of the first group."""
        position = 0
        while not self._contents.is_whole and (token := _TOKEN.match(self._content, position)):
            position = token.end()
            word, number, hexadecimal, symbol, brace, text = token.groups()
            if text or hexadecimal or symbol in TEXT_SYMBOLS:
                self._take(text or symbol or bytes.fromhex(hexadecimal.decode()))
                continue
            self._flush()
            if word:
                position += self._obey(word.decode(), None if number is None else int(number))
            elif symbol:
                self._obey_symbol(symbol)
            elif brace == b"{":
                self._open_group()
            elif brace:
                self._close_group()
                self._contents.is_whole = not self._above
        self._flush()
        while self._above:
            self._close_group()
        return self._contents

    def _take(self, content: bytes) -> None:
        skipped = min(self._left_to_skip, len(content))
        self._left_to_skip -= skipped
        if self._state.flow is not None and not self._state.is_deleted:
            self._bytes += content[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            font = self._default_font if self._state.font is None else self._state.font
            encoding = self._fonts.get(font, self._encoding)
            text = self._bytes.decode(self._encoding if self._encoding == "utf-8" else encoding, "replace")
            self._bytes.clear()
            self._write(text)

    def _write(self, text: str) -> None:
        if self._state.flow is not None and not self._state.is_deleted:
            self._state.flow.pieces.append(text)

    def _open_group(self) -> None:
        self._left_to_skip = 0
        self._above.append(self._state)
        self._state = self._state.copied()
        if self._state.destination == "stylesheet":
            self._state.flow, self._state.form = Flow(), Format()

    def _close_group(self) -> None:
        self._left_to_skip = 0
        self._is_starred = False
        if not self._above:
            return
        done, self._state = self._state, self._above.pop()
        if not self._above:
            self._contents.body.closed(done.form)
        if done.flow is not None and done.flow is not self._state.flow:
            self._put_aside(done, done.flow)

    def _put_aside(self, done: _State, flow: Flow) -> None:
        contents = self._contents
        if done.destination in ("footnote", "endnote"):
            notes = contents.footnotes if done.destination == "footnote" else contents.endnotes
            notes += flow.closed(done.form)
        elif done.destination == "annotation":
            parts = tuple(flow.closed(done.form))
            contents.remarks.append(Remark(self._remark["atnauthor"], _day_of(self._remark["atndate"]), parts))
            self._remark = dict.fromkeys(self._remark, "")
        elif done.destination in ("shptxt", "dptxbxtext") and self._state.flow is not None:
            self._state.flow.add_box(flow, done.form)
        elif done.destination == "stylesheet":
            contents.styles.setdefault(done.form.style, (flow.line.rstrip(";"), done.form.outline_level))
        elif done.destination in self._remark:
            self._remark[done.destination] = flow.line
        elif done.destination == "creatim":
            contents.told["date"] = "-".join(f"{self._day.get(part, 0):02}" for part in ("yr", "mo", "dy"))
        elif done.destination in OF_THE_DOCUMENT:
            contents.told[done.destination] = flow.line

    def _obey_symbol(self, symbol: bytes) -> None:
        self._left_to_skip = 0
        if symbol == b"*":
            self._is_starred = True
        elif symbol in b"\r\n":
            self._obey("par", None)
        else:
            self._write(SYMBOLS.get(symbol, ""))

    def _obey(self, word: str, number: int | None) -> int:
        """Bytes to pass over after it."""
        is_starred, self._is_starred = self._is_starred, False
        self._left_to_skip = 0
        if word == "bin":
            return max(0, number or 0)
        if word == "u":
            self._write(_character(number or 0))
            self._left_to_skip = self._state.fallback
        elif word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word in SETTINGS:
            self._set(word, 1 if number is None else number)
        elif not self._turn_aside(word) and is_starred and word not in TRANSPARENT:
            self._state.flow = None
        return 0

    def _turn_aside(self, word: str) -> bool:
        """Whether it says what the group is, whose text goes elsewhere or nowhere from here on."""
        state = self._state
        if word in ITEM_MARKS and state.flow is not None:
            state.flow.is_item = True
        if word == "ud" and len(self._above) > 1:
            state.flow = self._above[-2].flow
        elif word == "info" or word in SKIPPED or word in ITEM_MARKS:
            state.flow, state.destination = None, word
        elif word in READ_ASIDE or (word in OF_THE_DOCUMENT and state.destination == "info"):
            state.flow = Flow() if state.flow is not None or state.destination == "info" else None
            state.destination, state.form = word, Format()
        else:
            return False
        return True

    def _set(self, word: str, number: int) -> None:
        """What holds from here on; `number` is 1 where none is written."""
        state = self._state
        if word in ("f", "fcharset", "cpg", "deff", "ansicpg") or word in rtf_charsets.FAMILIES:
            self._set_encoding(word, number)
        elif word == "plain":
            state.font, state.is_deleted = None, False
        elif word == "deleted":
            state.is_deleted = number != 0
        elif word == "uc":
            state.fallback = max(0, number)
        elif word == "ftnalt" and state.destination == "footnote":
            state.destination = "endnote"
        elif word in ("yr", "mo", "dy") and state.destination == "creatim":
            self._day[word] = number
        elif state.flow is not None:
            self._set_paragraph(state.flow, word, number)

    def _set_encoding(self, word: str, number: int) -> None:
        if word == "f" and self._state.destination == "fonttbl":
            self._font_told = number
            self._fonts.pop(number, None)
        elif word == "f":
            self._state.font = number
        elif word == "deff":
            self._default_font = number
        elif word in ("fcharset", "cpg"):
            encoding = rtf_charsets.of_charset(number) if word == "fcharset" else rtf_charsets.of_page(number)
            if encoding:
                self._fonts[self._font_told] = encoding
        elif word == "ansicpg":
            self._encoding = rtf_charsets.of_page(number) or self._encoding
        else:
            self._encoding = rtf_charsets.FAMILIES[word]

    def _set_paragraph(self, flow: Flow, word: str, number: int) -> None:
        form = self._state.form
        if word == "pard":
            self._state.form = Format()
        elif word in ("par", "sect"):
            flow.end_paragraph(form)
        elif word in ("cell", "nestcell"):
            (flow.end_cell if word == "cell" else flow.end_inner_cell)(form)
        elif word == "row":
            flow.end_row(is_whole=True)
        elif word == "nestrow":
            flow.end_inner_row()
        else:
            _set_format(form, word, number)


def _set_format(form: Format, word: str, number: int) -> None:
    if word == "s":
        form.style = number
    elif word == "outlinelevel":
        form.outline_level = number
    elif word == "ls":
        form.is_item = number > 0
    elif word == "intbl":
        form.is_in_table = number != 0


def _character(number: int) -> str:
    """Of the control word u, whose number is a signed one of 16 bits; some programs write larger ones."""
    number += 0x10000 if number < 0 else 0
    return chr(number) if 0 <= number <= _LAST_CHARACTER else REPLACEMENT


def _day_of(packed: str) -> str:
    """Of a date and time in 32 bits, as annotations have it (MS-DOC 2.9.61)."""
    if not packed.isdecimal():
        return ""
    number = int(packed)
    return f"{1900 + (number >> 20 & 0x1FF)}-{number >> 16 & 0xF:02}-{number >> 11 & 0x1F:02}"
