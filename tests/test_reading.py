from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.making import make_document

from quoth.chunk import embedding_text
from quoth.records import Document, ReadingText, Span, find_parted, join_hyphens, read_text, undo_hyphens, with_space

TEXT = st.text(st.sampled_from("aabBé1.,-\u2010\u00ad \t\r\n日ド。:>")) | st.text()
WIDE = "那时候湖面上的冰很厚，小船在夏天的早晨和晚上每天"
OFFSET = st.integers(0, 1000)
AT_LINE_END = re.compile("[-\u2010\u00ad][ \t]*[\r\n]")


def whole(text: str) -> Span:
    return Span(0, len(text))


def shown(text: str, *sentences: Span) -> str:
    """As a reader sees `text`, which is all of its document; one sentence when none is given."""
    return read_text(text, 0, sentences or (whole(text),), find_parted(document_of(text), whole(text))).text


def document_of(text: str, *furniture: Span) -> Document:
    return replace(make_document("a.txt", text)[0], furniture=with_space(text, furniture))


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, ReadingText]:
    text, start = draw(TEXT), draw(OFFSET)
    sentences = [Span(start + one.start, start + one.end) for one in spans_of(draw, text)]
    parted = [start + one.start() for one in AT_LINE_END.finditer(text) if draw(st.booleans())]
    return text, read_text(text, start, sentences, parted, spans_of(draw, text))


def spans_of(draw: st.DrawFn, text: str) -> list[Span]:
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    return [Span(a, b) for a, b in zip(borders[::2], borders[1::2], strict=False)]


@given(readings())
def test_every_character_stands_in_the_document_where_it_says(made: tuple[str, ReadingText]) -> None:
    text, reading = made
    assert len(reading.places) == len(reading.text)
    assert list(reading.places) == sorted(set(reading.places))
    for character, place in zip(reading.text, reading.places, strict=True):
        raw = text[place - reading.span.start]
        assert character == raw or (character in " \n" and raw in " \t\r\n")


@given(TEXT, OFFSET)
def test_nothing_is_left_out_but_white_space_and_hyphens_at_line_ends(text: str, start: int) -> None:
    reading = read_text(text, start, [Span(start, start + len(text))], range(start, start + len(text)))
    left_out = set(range(len(text))) - {place - start for place in reading.places}
    for place in left_out:
        before_line_end = re.match(r"[-\u2010\u00ad][ \t]*[\r\n]", text[place:])
        assert text[place] in " \t\r\n\u00ad" or before_line_end


@given(readings(), st.data())
def test_what_is_taken_from_one_text_to_the_other_and_back_is_the_same(
    made: tuple[str, ReadingText], data: st.DataObject
) -> None:
    text, reading = made
    ends = sorted(data.draw(st.tuples(*[st.integers(reading.span.start, reading.span.end)] * 2)))
    found = reading.find(Span(*ends))
    if len(found):
        assert reading.find(reading.origin(found)) == found
        assert Span(*ends).contains(reading.origin(found))
    assert reading.of(Span(reading.span.start, ends[0])) + reading.of(Span(ends[0], reading.span.end)) == reading.text
    assert reading.span.of("." * reading.span.start + text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was built by COVID-\n19 wards.", "It was built by COVID-19 wards."),
        ("The keeper is a well-\r\nknown man.", "The keeper is a well-known man."),
        ("Pre-\nand post-war houses.", "Pre- and post-war houses."),
        ("The evalu-\nated lamp.", "The evalu-ated lamp."),  # nothing says that it is no compound
        ("The evalu-\nated lamp was evaluated.", "The evaluated lamp was evaluated."),
        ("The evalu-\n\n  ated lamp; the evaluation.", "The evaluated lamp; the evaluation."),
        ("A re-\nsigned letter, re-signed; he resigned.", "A re-signed letter, re-signed; he resigned."),
        ("Look in-\ndepth at independent boats.", "Look in-depth at independent boats."),
        ("The sister-in-\nlaw of the inlaw.", "The sister-in-law of the inlaw."),
        ("A hy\u00adphen and light\u00ad\nhouse.", "A hyphen and lighthouse."),
        ("The years 1914-\n1918.", "The years 1914-1918."),
        ("A dash -\nhere.", "A dash - here."),
        ("The   boat  is\tred.", "The boat is\tred."),
        (f"{WIDE}\n开两次，{WIDE}\r\n到了冬天。", f"{WIDE}开两次，{WIDE}到了冬天。"),
        ("배는 여름에\n매일 다닌다.", "배는 여름에 매일 다닌다."),
    ],
)
def test_lines_are_joined_and_hyphens_at_their_ends_undone_where_that_is_safe(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_ends_of_paragraphs_rows_and_items_stay() -> None:
    text = "Quay\tFare\r\nNorth\t4.50\r\n\r\n\r\n  It is a long line that the page was too narrow\nto hold."
    sentences = Span(0, 9), Span(11, 21), Span(29, len(text))
    expected = "Quay\tFare\nNorth\t4.50\n\n  It is a long line that the page was too narrow to hold."
    assert shown(text, *sentences) == expected


def test_short_lines_of_verse_are_left_as_they_are() -> None:
    text = "Full fathom five thy father lies\nOf his bones are coral made\nThose are pearls that were his eyes"
    assert shown(text) == text


def test_lines_of_a_narrow_column_are_joined_where_they_go_on_in_lower_case() -> None:
    text = "The keeper of the lighthouse\nwas asleep when the lamp\nwent out on Tuesday night."
    assert shown(text) == text.replace("\n", " ")


def test_an_empty_line_after_the_end_of_a_sentence_is_the_end_of_a_paragraph() -> None:
    text = "The lamp was lit again before the winter came.\n\nThe boats came home past all of the\nrocks."
    assert shown(text) == text.replace("the\nrocks", "the rocks")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_times_between_subtitles_are_left_out(end: str) -> None:
    text = (
        "We go\n\n15\n00:01:07,000 --> 00:01:09,000\nhome now.\n\nintro\n01:12.000 --> 01:13.000 line:0\nYes.".replace(
            "\n", end
        )
    )
    first = Span(0, text.index("now.") + 4)
    times = [Span(*one.span()) for one in re.finditer("15|intro|0.*", text.replace("\r", "\n"))]
    reading = read_text(text, 0, [first, Span(text.index("Yes."), len(text))], furniture=with_space(text, times))
    assert reading.text == "We go home now.\nYes."
    assert reading.origin(Span(6, 10)).of(text) == "home"
    assert "-->" in read_text(text, 0, [first]).text  # of a text that is about subtitles


def test_a_page_head_inside_a_sentence_is_left_out_and_the_word_that_it_parts_is_one() -> None:
    text = "The evaluation ended. The lamp was evalu-\n\n12\n\fAnnual report\n\nated by the keeper."
    document = document_of(text, Span(43, 45), Span(47, 60))
    assert [one.of(text) for one in document.furniture] == ["\n12\n\fAnnual report\n\n"]
    sentences = [Span(0, 21), Span(22, len(text))]
    parted = find_parted(document, whole(text))
    reading = read_text(text, 0, sentences, parted, document.furniture)
    assert reading.text == "The evaluation ended. The lamp was evaluated by the keeper."
    assert reading.origin(Span(35, 44)).of(text) == "evalu-\n\n12\n\fAnnual report\n\nated"


def test_quote_marks_go_and_the_paragraphs_between_them_stay() -> None:
    text = "It is closed until all\n> of the ships in the harbour have left it.\n>\n> No."
    marks = [Span(*one.span()) for one in re.finditer("(?m)^> ?", text)]
    reading = read_text(text, 0, [Span(0, 65), Span(70, 73)], furniture=with_space(text, marks))
    assert reading.text == "It is closed until all of the ships in the harbour have left it.\n\nNo."


def test_a_highlight_is_found_in_the_reading_text_and_back() -> None:
    text = "He evalu-\nated the evaluation."
    reading = read_text(text, 50, [Span(50, 50 + len(text))], [50 + text.index("-")])
    word = Span(53, 53 + len("evalu-\nated"))
    assert reading.of(word) == "evaluated"
    assert reading.origin(reading.find(word)) == word


def test_other_words_of_the_document_tell_what_was_parted() -> None:
    text = "The evalu-\nated lamp.\n\nAn evaluation follows. The well-\nknown keeper. A Ger-\nMAN."
    assert find_parted(document_of(text), Span(4, 20)) == (9,)
    assert find_parted(document_of(text), whole(text)) == (9,)


@given(TEXT)
def test_what_is_searched_differs_at_line_end_hyphens_only(text: str) -> None:
    if not AT_LINE_END.search(text):
        assert undo_hyphens(text) == join_hyphens(text) == text
        assert embedding_text((), text) == " ".join(text.split())


def test_words_parted_by_the_end_of_a_line_or_page_are_searched_as_one() -> None:
    text = "An evalu- \n\nated COVID-\n19 ward of Haupt-\nund Franco-\nPrussian 1914-\n1918 light\u00ad\nHouse."
    meaning = "An evaluated COVID-19 ward of Haupt- und Franco-Prussian 1914-1918 lightHouse."
    assert embedding_text((), text) == meaning
    words = "An evalu-ated COVID-\n19 ward of Haupt-\nund Franco-Prussian 1914-\n1918 light\u00adHouse."
    assert join_hyphens(text) == words
