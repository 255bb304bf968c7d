"""Requests for a page of a PDF and their answers, between us and the parsing process: bytes that hold nothing but data.

A request is a JSON object, which tells it from one to parse a file. An answer is a line of JSON and a body.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quoth.parsing.outcome import OUT_OF_MEMORY, UnreadError
from quoth.parsing.pdf_boxes import PlacedLine
from quoth.records import State


@dataclass(frozen=True, slots=True)
class PageRequest:
    path: Path
    number: int
    """From 1."""
    width: int = 0
    """Of the image, in pixels; 0 asks for the places of the characters instead."""


def dump_page_request(request: PageRequest) -> bytes:
    path = os.fsencode(request.path).decode("latin-1")
    return json.dumps({"path": path, "number": request.number, "width": request.width}).encode("ascii")


def is_page_request(content: bytes) -> bool:
    return content.startswith(b"{")


def answer_page(content: bytes) -> bytes:
    """In the parsing process. Never raises for a bad file."""
    from quoth.parsing.pdf_page import draw_page, place_page

    asked = json.loads(content)
    path = Path(os.fsdecode(asked["path"].encode("latin-1")))
    try:
        if asked["width"]:
            return _answer(draw_page(path, asked["number"], asked["width"]))
        return _answer(_dump_lines(place_page(path, asked["number"])))
    except UnreadError as error:
        return _answer(b"", error.state, error.reason)
    except MemoryError:
        return _answer(b"", State.TOO_BIG, OUT_OF_MEMORY)
    except OSError as error:
        return _answer(b"", State.UNREADABLE, f"the file cannot be opened: {error.strerror}; check its permissions")
    except Exception:  # noqa: BLE001  a damaged file may raise anything
        return _answer(b"", State.DAMAGED, "the page is damaged; get another copy")


def load_body(content: bytes) -> bytes:
    """Raises UnreadError when the page could not be read, ValueError for what `answer_page` did not make."""
    length = content.index(b"\n")
    try:
        head = json.loads(content[:length])
        state, reason = State(head["state"]), str(head["reason"])
    except (LookupError, TypeError) as error:
        raise ValueError("not an answer") from error
    if state is not State.READ:
        raise UnreadError(state, reason)
    return content[length + 1 :]


def load_lines(body: bytes) -> tuple[PlacedLine, ...]:
    """Raises ValueError for what `answer_page` did not make."""
    try:
        return tuple(
            PlacedLine(str(text), _frames(numbers), next(iter(_frames(hyphen)), None))
            for text, numbers, hyphen in json.loads(body)
        )
    except TypeError as error:
        raise ValueError("not an answer") from error


def _answer(body: bytes, state: State = State.READ, reason: str = "") -> bytes:
    return json.dumps({"state": state.value, "reason": reason}).encode("ascii") + b"\n" + body


def _dump_lines(lines: tuple[PlacedLine, ...]) -> bytes:
    rows = [[line.text, [n for frame in line.frames for n in frame], list(line.hyphen or ())] for line in lines]
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def _frames(numbers: list[Any]) -> tuple[tuple[int, int, int, int], ...]:  # Any: checked here
    if len(numbers) % 4 or any(type(number) is not int for number in numbers):
        raise ValueError("not frames")
    return tuple(zip(numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True))
