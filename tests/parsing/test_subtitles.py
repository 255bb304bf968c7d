from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.parsing.checks import parse_bytes, shown, uncovered

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import parse_file
from quoth.records import Parsed, Span, State
from quoth.segment import split_sentences

TALK = """1
00:00:01,000 --> 00:00:03,500
The harbour master says that
the quay is closed until

2
00:00:03,500 --> 00:00:06,000
<i>further</i> notice. Nobody knows
how long.

3
00:01:20,000 --> 00:01:21,000
- Who are you?
- Anna.
"""
CAPTIONS = """WEBVTT - harbour
Kind: captions

STYLE
::cue { color: red }

NOTE made by
hand

intro
00:01.000 --> 00:03.250 align:start
<v Anna>The quay is <c.loud>closed</c> until

00:00:03.250 --> 00:00:06.000
further notice.

NOTE another

7
02:00:06.000 --> 02:00:09.000
It rains.
"""


def parse(folder: Path, text: str, name: str = "a.srt") -> Parsed:
    return parse_bytes(folder, name, text.encode())


def words(folder: Path, text: str, name: str = "a.srt") -> list[str]:
    """Of each sentence, what a viewer sees."""
    (folder / name).write_bytes(text.encode())
    reading = read_document(folder, name, parse_file)
    content = reading.document.text
    hidden = list(content)
    for span in reading.furniture:
        hidden[span.start : span.end] = " " * len(span)
    groups = split_sentences(content, reading.blocks, furniture=reading.furniture)
    return [" ".join("".join(hidden[span.start : span.end]).split()) for _, spans in groups for span in spans]


def places(parsed: Parsed) -> list[tuple[str, int | None, str | None, str | None]]:
    return [
        (parsed.text[run.start :].split("\n")[0], run.locator.number, run.locator.begin, run.locator.until)
        for run in parsed.runs
    ]


def test_the_text_is_the_file(tmp_path: Path) -> None:
    crlf = "\ufeff" + TALK.replace("\n", "\r\n")
    parsed = parse(tmp_path, crlf)
    assert (parsed.text, parsed.is_file_text, parsed.kind, parsed.state) == (crlf, True, "srt", State.READ)
    assert uncovered(parsed) == "\ufeff"
    assert uncovered(parse(tmp_path, CAPTIONS, "a.vtt")) == ""


def test_sentences_go_on_over_cues_and_end_where_somebody_else_speaks(tmp_path: Path) -> None:
    assert words(tmp_path, TALK) == [
        "The harbour master says that the quay is closed until further notice.",
        "Nobody knows how long.",
        "- Who are you?",
        "- Anna.",
    ]


def test_notes_and_styles_are_left_out_and_who_speaks_is_not(tmp_path: Path) -> None:
    assert words(tmp_path, CAPTIONS, "a.vtt") == ["<v Anna>The quay is closed until further notice.", "It rains."]


def test_a_run_tells_number_and_times(tmp_path: Path) -> None:
    assert places(parse(tmp_path, TALK)) == [
        ("1", 1, "00:00:01.000", "00:00:03.500"),
        ("2", 2, "00:00:03.500", "00:00:06.000"),
        ("3", 3, "00:01:20.000", "00:01:21.000"),
    ]
    assert places(parse(tmp_path, CAPTIONS, "a.vtt")) == [
        ("intro", 1, "00:00:01.000", "00:00:03.250"),
        ("00:00:03.250 --> 00:00:06.000", 2, "00:00:03.250", "00:00:06.000"),
        ("7", 3, "02:00:06.000", "02:00:09.000"),
    ]


def test_numbers_are_those_of_the_file_where_they_rise(tmp_path: Path) -> None:
    cues = "{}\n00:00:01,000 --> 00:00:02,000\na\n\n{}\n00:00:02,000 --> 00:00:03,000\nb\n"
    assert [run.locator.number for run in parse(tmp_path, cues.format(41, 43)).runs] == [41, 43]
    assert [run.locator.number for run in parse(tmp_path, cues.format(5, 5)).runs] == [1, 2]


def test_a_citation_tells_the_times_and_lines_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_bytes(TALK.encode())
    document = read_document(tmp_path, "talk.srt", parse_file).document
    whole = cite(document, Span(document.text.index("The"), document.text.index(" Nobody")))
    assert whole.label == "talk.srt, subtitles 1-2 (00:00:01.000-00:00:06.000)"
    one = cite(document, Span(document.text.index("Nobody"), document.text.index("\n\n3")))
    assert one.label == "talk.srt, subtitle 2 (00:00:03.500-00:00:06.000), lines 8-9"


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nOne word\n2\n00:00:02,000 --> 00:00:03,000\nand two.\n",  # no empty line
        "\n\n1\n0:0:1 --> 0:0:2,5 X1:40\nOne word\n\n\n\n0:0:2,5-->0:0:3\n\nand two.",
        "00:01.000 --> 00:02.000\n{\\an8}One word\n\n00:02.000 --> 00:03.000\n<b></b>\nand <font color='x'>two.</font>",
    ],
)
def test_sloppy_files_are_read(tmp_path: Path, text: str) -> None:
    assert words(tmp_path, text) == ["One word and two."]


@pytest.mark.parametrize("first", ["", "1\n"])
def test_a_number_that_was_said_is_not_that_of_the_next_cue(tmp_path: Path, first: str) -> None:
    text = f"{first}00:00:01,000 --> 00:00:03,000\nThe year was\n1984\n00:00:03,000 --> 00:00:04,000\nin London.\n"
    assert words(tmp_path, text) == ["The year was 1984 in London."]


def test_words_before_the_first_cue_are_not_lost(tmp_path: Path) -> None:
    assert shown(parse(tmp_path, f"Made by Anna\n\n{TALK}"))[0] == ("paragraph", "Made by Anna")


def test_lines_that_rolling_captions_repeat_count_once(tmp_path: Path) -> None:
    text = """WEBVTT

00:00:01.000 --> 00:00:02.000
 \nwe are<00:00:01.500><c> going</c>

00:00:02.000 --> 00:00:02.010
we are going
 \n
00:00:02.010 --> 00:00:04.000
we are going
to the<00:00:03.000><c> harbour</c>
"""
    assert words(tmp_path, text, "a.vtt") == ["we are going to the harbour"]
    said_twice = "1\n00:00:01,000 --> 00:00:02,000\nStop.\n\n2\n00:00:02,000 --> 00:00:03,000\nStop.\n"
    assert words(tmp_path, said_twice) == ["Stop.", "Stop."]


def test_captions_without_marks_are_parted_between_cues(tmp_path: Path) -> None:
    cues = "".join(
        f"{n}\n00:{n // 60:02}:{n % 60:02},000 --> 00:{n // 60:02}:{n % 60:02},999\nso we went on and on\n\n"
        for n in range(1, 400)
    )
    found = words(tmp_path, cues)
    assert 200 <= max(map(len, found)) < 250
    assert all(sentence.startswith("so we") and sentence.endswith("and on") for sentence in found)


@pytest.mark.parametrize(
    ("first", "second", "pause", "count"),
    [
        ("we went on", "And they stayed", "01,000", 2),
        ("we went on", "And they stayed", "00,400", 1),
        ("we went on", "and on", "01,000", 1),
        ("we went on,", "Anna said", "01,000", 1),
        ("we went on", "and on", "04,000", 2),
    ],
)
def test_a_breath_parts_what_no_mark_does(tmp_path: Path, first: str, second: str, pause: str, count: int) -> None:
    text = f"1\n00:00:01,000 --> 00:00:02,000\n{first}\n\n2\n00:00:02,000 --> 00:00:09,000\n{second}\n"
    shifted = text.replace("2\n00:00:02,000 -->", f"2\n00:00:{int(pause[:2]) + 2:02},{pause[3:]} -->")
    assert len(words(tmp_path, shifted)) == count


def test_a_file_without_times_is_plain_text(tmp_path: Path) -> None:
    parsed = parse(tmp_path, "Only words.\n\nMore words.\n")
    assert (parsed.state, parsed.runs) == (State.READ, ())
    assert words(tmp_path, "Only words.\n\nMore words.\n") == ["Only words.", "More words."]


@pytest.mark.parametrize("text", ["WEBVTT\n\nNOTE nothing\n", "1\n00:00:01,000 --> 00:00:02,000\n\n", "WEBVTT"])
def test_cues_without_words_are_empty(tmp_path: Path, text: str) -> None:
    parsed = parse(tmp_path, text)
    assert (parsed.state, parsed.reason) == (
        State.EMPTY,
        "no words are said in it; nothing can be quoted from it, remove it or get another copy",
    )


def test_hostile_lines_take_no_time(tmp_path: Path) -> None:
    for line in ("<a" * 50_000, "{\\" * 50_000, "-" * 100_000, "." * 100_000, "00:" * 50_000, "<v " * 50_000):
        parse(tmp_path, f"1\n00:00:01,000 --> 00:00:02,000\n{line}\n")
    parse(tmp_path, "1\n00:00:01,000 --> 00:00:02,000\nx\n" * 5_000)


LINES = st.sampled_from(
    ["", "1", "WEBVTT", "NOTE x", "00:00:01,000 --> 00:00:02,000", "00:01.000 --> 00:02.000 a:b", "<v Bo>Hi.", "- No"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(LINES | st.text(max_size=8), max_size=20), st.sampled_from(["\n", "\r\n", "\r"]))
def test_all_text_of_any_file_is_seen_or_hidden(tmp_path: Path, lines: list[str], end: str) -> None:
    parsed = parse_bytes(tmp_path, "a.vtt", end.join(lines).encode("utf-8", "replace"))
    if parsed.runs:
        assert not uncovered(parsed).strip("\ufeff")
