from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.records import Parsed, State, heading_path

from .checks import parse_bytes, shown, uncovered

STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s3 Title;}{\*\cs10 Strong;}}"
    r"{\colortbl;\red255;}{\*\generator Hand;}"
)


def parse(folder: Path, body: str, name: str = "a.rtf") -> Parsed:
    return parse_bytes(folder, name, b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + body.encode("latin-1") + b"}")


def test_paragraphs_headings_and_lists_are_told_apart(tmp_path: Path) -> None:
    body = STYLES + (
        r"\pard\s3 The Harbour\par\pard\s1 Eins\par\pard\s2 Zwei\par\pard\s1\outlinelevel9 No head\par"
        r"\pard\plain {\pntext\f0 1.\tab}one\par\ls1 two\par\pard {\listtext\'b7\tab}three\par\pard tail"
    )
    parsed = parse(tmp_path, body)
    assert shown(parsed) == [
        ("h1", "The Harbour"),
        ("h1", "Eins"),
        ("h2", "Zwei"),
        ("paragraph", "No head"),
        ("list", "one"),
        ("list", "two"),
        ("list", "three"),
        ("paragraph", "tail"),
    ]
    assert uncovered(parsed) == ""
    assert parsed.title == "The Harbour"
    assert [run.locator.paragraph for run in parsed.runs] == list(range(1, 9))


def test_title_author_and_date_are_those_of_the_document(tmp_path: Path) -> None:
    information = (
        r"{\info{\title The \'c6ther}{\author{\upr{Anne}{\*\ud Ann\u233?}}}{\operator Bob}{\creatim\yr1931\mo5\dy2\hr3}"
        r"{\revtim\yr2020\mo1\dy1}{\doccomm unseen}{\company unseen}}"
    )
    parsed = parse(tmp_path, information + r"{\title words}\par")
    assert (parsed.title, parsed.author, parsed.date, parsed.text) == ("The Æther", "Anné", "1931-05-02", "words")


def test_characters_are_written_as_bytes_as_unicode_and_as_words(tmp_path: Path) -> None:
    body = (
        r"caf\'e9 \'E9t\'e9 \u8217'\u-10179?\u-8703? {\uc2\u12354\'82\'a0}\uc0\u945 \u128512  "
        r"a\emdash b\~c\-d\_e \{x\\y\} \lquote q\rquote \ldblquote z\rdblquote\tab\bullet"
        "\r\n end\\line new\\\nnext"
    )
    assert parse(tmp_path, body).text == (
        "café été \u2019😁 あα😀 a\u2014b\xa0cd\u2011e {x\\y} \u2018q\u2019\u201cz\u201d\t• end\nnew\n\nnext"
    )


def test_bytes_are_read_in_the_code_page_of_their_font(tmp_path: Path) -> None:
    body = (
        r"{\fonttbl{\f0\fnil Arial;}{\f1\fcharset238 Arial CE{\*\falt \'8a};}{\f2\fcharset128 \'82\'6c\'82\'72;}"
        r"{\f3\fcharset0\cpg1251 X;}{\f4\fcharset177 Y;}}"
        r"\'9a {\f1 \'9e\'e8}\f2 \'83\'65\'83X\'83\\\f3  \'e4\'e0 \f4\'f9\'ec\plain \'9c"
    )
    assert parse(tmp_path, body).text == "š žčテスソ да שלœ"


@pytest.mark.parametrize(
    ("start", "coded", "text"),
    [
        (r"{\rtf1\ansi\ansicpg1251 ", b"\xe4\xe0", "да"),
        (r"{\rtf1\mac ", rb"\'8e", "é"),
        (r"{\rtf1\ansi\ansicpg65001{\fonttbl{\f0\fcharset0 A;}}", "é語".encode(), "é語"),
        (r"{\rtf1\ansi\ansicpg99999 ", rb"\'e9", "é"),
    ],
)
def test_the_code_page_of_the_file_is_that_of_fonts_without_one(
    tmp_path: Path, start: str, coded: bytes, text: str
) -> None:
    assert parse_bytes(tmp_path, "a.rtf", start.encode() + coded + b"}").text == text


def test_bytes_that_are_no_character_are_told(tmp_path: Path) -> None:
    parsed = parse(tmp_path, r"{\fonttbl{\f0\fcharset128 \'83;}}a\'83\par b")
    assert (parsed.state, parsed.text) == (State.PARTLY_READ, "a\N{REPLACEMENT CHARACTER}\n\nb")
    assert "could not be decoded" in parsed.reason


def test_tables_are_read_row_by_row(tmp_path: Path) -> None:
    rows = (
        r"\trowd\cellx1\cellx2\pard\intbl a\par more\cell b|c\cell\row"
        r"\trowd\pard\intbl d\cell\pard\intbl\itap2 in\nestcell{\nonesttables\par}ner\nestcell"
        r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}two\nestcell{\*\nesttableprops\nestrow}"
        r"\pard\intbl e\cell\row\pard after\par"
    )
    layout = STYLES + r"\trowd\pard\intbl\s1 Head\par\s0 text\cell\row\pard\intbl in no row\par so is this"
    parsed = parse(tmp_path, STYLES + rows + layout)
    assert shown(parsed) == [
        ("table", "a more\tb|c"),
        ("paragraph", "d"),
        ("table", "in\tner"),
        ("table", "two"),
        ("paragraph", "e"),
        ("paragraph", "after"),
        ("h1", "Head"),
        ("paragraph", "text"),
        ("paragraph", "in no row"),
        ("paragraph", "so is this"),
    ]


def test_notes_comments_and_text_boxes_follow_what_they_belong_to(tmp_path: Path) -> None:
    packed = ((2024 - 1900) << 20) + (5 << 16) + (31 << 11)
    comment = rf"{{\*\atnid AR}}{{\*\atnauthor Ann}}\chatn{{\*\annotation{{\*\atndate {packed}}}Is it so?}}"
    box = r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv unseen}}{\shptxt in the box\par}}{\shprslt unseen}}"
    body = (
        rf"\pard One{{\super\chftn}}{{\footnote\chftn See page 4.}} two{{\footnote\ftnalt At the end.}}{box} three"
        rf"{comment}{{\*\annotation Who says?}}.\par\pard Next."
    )
    parsed = parse(tmp_path, body)
    assert shown(parsed) == [
        ("paragraph", "One two three."),
        ("paragraph", "in the box"),
        ("paragraph", "Next."),
        ("paragraph", "See page 4."),
        ("paragraph", "At the end."),
        ("paragraph", "Is it so?"),
        ("paragraph", "Who says?"),
    ]
    assert [heading_path(parsed.outline, block.span.start) for block in parsed.blocks[2:]] == [
        (),
        ("Footnotes",),
        ("Endnotes",),
        ("Comments", "Ann, 2024-05-31"),
        ("Comments",),
    ]


def test_fields_read_as_shown_and_what_is_not_shown_is_left_out(tmp_path: Path) -> None:
    body = (
        r'See {\field{\*\fldinst HYPERLINK "http://example.org/a"}{\fldrslt {\ul the site}}}{\xe unseen}'
        r"{\header unseen\par}{\footerf unseen\par}{\*\unknown {unseen}}{\deleted  gone}\deleted  gone\deleted0 , now."
    )
    assert parse(tmp_path, body).text == "See the site, now."


def test_pictures_of_any_bytes_are_passed_over(tmp_path: Path) -> None:
    body = (
        r"One{\*\shppict{\pict{\*\picprop x}\pngblip\bin7 }}{{\}a}}{\nonshppict{\pict\wmetafile8 89504e47}} two"
        r"{\object{\*\objdata 0105}{\result three}}\bin-5 ."
    )
    assert parse(tmp_path, body).text == "One twothree."


def test_a_file_that_was_cut_off_is_partly_read(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.rtf", rb"{\rtf1\ansi One.\par{\b Two {\footnote no")
    assert (parsed.state, parsed.text) == (State.PARTLY_READ, "One.\n\nTwo\n\nno")
    assert parsed.reason == "the file ends in the middle and what follows is missing; get another copy"
    assert parse_bytes(tmp_path, "b.rtf", rb"{\rtf1\ansi{\info{\title Lost").state is State.DAMAGED


def test_what_stands_behind_the_last_group_is_no_text(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.rtf", b"{\\rtf1 One.}\0\r\nbehind{\\b it}").text == "One."


@pytest.mark.parametrize(
    "body",
    [
        "{" * 200_000,
        "}" * 1_000,
        r"\u99999999?\uc\u\uc-3 \u65?\f\s-9\outlinelevel-7\par\row\cell\nestcell\ud\*\bin99999999999",
        r"\bin2000000000 x",
        r"{\*\annotation{\*\atndate x}}{\creatim}{\info{\creatim}}",
    ],
)
def test_control_words_out_of_place_end_in_a_state(tmp_path: Path, body: str) -> None:
    parse(tmp_path, "words " + body)


def written(char: str) -> str:
    """As programs write it: as itself, as a byte of the code page, or in UTF-16 with a character for older programs."""
    if char in "\\{}":
        return f"\\{char}"
    if char.isascii():
        return char
    try:
        return f"\\'{char.encode('cp1252').hex()}"
    except UnicodeEncodeError:
        units = char.encode("utf-16-le")
        return "".join(
            f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2)
        )


characters = st.characters(exclude_categories=["Cs", "Cc"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(characters, max_size=30), max_size=6))
def test_any_text_is_read_back_character_by_character(tmp_path: Path, paragraphs: list[str]) -> None:
    parsed = parse(tmp_path, "".join("".join(map(written, text)) + r"\par " for text in paragraphs))
    assert [text for _, text in shown(parsed)] == [text.strip() for text in paragraphs if text.strip()]


def test_an_rtf_is_known_whatever_its_name(tmp_path: Path) -> None:
    assert parse(tmp_path, "words", "a.docx").kind == "rtf"
    assert parse(tmp_path, "words", "a.txt").text == "words"
    wrong = parse_bytes(tmp_path, "a.rtf", b"Just text.")
    assert (wrong.state, wrong.reason) == (
        State.DAMAGED,
        "the file is not an RTF document although its name says so; get another copy",
    )
