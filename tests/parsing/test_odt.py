from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.records import State, heading_path

from .checks import parse_bytes, shown, uncovered
from .odt_writer import NAMES, comment, flat, heading, make_odt, note, paragraph, row


def test_headings_lists_and_paragraphs_are_told_apart(tmp_path: Path) -> None:
    body = (
        paragraph("The Harbour", "P1")
        + heading("Eins")
        + heading("Zwei", 2)
        + heading("Zehn", 10)
        + paragraph("Text.", "P2")
        + f"<text:list><text:list-header>{paragraph('over')}</text:list-header><text:list-item>{paragraph('one')}"
        f"<text:list><text:list-item>{paragraph('two')}</text:list-item></text:list></text:list-item></text:list>"
        + f"<text:section>{paragraph('Tail.')}</text:section>"
    )
    parsed = parse_bytes(tmp_path, "a.odt", make_odt(body))
    assert shown(parsed) == [
        ("h1", "The Harbour"),
        ("h1", "Eins"),
        ("h2", "Zwei"),
        ("h6", "Zehn"),
        ("paragraph", "Text."),
        ("list", "over"),
        ("list", "one"),
        ("list", "two"),
        ("paragraph", "Tail."),
    ]
    assert uncovered(parsed) == ""
    assert [run.locator.paragraph for run in parsed.runs] == list(range(1, 10))


def test_title_author_and_date_are_those_of_the_document(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.odt", make_odt(paragraph("The Harbour", "Haupt") + paragraph("Text.")))
    assert (parsed.title, parsed.author, parsed.date) == ("The Harbour", "B. Writer", "1931-05-02")
    assert parse_bytes(tmp_path, "b.ott", make_odt(paragraph("Text."))).title == "Metadata"
    assert parse_bytes(tmp_path, "c.odt", make_odt(heading("Head") + paragraph("Text."), meta="")).title == "Head"


def test_blanks_tabs_and_line_breaks_read_as_shown(tmp_path: Path) -> None:
    body = paragraph(
        '\n  a \n <text:span> b</text:span><text:s text:c="3"/>c<text:s/><text:tab/>d<text:line-break/> e'
        "<text:soft-page-break/>f <text:page-number>7</text:page-number><text:a> link</text:a>"
    )
    assert parse_bytes(tmp_path, "a.odt", make_odt(body)).text == "a b   c \td\nef 7 link"


def test_two_thousand_million_blanks_are_a_thousand(tmp_path: Path) -> None:
    body = paragraph('a<text:s text:c="2000000000"/>b<text:s text:c="-5"/>c<text:s text:c="x"/>d')
    assert parse_bytes(tmp_path, "a.odt", make_odt(body)).text == f"a{' ' * 1000}b c d"


def test_tables_are_read_row_by_row(tmp_path: Path) -> None:
    data = row(paragraph("a") + paragraph("more"), paragraph("b")) + row(
        paragraph("c") + "<table:covered-table-cell/>", paragraph("d")
    )
    layout = row(heading("Head") + paragraph("text"))
    body = f"<table:table>{data}</table:table><table:table>{layout}</table:table>"
    parsed = parse_bytes(tmp_path, "a.odt", make_odt(body))
    assert shown(parsed) == [("table", "a more\tb"), ("table", "c\t\td"), ("h1", "Head"), ("paragraph", "text")]


def test_a_text_box_follows_its_paragraph_and_descriptions_of_pictures_are_left_out(tmp_path: Path) -> None:
    frame = (
        f"<draw:frame>\n<draw:text-box>\n{paragraph('in the box')}\n</draw:text-box>\n<svg:title>unseen</svg:title>"
        "<svg:desc>unseen</svg:desc></draw:frame>"
    )
    parsed = parse_bytes(tmp_path, "a.odt", make_odt(paragraph(f"arou{frame}nd it")))
    assert parsed.text == "around it\n\nin the box"


def test_notes_and_comments_follow_in_sections_of_their_own(tmp_path: Path) -> None:
    body = paragraph(
        f"One{note('See page 4.')} two{comment('Is it so?', 'Ann Reviewer', '2024-05-01T10:00:00')}"
        f"{note('At the end.', 'endnote')} three{comment('It is.', 'Ben Writer')}{comment('Who says?')}."
    )
    parsed = parse_bytes(tmp_path, "a.odt", make_odt(heading("Head") + body))
    assert shown(parsed)[1:] == [
        ("paragraph", "One two three."),
        ("paragraph", "See page 4."),
        ("paragraph", "At the end."),
        ("paragraph", "Is it so?"),
        ("paragraph", "It is."),
        ("paragraph", "Who says?"),
    ]
    assert [heading_path(parsed.outline, block.span.start) for block in parsed.blocks[1:]] == [
        ("Head",),
        ("Footnotes",),
        ("Endnotes",),
        ("Comments", "Ann Reviewer, 2024-05-01"),
        ("Comments", "Ben Writer"),
        ("Comments",),
    ]


def test_changes_read_as_accepted_and_readings_above_characters_are_left_out(tmp_path: Path) -> None:
    deleted = f"<text:changed-region><text:deletion>{paragraph('deleted')}</text:deletion></text:changed-region>"
    ruby = "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
    body = f"<text:tracked-changes>{deleted}</text:tracked-changes>" + paragraph(f"kept {ruby}")
    assert parse_bytes(tmp_path, "a.odt", make_odt(body)).text == "kept 漢"


def test_a_table_of_contents_is_read_as_it_is_shown(tmp_path: Path) -> None:
    source = "<text:table-of-content-source><text:index-title-template>no</text:index-title-template>"
    body = (
        f"<text:table-of-content>{source}</text:table-of-content-source><text:index-body><text:index-title>"
        f"{paragraph('Contents')}</text:index-title>{paragraph('Harbour<text:tab/>1')}</text:index-body>"
        "</text:table-of-content>"
    )
    assert parse_bytes(tmp_path, "a.odt", make_odt(body)).text == "Contents\n\nHarbour\t1"


def test_the_flat_flavour_is_read_as_well(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.fodt", flat(paragraph("The Harbour", "P1") + paragraph("Text.")))
    assert (parsed.text, parsed.title, parsed.author) == ("The Harbour\n\nText.", "The Harbour", "B. Writer")


@pytest.mark.parametrize("member", ["content.xml", "encrypted-package"])
def test_a_text_with_a_password_is_encrypted(tmp_path: Path, member: str) -> None:
    manifest = f'<manifest><file-entry full-path="{member}"><encryption-data/></file-entry></manifest>'
    parsed = parse_bytes(tmp_path, "a.odt", make_odt("", content="\x8f\x02 noise", manifest=manifest))
    assert (parsed.state, parsed.reason) == (
        State.ENCRYPTED,
        "the file needs a password; save a copy without one",
    )


def test_other_documents_of_the_family_are_told(tmp_path: Path) -> None:
    sheet = parse_bytes(tmp_path, "a.odt", make_odt("", kind="spreadsheet"))
    assert (sheet.state, sheet.reason) == (State.UNSUPPORTED, "the file is a spreadsheet; save it as xlsx")
    slides = parse_bytes(tmp_path, "a.fodt", flat("", kind="presentation"))
    assert (slides.state, slides.reason) == (State.UNSUPPORTED, "the file is a presentation; save it as pptx")


@pytest.mark.parametrize(
    "content",
    [
        f"<office:document-content {NAMES}><office:body><office:text>" + "<text:section>" * 50_000,
        f"<office:document-content {NAMES}><office:body><office:text><text:p>cut off",
        f"<office:document-content {NAMES}/>",
    ],
)
def test_broken_bottomless_or_missing_xml_is_damaged(tmp_path: Path, content: str) -> None:
    assert parse_bytes(tmp_path, "a.odt", make_odt("", content=content)).state is State.DAMAGED


def test_entities_neither_explode_nor_open_files(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    entities = f'<!DOCTYPE x [<!ENTITY e0 "bomb">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    content = (
        f"{entities}<office:document-content {NAMES}><office:body><office:text><text:p>a&e9;b&f;</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    parsed = parse_bytes(tmp_path, "a.odt", make_odt("", content=content))
    assert "bomb" not in parsed.text
    assert "root:" not in parsed.text


def test_a_text_that_unpacks_to_too_much_is_too_big(tmp_path: Path) -> None:
    content = make_odt(paragraph("x"), more={"huge.xml": b" " * 100_000_001})
    assert parse_bytes(tmp_path, "a.odt", content).state is State.TOO_BIG


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=30), max_size=6))
def test_any_words_are_read_back(tmp_path: Path, paragraphs: list[str]) -> None:
    body = "".join(paragraph(f"{escape(text[:9])}<text:span>{escape(text[9:])}</text:span>") for text in paragraphs)
    parsed = parse_bytes(tmp_path, "a.odt", make_odt(body))
    assert [text.split() for _, text in shown(parsed)] == [text.split() for text in paragraphs if text.strip()]


def test_a_text_is_known_whatever_its_name(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.docx", make_odt(paragraph("words"))).kind == "odt"
    wrong = parse_bytes(tmp_path, "a.odt", b"Just text.")
    assert (wrong.state, wrong.reason) == (
        State.DAMAGED,
        "the file is not an OpenDocument text although its name says so; get another copy",
    )


def test_a_text_without_words_is_empty(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.odt", make_odt(paragraph(" <text:s/>"))).state is State.EMPTY
