from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.parsing.decoding import decode

GERMAN = (
    "Die Straße führt über die Brücke; größere Häuser stehen dort. Müller sagte, daß die Behörde schön früh öffnet. "
)
RUSSIAN = "Это предложение написано на русском языке. Москва является столицей России, и это всем известно. "
CHINESE = "这是一个用中文写的句子,用来测试编码检测。\n北京是中华人民共和国的首都。\n"
written = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\f"), max_size=300)


@given(written)
def test_utf8_comes_back_as_it_was_written(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding) == (text.removeprefix("\ufeff"), "utf-8")


@given(written, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@given(st.binary(max_size=400))
def test_any_bytes_become_text_that_can_be_stored(content: bytes) -> None:
    text = decode(content).text
    text.encode("utf-8")
    assert "\0" not in text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Plain English text, no accents.\n", GERMAN, RUSSIAN, CHINESE])
def test_utf16_is_known_without_its_mark(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (RUSSIAN, "cp866"), (CHINESE * 3, "gb18030")],
)
def test_old_encodings_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_one_bad_byte_does_not_garble_the_rest_of_a_utf8_file() -> None:
    content = GERMAN.encode() + b"\xff" + GERMAN.encode()
    decoded = decode(content)
    assert decoded.text == GERMAN + "\N{REPLACEMENT CHARACTER}" + GERMAN
    assert decoded.invalid == 1


def test_newlines_stay_as_they_are() -> None:
    assert decode(b"one\r\ntwo\rthree\n").text == "one\r\ntwo\rthree\n"


def test_a_nul_is_replaced_and_shifts_nothing() -> None:
    assert decode(b"a" * 300 + b"\0b").text == "a" * 300 + "\N{REPLACEMENT CHARACTER}b"


def test_colours_of_a_terminal_are_text_and_noise_is_not() -> None:
    assert not decode(b"\x1b[31merror\x1b[0m: disk full\n" * 20).is_binary
    assert decode(bytes(range(256)) * 20).is_binary
    assert decode(bytes(range(128, 256)) * 20).is_binary


def test_valid_utf8_with_control_characters_is_not_taken_for_another_encoding() -> None:
    content = "The harbour closed.\n\x80\nShips waited.".encode()
    decoded = decode(content)
    assert (decoded.encoding, decoded.text) == ("utf-8", content.decode())
