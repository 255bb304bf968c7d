from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest
from tests.parsing.checks import parse_bytes, shown
from tests.parsing.mail_writer import make_mail, make_multipart, make_part

from quoth.records import Parsed, State

HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/quay\r\n"
    "Subject: =?utf-8?Q?Der_Kai_=E2=80=93_Nachrichten?=\r\nDate: 31 May 2024 10:00 +0000\r\nMIME-Version: 1.0\r\n"
)
PAGE = '<html><meta charset="utf-8"><body><h2 id="now">Now</h2><p>The quay is closed – since May.</p></body></html>'
PICTURE = make_part(base64.encodebytes(bytes(300)), "image/png", "Content-Transfer-Encoding: base64")
STYLE = make_part("p { color: red }", "text/css")


def page(html: str, *fields: str) -> bytes:
    return make_part(
        quopri.encodestring(html.encode()), "text/html", "Content-Transfer-Encoding: quoted-printable", *fields
    )


def archive(*parts: bytes, head: str = HEAD, kind: str = "related; type=text/html") -> bytes:
    return make_multipart(parts, kind, head=head)


def parse(folder: Path, content: bytes) -> Parsed:
    return parse_bytes(folder, "a.mhtml", content)


def test_the_saved_page_is_read_without_what_belongs_to_it(tmp_path: Path) -> None:
    frame = page("<p>An advertisement.</p>")
    parsed = parse(tmp_path, archive(page(PAGE), STYLE, PICTURE, frame))
    assert shown(parsed) == [("h2", "Now"), ("paragraph", "The quay is closed – since May.")]
    assert (parsed.kind, parsed.title, parsed.state) == ("mht", "Der Kai – Nachrichten", State.READ)
    assert [run.locator.anchor for run in parsed.runs] == ["now", "now"]
    assert parsed.date == ""  # the day on which it was saved is not the page's


def test_the_title_of_the_page_goes_before_that_of_the_archive(tmp_path: Path) -> None:
    assert parse(tmp_path, archive(page(f"<title>Quay</title>{PAGE}"))).title == "Quay"


def test_the_pages_of_frames_are_read_where_the_page_has_no_words(tmp_path: Path) -> None:
    frames = page("<frameset><frame src=a><frame src=b></frameset>")
    assert parse(tmp_path, archive(frames, page("<p>left"), PICTURE, page("<p>right"))).text == "left\n\nright"


def test_the_archive_may_name_the_page_to_begin_with(tmp_path: Path) -> None:
    parts = page("<p>other"), page("<p>main", "Content-ID: <m>")
    assert parse(tmp_path, archive(*parts, kind='related; start="<m>"')).text == "main"
    inner = make_multipart([page("<p>inner")], "alternative", head="", boundary="i")
    assert parse(tmp_path, archive(inner)).text == "inner"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/html; charset=windows-1252", "<p>café – q".encode("cp1252")),
        ("text/html", '<meta charset="windows-1252"><p>café – q'.encode("cp1252")),
        ('text/html; charset="x-martian"', '<meta charset="windows-1252"><p>café – q'.encode("cp1252")),
        ("text/html; charset=unicode", "<p>café – q".encode("utf-16")),
    ],
)
def test_a_page_is_decoded_as_the_archive_says_or_else_the_page(tmp_path: Path, kind: str, content: bytes) -> None:
    part = make_part(base64.encodebytes(content), kind, "Content-Transfer-Encoding: base64")
    assert parse(tmp_path, archive(part)).text == "café – q"
    assert (
        parse(tmp_path, make_mail(base64.encodebytes(content), kind=kind, head=HEAD, encoding="base64")).text
        == "café – q"
    )


def test_a_page_that_is_named_so_is_read(tmp_path: Path) -> None:
    parsed = parse(tmp_path, b"<!doctype html><h1>Quay</h1><p>Closed.")
    assert (parsed.kind, parsed.text) == ("html", "Quay\n\nClosed.")


def test_an_archive_that_was_cut_off_is_told(tmp_path: Path) -> None:
    parsed = parse(tmp_path, archive(page(PAGE), PICTURE)[:-100])
    assert parsed.state is State.PARTLY_READ
    assert parsed.text.endswith("since May.")
    assert "cut off" in parsed.reason


@pytest.mark.parametrize("content", [archive(STYLE, PICTURE), b"Subject: x\r\n\r\nwords", bytes(range(256)) * 40])
def test_what_holds_no_page_is_damaged(tmp_path: Path, content: bytes) -> None:
    parsed = parse(tmp_path, content)
    assert parsed.state is State.DAMAGED
    assert parsed.reason


def test_a_page_without_words_is_empty(tmp_path: Path) -> None:
    assert parse(tmp_path, archive(page("<p> </p><script>x</script>"), PICTURE)).state is State.EMPTY


def test_parts_nested_too_deeply_are_told(tmp_path: Path) -> None:
    bomb = HEAD.encode() + b"".join(
        b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth) for depth in range(2_000)
    )
    parsed = parse(tmp_path, bomb)
    assert parsed.state is State.DAMAGED
    assert "nested too deeply" in parsed.reason
