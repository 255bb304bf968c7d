from __future__ import annotations

import gzip
import os
import random
import re
import tomllib
from pathlib import Path

import pytest

from quoth.documents import read_document
from quoth.parsing import PARSERS, ParsingWorker, parse_file, readable_endings
from quoth.parsing.limits import MAX_FILE_BYTES
from quoth.parsing.text_builder import TextBuilder
from quoth.records import State

from . import odt_writer
from .checks import assert_sound, parse_bytes
from .docx_writer import make_docx, paragraph
from .epub_writer import make_epub
from .mail_writer import make_mail
from .notebook_writer import make_notebook, markdown
from .pdf_writer import PdfPage, lines_of, make_pdf
from .pptx_writer import Slide, make_pptx
from .xlsx_writer import make_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize("suffix", sorted(PARSERS))
def test_every_ending_of_the_table_reads_a_good_file(tmp_path: Path, suffix: str) -> None:
    words = "Good words."
    contents = {
        "pdf": make_pdf([PdfPage(lines_of(words))]),
        "docx": make_docx(paragraph(words)),
        "epub": make_epub({"one.xhtml": words}),
        **dict.fromkeys(("odt", "ott"), odt_writer.make_odt(odt_writer.paragraph(words))),
        "rtf": rb"{\rtf1 Good words.}",
        "fodt": odt_writer.flat(odt_writer.paragraph(words)),
        "eml": make_mail(words, head=""),
        "mbox": b"From a Fri May 31 10:00:00 2024\n" + make_mail(words, head=""),
        "ipynb": make_notebook(markdown(words)),
        **dict.fromkeys(("xlsx", "xlsm"), make_xlsx({"S": [[words]]})),
        **dict.fromkeys(("pptx", "pptm", "ppsx"), make_pptx(Slide(boxes=[words]))),
    }
    parsed = parse_bytes(tmp_path, f"a.{suffix.upper()}", contents.get(suffix, words.encode()))
    assert (parsed.state, parsed.text) == (State.READ, words)


@pytest.mark.parametrize("suffix", sorted(PARSERS))
def test_an_empty_file_is_empty_and_noise_is_damaged(tmp_path: Path, suffix: str) -> None:
    assert parse_bytes(tmp_path, f"empty.{suffix}", b"").state is State.EMPTY
    noise = parse_bytes(tmp_path, f"noise.{suffix}", random.Random(1).randbytes(20_000))  # the same noise each time
    assert noise.state is State.DAMAGED
    assert parse_bytes(tmp_path, f"gz.{suffix}", gzip.compress(b"text" * 5_000, mtime=0)).state is State.DAMAGED


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_a_text_of_blanks_is_empty(tmp_path: Path, suffix: str) -> None:
    assert parse_bytes(tmp_path, f"a.{suffix}", b" \n\t\r\n \f").state is State.EMPTY


def test_a_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    pdf, docx = make_pdf([PdfPage(lines_of("a pdf"))]), make_docx(paragraph("a docx"))
    assert parse_bytes(tmp_path, "a.txt", pdf).text == "a pdf"
    assert parse_bytes(tmp_path, "a.html", docx).text == "a docx"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_text_with_the_wrong_ending_is_damaged(tmp_path: Path, name: str) -> None:
    parsed = parse_bytes(tmp_path, name, b"Just text, whatever the name says.")
    assert parsed.state is State.DAMAGED
    assert "although its name says so" in parsed.reason


def test_a_protected_word_file_is_encrypted_and_an_old_one_unsupported(tmp_path: Path) -> None:
    protected = parse_bytes(tmp_path, "a.docx", OLE + "EncryptedPackage".encode("utf-16-le"))
    assert (protected.state, protected.reason) == (
        State.ENCRYPTED,
        "the file needs a password; save a copy without one",
    )
    old = parse_bytes(tmp_path, "a.txt", OLE)
    assert (old.state, old.reason) == (
        State.UNSUPPORTED,
        "the file is of the Office format before 2007; save it as docx, xlsx, pptx or PDF",
    )


def test_archives_are_unsupported_and_broken_ones_damaged(tmp_path: Path) -> None:
    archive = make_docx("").replace(b"word/", b"book/")
    assert parse_bytes(tmp_path, "a.txt", archive).state is State.UNSUPPORTED
    assert parse_bytes(tmp_path, "a.docx", archive).state is State.UNSUPPORTED
    assert parse_bytes(tmp_path, "b.docx", make_docx(paragraph("x"))[:-30]).state is State.DAMAGED


def test_an_archive_that_points_before_its_beginning_is_damaged(tmp_path: Path) -> None:
    content = bytearray(make_docx(paragraph("x")))
    at = content.rindex(b"PK\x05\x06")
    content[at + 16 : at + 20] = (2**31).to_bytes(4, "little")  # where its list of names begins
    parsed = parse_bytes(tmp_path, "a.docx", bytes(content))
    assert (parsed.state, "damaged" in parsed.reason) == (State.DAMAGED, True)


def test_an_unknown_ending_says_what_can_be_read(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.xyz", b"words")
    assert (parsed.kind, parsed.state) == ("xyz", State.UNSUPPORTED)
    assert parsed.reason == f'"xyz" files cannot be read; save it as one of {", ".join(sorted(PARSERS))}'
    assert "files without an ending" in parse_bytes(tmp_path, "README", b"words").reason


def test_what_is_no_file_is_unreadable_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name in ("pipe.txt", "folder.txt", "gone.txt"):
        parsed = parse_file(tmp_path / name, name)
        assert_sound(parsed)
        assert parsed.state is State.UNREADABLE


def test_a_huge_file_is_too_big(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    parsed = parse_file(tmp_path / "a.txt", "a.txt")
    assert (parsed.state, parsed.reason) == (State.TOO_BIG, "the file is larger than 200 MB; split it into parts")


def test_another_package_adds_a_format_as_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its code and its entry point are those of the page."""
    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "parser.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    (project,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    about = tomllib.loads(project)["project"]
    assert len(code.splitlines()) <= 20
    (tmp_path / f"{about['name']}.py").write_text(code)
    information = tmp_path / f"{about['name']}-{about['version']}.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(f"Name: {about['name']}\nVersion: {about['version']}\n")
    entries = "".join(f"{name} = {value}\n" for name, value in about["entry-points"]["quoth.parsers"].items())
    (information / "entry_points.txt").write_text(f"[quoth.parsers]\n{entries}")
    monkeypatch.syspath_prepend(tmp_path)
    assert "org" in readable_endings()
    text = "* Harbour\r\nEleven ferries.\r\n** Fares\r\nFour pence."
    with ParsingWorker() as worker:  # in the process that reads files
        (tmp_path / "a.org").write_bytes(text.encode())
        parsed = worker.parse(tmp_path / "a.org", "a.org")
        (tmp_path / "b.org").write_bytes(b"%PDF-1.7 begins what others would take for another format.")
        assert worker.parse(tmp_path / "b.org", "b.org").text.startswith("%PDF-1.7 begins")
    assert_sound(parsed)
    assert (parsed.state, parsed.text, parsed.title) == (State.READ, text, "Harbour")
    assert [(heading.level, heading.title) for heading in parsed.outline] == [(1, "Harbour"), (2, "Fares")]
    document = read_document(tmp_path, "a.org", parse_file).document
    assert document.section_at(text.index("Four")) == ("Harbour", "Fares")
    assert parse_bytes(tmp_path, "b.org", b"* \xff").state is State.DAMAGED


def test_a_text_that_grows_beyond_its_limit_is_partly_read() -> None:
    builder = TextBuilder(max_characters=12)
    for text in ("one", "two", "three", "four"):
        builder.add(text)
    parsed = builder.finish("html")
    assert_sound(parsed)
    assert (parsed.text, parsed.state) == ("one\n\ntwo", State.PARTLY_READ)
    assert "only the first 8 characters were read" in parsed.reason


def test_an_end_that_was_cut_off_is_told_with_other_troubles() -> None:
    builder = TextBuilder(max_characters=10)
    builder.add("Anna wrote")
    builder.add("from Lisbon.")
    parsed = builder.finish("docx", trouble="a note is damaged; get another copy")
    assert (parsed.text, parsed.state) == ("Anna wrote", State.PARTLY_READ)
    assert parsed.reason.startswith("a note is damaged; get another copy; only the first 10 characters were read")
