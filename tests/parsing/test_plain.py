from __future__ import annotations

from pathlib import Path

from quoth.parsing import parse_file
from quoth.parsing.limits import MAX_CHARACTERS
from quoth.records import State

from .checks import parse_bytes

SEED = Path(__file__).parents[2] / "seeds" / "000_9196a424e5cb6024.txt"


def test_the_seed_is_read_character_by_character() -> None:
    parsed = parse_file(SEED, SEED.name)
    assert parsed.state is State.READ
    assert (len(parsed.text), parsed.encoding, parsed.is_file_text) == (3249, "utf-8", True)
    assert parsed.text[0] == " "
    assert "coup d'état" in parsed.text
    assert parsed.text.encode() == SEED.read_bytes()


def test_the_text_is_the_file_with_its_own_newlines(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.txt", b"one\r\n\r\ntwo\rthree\x85\n")
    assert parsed.text.startswith("one\r\n\r\ntwo\rthree")
    assert not parsed.blocks
    assert not parsed.runs


def test_form_feeds_give_pages(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.log", b"first\fsecond\f\fthe fourth\f")
    assert [(run.start, run.locator.page) for run in parsed.runs] == [(0, 1), (6, 2), (13, 3), (14, 4)]


def test_offsets_are_those_of_the_file_as_python_reads_it(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfHello"
    assert parse_bytes(tmp_path, "a.txt", content).text == content.decode("utf-8") == "\ufeffHello"
    assert parse_bytes(tmp_path, "b.txt", "Hello".encode("utf-16")).text == "Hello"


def test_a_byte_order_mark_alone_is_an_empty_file(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.txt", b"\xef\xbb\xbf").state is State.EMPTY


def test_bytes_that_cannot_be_decoded_are_counted(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.txt", "é".encode() * 30 + b"\xff")
    assert parsed.state is State.PARTLY_READ
    assert parsed.reason == "one place could not be decoded as utf-8 and are shown as �; save it as UTF-8"


def test_a_text_beyond_the_limit_is_cut_and_said_to_be(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.txt", b"x" * (MAX_CHARACTERS + 1))
    assert parsed.state is State.PARTLY_READ
    assert len(parsed.text) == MAX_CHARACTERS
    assert "only the first 50,000,000 characters" in parsed.reason
