from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.records import State

from .checks import parse_bytes, shown, uncovered

PAGE = """<!doctype html><html><head><title> A  title &amp; more</title><style>p{}</style></head><body>
<nav>menu</nav><h1 id="top">A <b>large</b> head</h1>loose <i>it</i>alic
<p>One<br>two   three<script>alert(1)</script> four.</p>
<div id="inner">div text<p>its paragraph</p>tail text</div>
<ul><li>one<li>two<ul><li>nested</ul></ul>
<table><tr><th>A<th>B</tr><tr><td><p>1</p><p>and</p><td>2</tr></table>
<table><tr><td><h2>Laid out</h2><p>in a cell</p></td></tr></table>
<pre>  code
    more
</pre><template>unseen</template><noscript>unseen</noscript><!-- unseen -->
<p>&lt;script&gt; $x$ **bold** caf&eacute;</p></body></html>
"""


def test_a_page_becomes_its_blocks(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.html", PAGE.encode())
    assert shown(parsed) == [
        ("h1", "A large head"),
        ("paragraph", "loose italic"),
        ("paragraph", "One\ntwo three four."),
        ("paragraph", "div text"),
        ("paragraph", "its paragraph"),
        ("paragraph", "tail text"),
        ("list", "one"),
        ("list", "two"),
        ("list", "nested"),
        ("table", "A\tB"),
        ("table", "1 and\t2"),
        ("h2", "Laid out"),
        ("paragraph", "in a cell"),
        ("code", "  code\n    more"),
        ("paragraph", "<script> $x$ **bold** café"),
    ]
    assert uncovered(parsed) == ""
    assert parsed.title == "A title & more"
    assert [heading.title for heading in parsed.outline] == ["A large head", "A · B", "", "Laid out"]


def test_paragraphs_are_apart_and_rows_below_one_another(tmp_path: Path) -> None:
    page = "<p>one<p>two<table><tr><td>a<tr><td>b</table>"
    assert parse_bytes(tmp_path, "a.htm", page.encode()).text == "one\n\ntwo\n\na\nb"


def test_runs_tell_the_paragraph_and_the_nearest_id(tmp_path: Path) -> None:
    page = '<p>zero<h2 id="a">Head</h2><p>one<p><a name="b"></a>two<div id="c"><p>three</div>'
    parsed = parse_bytes(tmp_path, "a.html", page.encode())
    found = [(parsed.text[run.start :].split()[0], run.locator.paragraph, run.locator.anchor) for run in parsed.runs]
    assert found == [("zero", 1, None), ("Head", 2, "a"), ("one", 3, "a"), ("two", 4, "b"), ("three", 5, "c")]


def test_what_follows_the_closing_tag_is_read_too(tmp_path: Path) -> None:
    page = "<html><body><p>one</p></body></html>two<p>three</p><html><body>four</body></html>"
    assert parse_bytes(tmp_path, "a.html", page.encode()).text == "one\n\ntwo\n\nthree\n\nfour"


@pytest.mark.parametrize(
    "content",
    [
        '<meta charset="iso-8859-1"><p>café “q”'.encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>café “q”'.encode("cp1252"),
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">café “q”</html>'.encode(),
        '<meta charset="utf-8"><p>café “q”'.encode("utf-16"),
        '<meta charset="no-such-thing"><p>café “q”'.encode(),
        "<p>café “q”".encode("utf-8-sig"),
    ],
)
def test_the_encoding_is_that_of_the_mark_or_of_the_page(tmp_path: Path, content: bytes) -> None:
    assert parse_bytes(tmp_path, "a.xhtml", content).text == "café “q”"


def test_tags_nested_too_deep_are_reported_and_never_read_in_silence(tmp_path: Path) -> None:
    bomb = parse_bytes(tmp_path, "a.html", b"<div>" * 50_000 + b"core" + b"</div>" * 50_000)
    assert bomb.state is State.DAMAGED
    assert "nested too deeply" in bomb.reason
    deep = parse_bytes(tmp_path, "b.html", b"<font>" * 1_000 + b"old pages look like this")
    assert (deep.state, deep.text) == (State.READ, "old pages look like this")


def test_entities_neither_explode_nor_open_files(tmp_path: Path) -> None:
    bomb = (
        b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><p>x &b; &c;'
    )
    parsed = parse_bytes(tmp_path, "a.html", bomb)
    assert "aaaa" not in parsed.text
    assert "root:" not in parsed.text


def test_a_page_of_tags_without_words_is_empty(tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, "a.html", b"<html><body><p> </p><script>x</script></body></html>")
    assert (parsed.state, parsed.reason) == (State.EMPTY, "the file holds no text; if it should, save it again")


TAGS = "<p> </p> <div> </div> <table> <tr> <td> </table> <li> <pre> </pre> <br> <h2> </h2> <script> </script> <b> </b>"
tags = st.sampled_from([*TAGS.split(), "<p id=x>", "word ", "&amp;", "&#0;", "&#xD800;", "</html>", "<!--", "-->"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(tags | st.text(max_size=8), max_size=30).map("".join))
def test_blocks_hold_all_the_text_of_any_page(tmp_path: Path, page: str) -> None:
    parsed = parse_bytes(tmp_path, "a.html", page.encode("utf-8", "replace"))
    assert uncovered(parsed) == ""


@pytest.mark.parametrize("markup", ["<h1>{}</h1>", "<title>{}</title><h1>{}</h1>"])
def test_a_heading_of_a_megabyte_makes_titles_of_a_few_hundred_characters(tmp_path: Path, markup: str) -> None:
    words = "long heading " * 80_000
    parsed = parse_bytes(tmp_path, "a.html", markup.replace("{}", words).encode())
    assert parsed.text == words.strip()
    (heading,) = parsed.outline
    assert heading.title == parsed.title == "long heading " * 22 + "long heading…"
