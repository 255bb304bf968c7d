from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from quoth.citing import cite
from quoth.documents import read_document
from quoth.parsing import parse_file
from quoth.records import Span, State

from .checks import parse_bytes, shown
from .docx_writer import make_docx, paragraph
from .pptx_writer import Slide, make_pptx
from .test_table import OLE
from .xlsx_writer import with_part

SLIDE_1 = "ppt/slides/slide1.xml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def where(folder: Path, content: bytes, quote: str) -> str:
    (folder / "talk.pptx").write_bytes(content)
    document = read_document(folder, "talk.pptx", parse_file).document
    start = document.text.index(quote)
    return cite(document, Span(start, start + len(quote))).where


def altered(content: bytes, old: str, new: str, part: str = SLIDE_1) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        before = archive.read(part).decode()
    assert old in before
    return with_part(content, part, before.replace(old, new).encode())


def test_titles_items_boxes_groups_tables_and_notes_are_read_in_order(tmp_path: Path) -> None:
    slide = Slide(
        "The Harbour",
        ["Eleven ferries", "Two tugs"],
        ["A box."],
        ["In a group.", "In a group of the group."],
        [["Quay", "Fare"], ["Bell", "4"]],
        "Say it slowly.",
    )
    parsed = parse_bytes(tmp_path, "a.pptx", make_pptx(slide, Slide("Thanks")))
    assert (parsed.kind, parsed.state, parsed.title) == ("pptx", State.READ, "The Harbour")
    assert shown(parsed) == [
        ("h1", "The Harbour"),
        ("list", "Eleven ferries"),
        ("list", "Two tugs"),
        ("paragraph", "A box."),
        ("paragraph", "In a group."),
        ("paragraph", "In a group of the group."),
        ("table", "Quay\tFare"),
        ("table", "Bell\t4"),
        ("list", "Say it slowly."),
        ("h1", "Thanks"),
    ]


def test_a_quote_is_cited_with_its_slide_and_title(tmp_path: Path) -> None:
    content = make_pptx(
        Slide("Costs", ["Dear boats"], notes="Not so dear.", table=[["Quay", "Fare"], ["Bell", "4"]]),
        Slide(boxes=["A slide without a title."]),
    )
    assert where(tmp_path, content, "Dear boats") == "Costs, slide 1"
    assert where(tmp_path, content, "Bell\t4") == "Costs › Quay · Fare, slide 1"
    assert where(tmp_path, content, "Not so dear.") == "Costs, notes of slide 1"
    assert where(tmp_path, content, "A slide without") == "slide 2"


def test_the_title_goes_first_wherever_it_stands(tmp_path: Path) -> None:
    content = make_pptx(Slide("Costs", ["Dear boats"]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        slide = archive.read(SLIDE_1).decode()
    begin, end = slide.index("<p:sp>"), slide.index("</p:sp>") + len("</p:sp>")
    moved = slide[:begin] + slide[end:].replace("</p:spTree>", slide[begin:end] + "</p:spTree>")
    parsed = parse_bytes(tmp_path, "a.pptx", with_part(content, SLIDE_1, moved.encode()))
    assert shown(parsed) == [("h1", "Costs"), ("list", "Dear boats")]


def test_a_second_title_on_a_slide_is_a_paragraph(tmp_path: Path) -> None:
    content = make_pptx(Slide("Costs", ["Dear boats"]))
    parsed = parse_bytes(tmp_path, "a.pptx", altered(content, '<p:ph idx="1"/>', '<p:ph type="title"/>'))
    assert shown(parsed) == [("h1", "Costs"), ("paragraph", "Dear boats")]


def test_hidden_slides_are_read_and_named_so(tmp_path: Path) -> None:
    content = make_pptx(Slide("Costs", ["Dear boats"], is_hidden=True), Slide("Thanks", ["to all"]))
    assert where(tmp_path, content, "Dear boats") == "hidden slide › Costs, slide 1"
    assert where(tmp_path, content, "to all") == "Thanks, slide 2"


@pytest.mark.parametrize("kind", ["sldNum", "dt", "ftr"])
def test_what_repeats_on_every_slide_is_left_out(tmp_path: Path, kind: str) -> None:
    content = make_pptx(Slide("Costs", ["Harbour Board Ltd."], ["A box."]))
    parsed = parse_bytes(tmp_path, "a.pptx", altered(content, '<p:ph idx="1"/>', f'<p:ph type="{kind}" idx="1"/>'))
    assert shown(parsed) == [("h1", "Costs"), ("paragraph", "A box.")]


def test_what_is_written_twice_is_read_once(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = "<a:r><a:t>{}</a:t></a:r>"
    choice = f"<mc:AlternateContent {mc}><mc:Choice Requires='x'>{{}}</mc:Choice><mc:Fallback>{{}}</mc:Fallback>"
    choice += "</mc:AlternateContent>"
    content = make_pptx(Slide(boxes=["formula"]))
    inside = altered(content, run.format("formula"), choice.format(run.format("new"), run.format("old")))
    assert parse_bytes(tmp_path, "a.pptx", inside).text == "new"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        slide = archive.read(SLIDE_1).decode()
    shape = slide[slide.index("<p:sp>") : slide.index("</p:sp>") + len("</p:sp>")]
    assert parse_bytes(tmp_path, "b.pptx", altered(content, shape, choice.format(shape, shape))).text == "formula"


def test_line_breaks_and_fields_belong_to_the_paragraph(tmp_path: Path) -> None:
    content = make_pptx(Slide(boxes=["words"]))
    runs = "<a:r><a:t>one</a:t></a:r><a:br/><a:fld id='{x}' type='datetime'><a:t>two</a:t></a:fld>"
    assert parse_bytes(tmp_path, "a.pptx", altered(content, "<a:r><a:t>words</a:t></a:r>", runs)).text == "one\ntwo"


def test_diagrams_are_read_where_they_stand(tmp_path: Path) -> None:
    frame = (
        "<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm/><a:graphic><a:graphicData>"
        f'<d:relIds xmlns:d="{DRAWING}/diagram" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:dm="rId9"/>'
        "</a:graphicData></a:graphic></p:graphicFrame></p:spTree>"
    )
    content = altered(make_pptx(Slide(boxes=["A box."])), "</p:spTree>", frame)
    relation = '<Relationship Id="rId9" Type="http://x/diagramData" Target="../diagrams/data1.xml"/></Relationships>'
    content = altered(content, "</Relationships>", relation, "ppt/slides/_rels/slide1.xml.rels")
    points = "".join(
        f'<d:pt type="{kind}"><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>'
        for kind, text in (("node", "Load"), ("pres", "never"), ("node", "Sail"))
    )
    model = f'<d:dataModel xmlns:d="{DRAWING}/diagram" xmlns:a="{DRAWING}/main">{points}</d:dataModel>'
    parsed = parse_bytes(tmp_path, "a.pptx", with_part(content, "ppt/diagrams/data1.xml", model.encode()))
    assert (parsed.text, parsed.state) == ("A box.\n\nLoad\nSail", State.READ)
    missing = parse_bytes(tmp_path, "b.pptx", content)
    assert missing.reason == "a diagram of slide 1: missing in the file; get another copy"


def test_title_author_and_date_are_those_of_its_properties(tmp_path: Path) -> None:
    content = make_pptx(Slide("Costs"), title="The harbour in 1931", author="Ana Ruiz")
    parsed = parse_bytes(tmp_path, "a.pptx", content)
    assert (parsed.title, parsed.author, parsed.date) == ("The harbour in 1931", "Ana Ruiz", "2024-05-31")
    untold = make_pptx(Slide("Costs"), title="PowerPoint Presentation")
    assert parse_bytes(tmp_path, "b.pptx", untold).title == "Costs"


@pytest.mark.parametrize(("part", "why"), [(None, "missing"), (b"<half", "damaged")])
def test_a_slide_that_cannot_be_read_is_told_and_the_others_are_read(
    tmp_path: Path, part: bytes | None, why: str
) -> None:
    content = with_part(make_pptx(Slide("Costs"), Slide("Thanks")), SLIDE_1, part)
    parsed = parse_bytes(tmp_path, "a.pptx", content)
    assert (parsed.text, parsed.state) == ("Thanks", State.PARTLY_READ)
    assert parsed.reason == f"slide 1: {why} in the file; get another copy"
    assert parsed.runs[0].locator.number == 2


def test_a_slide_that_is_listed_again_and_again_is_read_once(tmp_path: Path) -> None:
    content = make_pptx(Slide("Costs"))
    entry = '<p:sldId id="256" r:id="rId7"/>'
    parsed = parse_bytes(tmp_path, "a.pptx", altered(content, entry, entry * 100_000, "ppt/presentation.xml"))
    assert (parsed.text, parsed.state) == ("Costs", State.READ)


def test_groups_that_nest_too_deep_are_told(tmp_path: Path) -> None:
    content = make_pptx(Slide(boxes=["A box."]), Slide("Thanks"))
    deep = altered(content, "<p:sp>", "<p:grpSp>" * 50_000 + "<p:sp>")
    parsed = parse_bytes(tmp_path, "a.pptx", deep)
    assert (parsed.text, parsed.state) == ("Thanks", State.PARTLY_READ)


def test_entities_are_neither_grown_nor_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    content = make_pptx(Slide(boxes=["words"]), Slide("Thanks"))
    head = f'<!DOCTYPE p:sld [<!ENTITY x SYSTEM "{tmp_path}/secret.txt">]><p:sld '
    parsed = parse_bytes(tmp_path, "a.pptx", altered(altered(content, "<p:sld ", head), "words", "&x;"))
    assert "secret" not in parsed.text
    assert "Thanks" in parsed.text


def test_the_strict_flavour_is_read(tmp_path: Path) -> None:
    content = make_pptx(Slide("Costs", ["Dear boats"], notes="Slowly."))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            for kind in ("officeDocument", "presentationml", "drawingml"):
                part = part.replace(
                    f"http://schemas.openxmlformats.org/{kind}/2006".encode(),
                    f"http://purl.oclc.org/ooxml/{kind}".encode(),
                )
            copy.writestr(name, part)
    assert where(tmp_path, packed.getvalue(), "Dear boats") == "Costs, slide 1"
    assert where(tmp_path, packed.getvalue(), "Slowly.") == "Costs, notes of slide 1"


def test_the_bytes_say_what_is_a_presentation(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.docx", make_pptx(Slide("Costs"))).kind == "pptx"
    assert parse_bytes(tmp_path, "a.pptx", make_docx(paragraph("a letter"))).text == "a letter"
    named = parse_bytes(tmp_path, "b.pptx", b"Just text, whatever the name says.")
    assert named.reason == "the file is not a PowerPoint presentation although its name says so; get another copy"
    protected = parse_bytes(tmp_path, "c.pptx", OLE + "EncryptedPackage".encode("utf-16-le"))
    assert protected.state is State.ENCRYPTED


def test_a_presentation_of_nothing_is_empty_and_one_without_its_list_damaged(tmp_path: Path) -> None:
    assert parse_bytes(tmp_path, "a.pptx", make_pptx(Slide())).state is State.EMPTY
    listless = with_part(make_pptx(Slide("Costs")), "ppt/presentation.xml", None)
    assert parse_bytes(tmp_path, "b.pptx", listless).state is State.DAMAGED
