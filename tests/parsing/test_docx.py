from __future__ import annotations

from pathlib import Path

import pytest

from quoth.records import State, heading_path

from .checks import parse_bytes, shown, uncovered
from .docx_writer import STRICT, TRANSITIONAL, comment, make_docx, note, paragraph, row


def test_headings_are_known_by_style_inheritance_outline_level_and_localised_id(tmp_path: Path) -> None:
    body = (
        paragraph("The title", "Title")
        + paragraph("Eins", "berschrift1")
        + paragraph("Zwei", "Kapitel")
        + paragraph("Drei", "Rand")
        + paragraph("Vier", "", '<w:outlineLvl w:val="1"/>')
        + paragraph("Not a heading", "berschrift1", '<w:outlineLvl w:val="9"/>')
        + paragraph("Endless", "Loop")
        + paragraph("Item", "", "<w:numPr/>")
    )
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(body, title="Metadata"))
    assert shown(parsed) == [
        ("h1", "The title"),
        ("h1", "Eins"),
        ("h1", "Zwei"),
        ("h3", "Drei"),
        ("h2", "Vier"),
        ("paragraph", "Not a heading"),
        ("paragraph", "Endless"),
        ("list", "Item"),
    ]
    assert parsed.title == "The title"
    assert uncovered(parsed) == ""


@pytest.mark.parametrize("style", ["Heading2", "Titre2", "Ttulo2", "berschrift2", "Nagwek2", "標題2"])
def test_localised_style_ids_do_without_the_styles_part(tmp_path: Path, style: str) -> None:
    content = make_docx(paragraph("Head", style) + paragraph("text"), styles="")
    assert shown(parse_bytes(tmp_path, "a.docx", content))[0] == ("h2", "Head")


def test_changes_read_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>kept </w:t></w:r><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> moved here</w:t></w:r></w:moveTo>"
        "</w:p>"
    )
    assert parse_bytes(tmp_path, "a.docx", make_docx(body)).text == "kept inserted moved here"


def test_tabs_breaks_and_fields_read_as_shown(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>'
        "<w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink></w:p>"
    )
    assert parse_bytes(tmp_path, "a.docx", make_docx(body)).text == "a\tb\nnon\N{NON-BREAKING HYPHEN}stop link"


def test_tables_are_read_row_by_row(tmp_path: Path) -> None:
    table = "<w:tbl>" + row(paragraph("a") + paragraph("more"), paragraph("b")) + row(paragraph("c"), paragraph("d"))
    layout = "<w:tbl>" + row(paragraph("Head", "berschrift1") + paragraph("text")) + "</w:tbl>"
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(table + "</w:tbl>" + layout))
    assert shown(parsed) == [("table", "a more\tb"), ("table", "c\td"), ("h1", "Head"), ("paragraph", "text")]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>around </w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>it</w:t></w:r></w:p>"
    )
    assert parse_bytes(tmp_path, "a.docx", make_docx(body)).text == "around it\n\nin the box"


def test_footnotes_follow_the_body_in_a_section_of_their_own(tmp_path: Path) -> None:
    notes = note(-1, "", special="separator") + note(1, "See page 4.")
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(paragraph("Head", "berschrift1"), footnotes=notes))
    assert shown(parsed) == [("h1", "Head"), ("paragraph", "See page 4.")]
    assert [(heading.title, heading.start) for heading in parsed.outline] == [("Head", 0), ("Footnotes", 4)]


def test_comments_follow_in_a_section_of_their_own_under_who_wrote_them(tmp_path: Path) -> None:
    body = (
        paragraph("Head", "berschrift1") + "<w:p><w:commentRangeStart/><w:r><w:t>One</w:t></w:r><w:commentRangeEnd/>"
        "<w:r><w:commentReference/></w:r><w:ins><w:r><w:t> more</w:t></w:r></w:ins></w:p>"
    )
    comments = (
        comment("Is it so?", "Ann Reviewer", "2024-05-01T10:00:00Z")
        + comment("I doubt it.", "Ann Reviewer", "2024-05-01T11:00:00Z")
        + comment("It is.", "Ben Writer")
        + comment("Who says?")
    )
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(body, comments=comments, footnotes=note(1, "See page 4.")))
    found = [(block.span.of(parsed.text), heading_path(parsed.outline, block.span.start)) for block in parsed.blocks]
    assert found == [
        ("Head", ("Head",)),
        ("One more", ("Head",)),
        ("See page 4.", ("Footnotes",)),
        ("Is it so?", ("Comments", "Ann Reviewer, 2024-05-01")),
        ("I doubt it.", ("Comments", "Ann Reviewer, 2024-05-01")),
        ("It is.", ("Comments", "Ben Writer")),
        ("Who says?", ("Comments",)),
    ]


def test_a_paragraph_is_an_item_by_its_own_numbering_or_that_of_its_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="Bullet"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Bullet2"><w:basedOn w:val="Bullet"/></w:style>'
        '<w:style w:styleId="Plain"><w:basedOn w:val="Bullet"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    body = (
        paragraph("one", "Bullet")
        + paragraph("two", "Bullet2")
        + paragraph("none", "Plain")
        + paragraph("taken off", "Bullet", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("own", "", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    )
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(body, styles=styles))
    assert [kind for kind, _ in shown(parsed)] == ["list", "list", "paragraph", "paragraph", "list"]


def test_the_date_of_a_template_is_not_that_of_the_document(tmp_path: Path) -> None:
    def date_of(created: str) -> str:
        more = {"docProps/core.xml": f"<p><created>{created}</created></p>".encode()}
        return parse_bytes(tmp_path, "a.docx", make_docx(paragraph("words"), more=more)).date

    assert (date_of("2013-12-23T23:15:00Z"), date_of("2013-12-24T23:15:00Z")) == ("", "2013-12-24")


def test_headers_and_footers_stand_between_no_words(tmp_path: Path) -> None:
    more = {"word/header1.xml": b"<hdr><p><r><t>unseen</t></r></p></hdr>", "word/footer1.xml": b"<ftr/>"}
    section = '<w:sectPr><w:headerReference w:type="default"/></w:sectPr>'
    body = paragraph("A sentence that", properties=section) + paragraph("goes on.")
    assert parse_bytes(tmp_path, "a.docx", make_docx(body, more=more)).text == "A sentence that\n\ngoes on."


def test_a_file_put_in_whole_is_told(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(paragraph("words") + "<w:altChunk/>"))
    assert (parsed.state, parsed.text) == (State.PARTLY_READ, "words")
    assert "open it in Word and save it again" in parsed.reason


def test_runs_count_the_paragraphs(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(paragraph("one") + paragraph(" ") + paragraph("two")))
    assert [(run.start, run.locator.paragraph) for run in parsed.runs] == [(0, 1), (5, 2)]


def test_the_strict_flavour_is_read_as_well(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.docx", make_docx(paragraph("strict"), namespace=STRICT)).text == "strict"


def test_the_main_part_may_have_another_name(tmp_path: Path) -> None:
    relations = b'<R><r Type="http://x/officeDocument" Target="/word/other.xml"/></R>'
    other = b'<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>other</w:t></w:r></w:p></w:body></w:document>'
    content = make_docx("", more={"_rels/.rels": relations, "word/other.xml": other})
    assert parse_bytes(tmp_path, "a.docx", content).text == "other"


def test_a_document_without_words_is_empty(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.docx", make_docx("<w:p/>")).state is State.EMPTY


def test_a_document_that_unpacks_to_too_much_is_too_big(tmp_path: Path) -> None:
    content = make_docx(paragraph("x"), more={"word/huge.xml": b" " * 100_000_001})
    parsed = parse_bytes(tmp_path, "a.docx", content)
    assert len(content) < 200_000
    assert parsed.state is State.TOO_BIG
    assert "larger than allowed" in parsed.reason


@pytest.mark.parametrize(
    "document",
    [
        "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000,
        "<w:p><w:r><w:t>cut off",
    ],
)
def test_broken_or_bottomless_xml_is_damaged(tmp_path: Path, document: str) -> None:
    parsed = parse_bytes(tmp_path, "a.docx", make_docx(document))
    assert parsed.state is State.DAMAGED
    assert "save it again or get another copy" in parsed.reason


def test_entities_neither_explode_nor_open_files(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    document = (
        f'<!DOCTYPE x [<!ENTITY e0 "bomb">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>a&e9;b&f;</w:t></w:r></w:p></w:body></w:document>'
    )
    parsed = parse_bytes(tmp_path, "a.docx", make_docx("", document=document))
    assert "bomb" not in parsed.text
    assert "root:" not in parsed.text


@pytest.mark.parametrize("head", ['<!DOCTYPE x [<!ENTITY i "is">]>', '<!DOCTYPE x SYSTEM "x.dtd">'])
def test_a_document_whose_words_are_entities_is_refused(tmp_path: Path, head: str) -> None:
    document = (
        f'{head}<w:document xmlns:w="{TRANSITIONAL}"><w:body>{paragraph("The tenant is &i; liable.")}</w:body>'
        "</w:document>"
    )
    parsed = parse_bytes(tmp_path, "a.docx", make_docx("", document=document))
    assert parsed.state is State.DAMAGED
    assert "refers to XML entities" in parsed.reason
